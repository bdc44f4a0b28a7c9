"""The head card and the breadcrumb of a household, as many pages show them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.urls import reverse

from bangfu.access.classification import FieldClass
from bangfu.access.masking import mask_id, mask_phone
from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.plain_values import UNMASKING
from bangfu.access.scope import has_permission, permits
from bangfu.households.enums import HouseholdState
from bangfu.households.models import Household, Member
from bangfu.households.policies.reach import reaches
from bangfu.households.queries.households import end_of_day, regions_above
from bangfu.households.queries.people import grid_duties_of, helpers_of
from bangfu.households.terms import holds_on

_MASKED = {
    FieldClass.IDENTITY: "证件号",
    FieldClass.CONTACT: "电话",
    FieldClass.BANK: "银行账号",
    FieldClass.HEALTH: "健康状况",
}
Words = dict[str, Any]


def crumbs_of(household: Household, page: str = "") -> list[Words]:
    """From the county down to the household, and the page in it; each region opens its households."""
    ledger = reverse("household_list")
    regions = regions_above(household.place)
    crumbs: list[Words] = [
        {"label": region.name, "url": f"{ledger}?place={region.code}"} for region in regions
    ]
    file = reverse("household_file", args=[household.uid])
    crumbs.append({"label": f"{household.head_name}户", "url": file if page else ""})
    return [*crumbs, {"label": page, "url": ""}] if page else crumbs


def file_head(
    household: Household, head: Member | None, user: User, *, today: date, day: date | None
) -> Words:
    """What ``ui/parts/file_head.html`` shows of a household; ``day`` is the past day asked for, if any."""
    return {
        "name": household.head_name,
        "about": _about(household),
        "signals": [],
        "tags": _tags(household),
        "facts": _facts(household, head, day or today, end_of_day(day) if day else None),
        "on": (day or today).isoformat(),
        "on_form": {"name": "on", "value": (day or today).isoformat()},
        "actions": _actions(household, user, day),
    }


def _about(household: Household) -> str:
    group = f" {household.group_name}" if household.group_name else ""
    return f"{household.member_count} 人 · {household.village.name}{group}"


def _tags(household: Household) -> list[str]:
    state = household.get_state_display() if household.state != HouseholdState.PRESENT else ""
    removed = "风险已消除" if household.monitored_category and household.risk_removed else ""
    words = (
        state,
        household.get_household_type_display(),
        household.get_monitored_category_display(),
        removed,
    )
    return [word for word in words if word]


def _facts(household: Household, head: Member | None, on: date, recorded_at: datetime | None) -> list[Words]:
    helpers = "、".join(helper.name for helper in helpers_of(household, on, recorded_at))
    workers = "、".join(
        duty.user.name for duty in grid_duties_of(household, recorded_at) if holds_on(duty, on)
    )
    grid = f"{household.grid.name} {workers}".strip() if household.grid else ""
    return [
        {"label": "户编号", "value": household.code or "—"},
        {"label": "户主证件", "value": mask_id(head.identity.id_number if head else "") or "—"},
        {"label": "电话", "value": mask_phone(household.phone or (head.phone if head else "")) or "—"},
        {"label": "帮扶责任人", "value": helpers or "未定"},
        {"label": "网格", "value": grid or "未划"},
    ]


def _actions(household: Household, user: User, day: date | None) -> list[Words]:
    """Buttons for what the person may do here; none of them writes into the past."""
    printed = reverse("print_household_file", args=[household.uid]) + (
        f"?on={day.isoformat()}" if day else ""
    )
    paper = {"label": "打印户档", "url": printed, "icon": "printer"}
    if day is not None:
        return [
            {"label": "回到今天", "url": reverse("household_file", args=[household.uid]), "icon": "home"},
            paper,
        ]
    return [*_writing(household, user), paper]


def _writing(household: Household, user: User) -> list[Words]:
    steps = (
        ("改户信息", "edit_household", "edit", Permission.HOUSEHOLD_REGISTER),
        ("登记自然变更", "record_natural_change", "user-edit", Permission.HOUSEHOLD_REGISTER),
        ("提变更建议", "propose_change", "pencil", Permission.CHANGE_PROPOSE),
    )
    here = household.state == HouseholdState.PRESENT
    return [
        {"label": label, "url": reverse(name, args=[household.uid]), "icon": icon}
        for label, name, icon, permission in steps
        if here and may(user, permission, household)
    ]


def unmask_ways(household: Household, user: User) -> list[Words]:
    """The classes of masked values that the person may ask to see, each with its address."""
    return [
        {"label": label, "url": reverse("unmask", args=[household.subject.uid, field_class.name.lower()])}
        for field_class, label in _MASKED.items()
        if may(user, UNMASKING[field_class], household)
    ]


def may(user: User, permission: Permission, household: Household) -> bool:
    """Whether the permission reaches the household; rows are asked only when regions do not settle it."""
    if permits(user, permission, household.place):
        return True
    return has_permission(user, permission) and reaches(user, permission, household)
