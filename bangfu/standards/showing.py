"""A check as its page and its paper show it."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.scope import permits
from bangfu.documents.paper import Paper
from bangfu.standards.enums import CheckVerdict, SubsidyState
from bangfu.standards.models import CheckItem, StandardCheck, SubsidyProposal

Words = dict[str, Any]
_SUBSIDIES = {SubsidyState.PROPOSED: "now", SubsidyState.ARRANGED: "ok", SubsidyState.DECLINED: "off"}
_LIGHTS = {CheckVerdict.PASSED: "ok", CheckVerdict.FAILED: "bad", CheckVerdict.UNFINISHED: "warn"}


def verdict_signal(check: StandardCheck) -> tuple[str, str]:
    """Its verdict as light and word."""
    return _LIGHTS[CheckVerdict(check.verdict)], check.get_verdict_display()


def subsidy_signal(proposal: SubsidyProposal) -> tuple[str, str]:
    """Where a proposal stands as light and word."""
    return _SUBSIDIES[SubsidyState(proposal.state)], proposal.get_state_display()


def item_signal(item: CheckItem) -> tuple[str, str]:
    """Met, missing, or nobody looked."""
    if item.met is None:
        return "off", "没有查"
    if item.met:
        return "ok", "符合"
    return "bad", "不符合（一票否决）" if item.veto else "不符合"


def check_subject(check: StandardCheck, user: User, full: int) -> Words:
    """What ``ui/parts/file_head.html`` shows."""
    kind, word = verdict_signal(check)
    return {
        "name": check.thing,
        "about": check.standard.title,
        "signals": [{"kind": kind, "word": word}],
        "tags": [] if check.is_latest else ["已经复查"],
        "facts": [
            {"label": "地方", "value": check.region.name},
            {"label": "验收日期", "value": check.on.isoformat()},
            {"label": "得分", "value": f"{check.score}（满分 {full}）"},
        ],
        "actions": _actions(check, user),
    }


def _actions(check: StandardCheck, user: User) -> list[Words]:
    found = []
    if check.is_latest and permits(user, Permission.STANDARD_CHECK_RECORD, check.place):
        found.append(_action("复查", "repeat_standard_check", check, "clipboard-check"))
    found.append(_action("打印", "print_standard_check", check, "printer"))
    if permits(user, Permission.EVIDENCE_VIEW, check.place):
        url = reverse("evidence_list", args=[check.subject.uid])
        found.append({"label": "照片和材料", "url": url, "icon": "paperclip"})
    return found


def _action(label: str, name: str, check: StandardCheck, icon: str) -> Words:
    return {"label": label, "url": reverse(name, args=[check.uid]), "icon": icon}


def check_paper(check: StandardCheck, full: int) -> Paper:
    """The sheet of a check: items, what is missing, who signed."""
    items = list(check.items.all())
    rows = [
        {"title": one.title, "demand": one.demand, "value": one.value, "state": item_signal(one)[1]}
        for one in items
    ]
    columns = [["项目", "title", 4], ["要求", "demand", 4], ["查到的", "value", 3], ["结果", "state", 2]]
    table = {"columns": columns, "rows": rows, "empty": "没有", "total": ""}
    signers = "\n".join(f"{one.name}（{one.unit}）" for one in check.signers.all())
    sections = [
        {"heading": "结果", "text": _result(check, full), "tables": []},
        {"heading": "逐项", "text": "", "tables": [table]},
        {"heading": "要整改的", "text": _to_mend(check, items), "tables": []},
        {"heading": "参加验收的人", "text": signers, "tables": []},
    ]
    data = {"addressed": "", "sections": sections, "signed_by": "", "signed_on": check.on}
    return Paper("report", f"{check.thing}{check.standard.title}验收表", data)


def _result(check: StandardCheck, full: int) -> str:
    said = f"{check.get_verdict_display()}，得 {check.score} 分（满分 {full} 分）。"
    basis = f"按《{check.standard.title}》第 {check.standard.number} 版。"
    return "\n".join(line for line in (said, basis, check.words) if line)


def _to_mend(check: StandardCheck, items: list[CheckItem]) -> str:
    lines = [f"{one.title}：{one.missing}" for one in items if one.met is False]
    if lines and check.due_on:
        lines.append(f"{check.due_on} 以前整改。")
    return "\n".join(lines) or "没有。"
