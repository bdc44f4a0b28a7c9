"""What a form may name: facts of the register that it opens with or changes, kinds of risk, groups."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from bangfu.core.parameters import in_force
from bangfu.forms.definition.reading import Vocabulary
from bangfu.households.enums import HouseholdState, MemberState
from bangfu.households.queries.coverage import NOT_AT_SCHOOL

RISKS = (
    "因病",
    "因学",
    "因残",
    "因自然灾害",
    "因意外事故",
    "因产业项目失败",
    "因务工就业不稳",
    "缺劳动力",
    "因安全住房",
    "因安全饮水",
    "其他",
)
"""The national system's present words (facts.md 1.10)."""

HOUSEHOLD_SOURCES = ("dangerous_house", "safe_water", "electricity", "toilet", "road_hardened")
MEMBER_SOURCES = ("health", "labour", "student_status", "resident_insurance", "pension_insurance")
VOCABULARY = Vocabulary(HOUSEHOLD_SOURCES, MEMBER_SOURCES, RISKS)

Condition = Callable[[date, str], Q]
"""Households of a group on a day in a place."""


@dataclass(frozen=True)
class TargetGroup:
    """Households that a sweep may be about; ``basis`` says where the group comes from."""

    code: str
    label: str
    condition: Condition
    basis: str = ""


def _everybody(on: date, place: str) -> Q:
    return Q(state=HouseholdState.PRESENT)


def _with_member(**facts: object) -> Condition:
    def condition(on: date, place: str) -> Q:
        return Q(state=HouseholdState.PRESENT, members__state=MemberState.PRESENT) & Q(
            **{f"members__{name}": value for name, value in facts.items()}
        )

    return condition


def _low_income(on: date, place: str) -> Q:
    """Below the place's monitoring line; nobody where no line is set."""
    line = in_force("monitoring_income_line", on, place)
    short = Q(pk__in=()) if line is None else Q(per_capita_net_income__lt=line.typed)
    return _everybody(on, place) & short


def _at_school(on: date, place: str) -> Q:
    studying = _with_member()(on, place) & ~Q(members__student_status__in=NOT_AT_SCHOOL)
    compulsory = Q(members__student_status__contains="小学") | Q(members__student_status__contains="年级")
    return studying & ~compulsory


def _supported(field: str) -> Condition:
    def condition(on: date, place: str) -> Q:
        blank = Q(**{f"members__{field}": ""}) | Q(**{f"members__{field}__in": ("未享受", "不享受")})
        return _with_member()(on, place) & ~blank

    return condition


_EIGHT = "“八必访”人群 [次]"
_GROUPS = (
    TargetGroup("all", "全部农户", _everybody),
    TargetGroup("low_income", "收入低于监测范围的户", _low_income, _EIGHT),
    TargetGroup("serious_illness", "有大病的户", _with_member(health__contains="大病"), _EIGHT),
    TargetGroup("chronic_illness", "有慢性病的户", _with_member(health__contains="慢性病"), _EIGHT),
    TargetGroup("extreme_poverty", "特困户", _supported("extreme_poverty_support"), _EIGHT),
    TargetGroup("minimum_living", "低保户", _supported("minimum_living"), _EIGHT),
    TargetGroup("disability", "残疾人户", _with_member(health__contains="残疾"), _EIGHT),
    TargetGroup("students", "有义务教育以后在读的户", _at_school, _EIGHT),
    TargetGroup("workers", "有人务工的户", _with_member(work_months__gt=0), _EIGHT),
)
GROUPS: Mapping[str, TargetGroup] = {group.code: group for group in _GROUPS}


def group_choices() -> list[tuple[str, str]]:
    """Groups for a form's choice, with where they come from."""
    return [(group.code, f"{group.label}{group.basis and f'（{group.basis}）'}") for group in _GROUPS]
