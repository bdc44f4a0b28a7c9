"""Inspections, findings and orders as their pages and papers show them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.urls import reverse

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.scope import permits
from bangfu.documents.codes import return_code
from bangfu.documents.paper import Paper
from bangfu.support.enums.meetings import UNANSWERED, TaskState
from bangfu.support.enums.supervision import InspectionState
from bangfu.support.models import Finding, Inspection, SupervisionOrder
from bangfu.support.policies.reaching import may_act_for
from bangfu.ui.formats import iso_day

Words = dict[str, Any]


def may_supervise(user: User, inspection: Inspection) -> bool:
    """Whether the person may write about an inspection that is open."""
    open_ = inspection.state == InspectionState.OPEN
    return open_ and permits(user, Permission.SUPERVISION_RECORD, inspection.place)


def inspection_subject(inspection: Inspection, signal: tuple[str, str], user: User) -> Words:
    """The head card of an inspection."""
    return {
        "name": inspection.title,
        "about": inspection.get_kind_display(),
        "signals": [{"kind": signal[0], "word": signal[1]}],
        "facts": [
            {"label": "范围", "value": inspection.region.name},
            {"label": "组长", "value": inspection.leader.name},
            {"label": "时间", "value": f"{iso_day(inspection.starts_on)} 至 {iso_day(inspection.ends_on)}"},
            {"label": "查什么", "value": inspection.matter},
        ],
        "actions": [
            *(_actions(inspection, user) if may_supervise(user, inspection) else []),
            *_report_action(inspection, user),
        ],
    }


def _actions(inspection: Inspection, user: User) -> list[Words]:
    steps = [
        ("组一个组", "form_inspection_team", "users-plus"),
        ("登记问题", "record_finding", "pencil-exclamation"),
    ]
    if inspection.drawn_at is None:
        steps.insert(1, ("抽样", "draw_sample", "wand"))
    if permits(user, Permission.ORDER_ISSUE, inspection.place):
        steps.append(("下发督办单", "issue_order", "gavel"))
    return [
        {"label": label, "url": reverse(name, args=[inspection.uid]), "icon": icon}
        for label, name, icon in steps
    ]


def _report_action(inspection: Inspection, user: User) -> list[Words]:
    if not permits(user, Permission.REPORT_WRITE, inspection.place):
        return []
    url = f"{reverse('draft_report', args=['supervision_report'])}?about={inspection.subject.uid}"
    return [{"label": "起草督导报告", "url": url, "icon": "file-text"}]


def leaning_rows(
    inspection: Inspection, villages: dict[str, int], names: dict[str, str], least: int
) -> list[Words]:
    """Kinds found in enough villages, named or not yet."""
    named = {leaning.kind: leaning for leaning in inspection.leanings.all()}
    return [
        {"kind": kind, "label": names.get(kind, kind), "villages": count, "named": named.get(kind)}
        for kind, count in sorted(villages.items(), key=lambda each: (-each[1], each[0]))
        if count >= least
    ]


def may_mend(user: User, finding: Finding) -> bool:
    """Whether the person may note that the problem was mended on the spot."""
    inspection = finding.inspection
    return inspection is not None and finding.order is None and may_supervise(user, inspection)


def may_answer(user: User, order: SupervisionOrder) -> bool:
    """Whether the person's unit owes an answer, or the person may give it in the place."""
    waiting = order.state in UNANSWERED
    return waiting and may_act_for(user, Permission.ORDER_ANSWER, order.place, order.unit)


def may_check(user: User, order: SupervisionOrder) -> bool:
    """Whether an answer waits for this person's re-check."""
    return order.state == TaskState.ANSWERED and permits(user, Permission.ORDER_ISSUE, order.place)


def _looked_at(order: SupervisionOrder, findings: Sequence[Finding]) -> str:
    """The inspection, or the matter that the order is about."""
    if order.inspection is not None:
        return order.inspection.title
    return "、".join(finding.about.label for finding in findings)


def order_paper(order: SupervisionOrder, findings: Sequence[Finding]) -> Paper:
    """The order as it is printed; households are named by their village only."""
    rows = [
        {
            "village": finding.village.name,
            "kind": finding.kind_name,
            "words": finding.words,
            "found_on": finding.found_on,
        }
        for finding in findings
    ]
    unit = order.issued_by.unit
    return Paper(
        "supervision_order",
        "督办单",
        {
            "unit": order.unit.name,
            "inspection": _looked_at(order, findings),
            "due_on": order.due_on,
            "findings": rows,
            "count": len(rows),
            "demand": order.demand,
            "signed_by": unit.name if unit else None,
            "issued_on": order.issued_on,
        },
        number=f"编号：{order.number}",
        code=return_code(order.uid, "order"),
    )
