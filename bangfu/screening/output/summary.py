"""The result in words: what a person reads after the run, and on top of the clues workbook."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from bangfu.screening.output.wording import SIGNALS, input_title, rule_title
from bangfu.screening.result import Finding, Result, SourceReport
from bangfu.tabular.cell_writing import display_width
from bangfu.tabular.writing import shown

_LISTED = 10  # files told one by one; all stand in the workbook

Line = tuple[str, str]


def summary_text(
    result: Result,
    clues: Path,
    *,
    receipts: Sequence[Path] = (),
    json: Path | None = None,
    kept: Path | None = None,
) -> str:
    """The summary for stdout: what was read and found, what was not, where it lies, what to do next.

    ``kept`` is the copy of the former clues workbook that somebody had worked in.
    """
    blocks = [
        [f"筛查完成，数据截至 {result.as_of.isoformat()}。"],
        _aligned(headlines(result)),
        _aligned(_found(result)),
        _troubles(result.sources),
        _aligned(_where(clues, receipts, json, kept)),
        _next_steps(result, receipts),
    ]
    return shown("\n\n".join("\n".join(block) for block in blocks if block))


def headlines(result: Result) -> list[Line]:
    """The result in a few sentences, each with its label."""
    return [
        ("名册", f"{result.households:,} 户，{result.members:,} 人"),
        ("读入", _read(result.sources)),
        ("风险线索", _risks([finding for finding in result.findings if finding.kind == "risk"])),
        ("数据问题", f"{sum(finding.kind == 'quality' for finding in result.findings):,} 条"),
        ("未能判断", _undecided(result)),
        ("未运行", _not_run(result)),
    ]


def _read(sources: Sequence[SourceReport]) -> str:
    known = [source for source in sources if source.dataset]
    failed = sum(source.error is not None for source in sources)
    text = (
        f"{len({source.path for source in sources}):,} 个文件，认出 {len(known):,} 张表；"
        f"数据 {_sum(known, 'rows'):,} 行：采用 {_sum(known, 'accepted'):,}"
        f"（其中修复 {_sum(known, 'repaired'):,}），退回 {_sum(known, 'rejected'):,}，"
        f"重复 {_sum(known, 'duplicates'):,}；采用的行中 {_sum(known, 'unmatched'):,} 行没有对上名册"
    )
    return f"{text}；{failed:,} 处读不了" if failed else text


def _sum(sources: Sequence[SourceReport], name: str) -> int:
    return sum(getattr(source, name) for source in sources)


def _risks(risks: Sequence[Finding]) -> str:
    if not risks:
        return "0 条"
    counts = Counter(finding.severity for finding in risks)
    parts = "，".join(f"{word} {counts[severity]:,} 条" for severity, word in SIGNALS.items())
    return f"{len(risks):,} 条，涉及 {len({finding.household for finding in risks}):,} 户：{parts}"


def _undecided(result: Result) -> str:
    if not result.undecided:
        return "没有"
    missing = Counter(name for item in result.undecided for name in item.missing)
    words = "、".join(f"{input_title(name)} {count:,}" for name, count in missing.most_common(5))
    return f"{len(result.undecided):,} 项，因为名册、名单里这些内容不明：{words}"


def _not_run(result: Result) -> str:
    idle = [rule for rule in result.rules if rule.status != "run"]
    if not idle:
        return f"没有，{len(result.rules):,} 条规则都已运行"
    reasons = Counter(rule.reason or "原因不明" for rule in idle)
    words = "；".join(f"{reason}（{count} 条）" if count > 1 else reason for reason, count in reasons.items())
    return f"{len(idle):,} 条规则：{words}"


def _found(result: Result) -> list[Line]:
    """Findings and households of each rule that found something, in the catalogue's order."""
    counts = Counter(finding.rule for finding in result.findings)
    homes = Counter(rule for rule, _ in {(finding.rule, finding.household) for finding in result.findings})
    order = [rule.id for rule in result.rules if counts[rule.id]]
    return [(rule_title(rule), f"{counts[rule]:,} 条，{homes[rule]:,} 户") for rule in order]


def _troubles(sources: Sequence[SourceReport]) -> list[str]:
    """What could not be read, or was no known list."""
    troubled = [source for source in sources if source.error or not source.dataset]
    lines = [f"{_name(source)}：{source.error or '表头不像任何一种名单，没有采用'}" for source in troubled]
    more = len(lines) - _LISTED
    return [*lines[:_LISTED], f"另有 {more:,} 处，见线索清单的“汇总”"] if more > 0 else lines


def _name(source: SourceReport) -> str:
    return f"{source.path} 的“{source.sheet}”" if source.sheet else source.path


def _where(clues: Path, receipts: Sequence[Path], json: Path | None, kept: Path | None) -> list[Line]:
    lines = [("线索清单", str(clues))]
    if kept is not None:
        lines.append(("旧清单", f"{kept}（有人改过，已另存）"))
    lines += [("回执", str(path)) for path in receipts[:_LISTED]]
    if len(receipts) > _LISTED:
        lines.append(("回执", f"另有 {len(receipts) - _LISTED:,} 个，在同一文件夹"))
    if json is not None:
        lines.append(("结果数据", str(json)))
    return lines


def _next_steps(result: Result, receipts: Sequence[Path]) -> list[str]:
    steps = []
    if result.findings:
        steps.append("下一步：把线索清单按乡镇交办核查。")
    if receipts:
        steps.append("改好回执中红色的格并保存，连同原来的名单再运行一次。")
    elif any(source.rejected for source in result.sources):
        steps.append("有被退回的行：加上“--receipts 文件夹”再运行，可得到供改正的回执。")
    return steps


def _aligned(lines: Sequence[Line]) -> list[str]:
    width = max((display_width(label) for label, _ in lines), default=0)
    return [f"{label}{' ' * (width - display_width(label))}  {text}" for label, text in lines]
