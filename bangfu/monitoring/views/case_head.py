"""The head card of a case."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.urls import reverse

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.scope import has_permission
from bangfu.households.queries.people import grid_duties_of
from bangfu.households.terms import holds_on
from bangfu.monitoring.models import Case
from bangfu.monitoring.policies.help import helpers_now
from bangfu.ui.formats import iso_day

Words = dict[str, Any]


def case_head(case: Case, user: User, on: date) -> Words:
    """What ``ui/parts/file_head.html`` shows of a case."""
    household = case.household
    group = f" {household.group_name}" if household.group_name else ""
    return {
        "name": f"{household.head_name}户",
        "about": f"{household.member_count} 人 · {household.village.name}{group}",
        "signals": _signals(case, on),
        "tags": _tags(case),
        "facts": _facts(case, on),
        "actions": _actions(case, user),
    }


def _signals(case: Case, on: date) -> list[Words]:
    found: list[Words] = []
    if case.green_channel and case.closed_on is None and case.approval_id is None:
        late = case.papers_due_on is not None and case.papers_due_on < on
        word = f"绿色通道：{iso_day(case.papers_due_on)} 前补齐手续"
        found.append({"kind": "bad" if late else "warn", "word": word, "icon": "clock"})
    if is_outside(case):
        found.append({"kind": "bad", "word": "体外循环：已帮扶，没录全国系统", "icon": "alert-triangle"})
    return found


def is_outside(case: Case) -> bool:
    """Helped, and not entered in the national system (体外循环)."""
    return case.identifies and case.national_marked_on is None and case.measures.exists()


def _tags(case: Case) -> list[str]:
    words = (
        case.get_kind_display(),
        case.household.get_household_type_display(),
        _category(case),
        case.get_outcome_display(),
    )
    return [str(word) for word in words if word]


def _category(case: Case) -> str:
    """The category: proposed until the county has decided."""
    word = str(case.get_category_display())
    proposed = case.identifies and case.approval_id is None
    return f"拟按{word}" if word and proposed else word


def _facts(case: Case, on: date) -> list[Words]:
    household, approval = case.household, case.approval
    helpers = "、".join(helper.name for helper in helpers_now(household))
    workers = "、".join(duty.user.name for duty in grid_duties_of(household) if holds_on(duty, on))
    approved = f"{approval.number}（{iso_day(approval.approved_on)}）" if approval else "—"
    marked = f"{iso_day(case.national_marked_on)}" if case.national_marked_on else "还没有"
    return [
        {"label": "户编号", "value": household.code or "—"},
        {"label": "发现日期", "value": iso_day(case.discovered_on)},
        {"label": "风险", "value": "、".join(case.risks) or "待研判"},
        {"label": "批复", "value": approved},
        {"label": "全国系统", "value": marked},
        {"label": "帮扶责任人", "value": helpers or "未定"},
        {"label": "网格员", "value": workers or "未定"},
    ]


def _actions(case: Case, user: User) -> list[Words]:
    file = reverse("household_file", args=[case.household.uid])
    found = [{"label": "材料和打印", "url": reverse("case_papers", args=[case.uid]), "icon": "printer"}]
    if has_permission(user, Permission.HOUSEHOLD_VIEW):
        found.append({"label": "户档案", "url": file, "icon": "folder"})
    return found
