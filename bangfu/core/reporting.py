"""What people are told about the audit log."""

from __future__ import annotations

from django.utils import timezone

from bangfu.core.sealing import AuditReport, Broken


def audit_sentences(report: AuditReport) -> list[str]:
    """The report of ``verify`` in sentences, the verdict first."""
    counts = f"核对了 {report.blocks} 个封块、{report.events} 条记录"
    if report.broken is None:
        sentences = [f"审计记录完好：{counts}，没有发现改动。"]
    else:
        sentences = [f"审计记录有问题：{counts}无误，再往后就不对了。", _damage_sentence(report.broken)]
    if report.unsealed:
        first, last = report.unsealed[0], report.unsealed[-1]
        sentences.append(
            f"还没有封存的记录 {len(report.unsealed)} 条（编号 {first} 至 {last}），稍后自动封存。"
        )
    sentences.append(f"最后一个无误的封块指纹：{report.last_hash}。请另行抄存，下次核对时对照。")
    return sentences


def _damage_sentence(broken: Broken) -> str:
    sealed = timezone.localtime(broken.block.sealed_at).strftime("%Y-%m-%d %H:%M")
    return f"第 {broken.block.pk} 号封块（{sealed} 封存）：{broken.damage}。请保留现场，报告审计管理员。"
