"""Groups of households and members that are counted: on the register, covered, short of a target.

A group is a condition with a name; the figure and the ledger's filter use the same one, so that a count never
differs from its list. Unknown is not covered: what nobody wrote down is no cover.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from bangfu.access.scope import within
from bangfu.core.models import Region, RegionLevel
from bangfu.core.parameters import InForce, in_force, value
from bangfu.households.enums import HouseholdState, MemberState
from bangfu.households.reckoning.standing import on_register

Condition = Callable[[date], Q]
NOT_AT_SCHOOL = ("", "非在校生", "学龄前儿童")
"""Entries of 在校生状况 that say "not at school"; an empty one does too (facts.md 2.1)."""


@dataclass(frozen=True)
class Group:
    """Some households or members: what the group is called, and its condition on a day."""

    code: str
    label: str
    condition: Condition


def _present_households(_: date) -> Q:
    return Q(state=HouseholdState.PRESENT)


def _registered(_: date) -> Q:
    return Q(state=HouseholdState.PRESENT) & on_register()


def _monitored(_: date) -> Q:
    watched = ~Q(monitored_category="") & ~Q(risk_removed=True)
    return Q(state=HouseholdState.PRESENT) & watched


def _housed(_: date) -> Q:
    return Q(state=HouseholdState.PRESENT, dangerous_house=False)


def _watered(_: date) -> Q:
    return Q(state=HouseholdState.PRESENT, safe_water=True)


def _income_known(on: date) -> Q:
    return _registered(on) & Q(per_capita_net_income__isnull=False)


def _below_target(on: date) -> Q:
    """Below the county's target of the year; nobody where the county has set none."""
    short = _by_county(lambda county: _below(in_force("income_target_per_capita", on, county)))
    return _registered(on) & short


def _below(target: InForce | None) -> Q:
    return Q(pk__in=()) if target is None else Q(per_capita_net_income__lt=target.typed)


def _present_members(_: date) -> Q:
    return Q(state=MemberState.PRESENT)


def _registered_members(_: date) -> Q:
    here = Q(state=MemberState.PRESENT, household__state=HouseholdState.PRESENT)
    return here & on_register("household__")


def _insured(_: date) -> Q:
    either = Q(resident_insurance=True) | Q(employee_insurance=True)
    return Q(state=MemberState.PRESENT) & either


def _school_age(on: date) -> Q:
    """By the county's ages of compulsory schooling, both included."""
    return Q(state=MemberState.PRESENT) & _by_county(lambda county: _aged(on, county))


def _aged(on: date, county: str) -> Q:
    youngest: int = value("school_age_from", on=on, place=county)
    oldest: int = value("school_age_to", on=on, place=county)
    born_by, born_after = years_before(on, youngest), years_before(on, oldest + 1)
    return Q(birth_date__lte=born_by, birth_date__gt=born_after)


def _schooled(on: date) -> Q:
    return _school_age(on) & ~Q(student_status__in=NOT_AT_SCHOOL)


def years_before(day: date, years: int) -> date:
    """The same day ``years`` ago; 29 February becomes 28 February in a common year."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


def _by_county(condition: Callable[[str], Q]) -> Q:
    """Counties have parameters of their own: each one's condition within its own codes."""
    found = Q(pk__in=())
    counties = Region.objects.filter(level=RegionLevel.COUNTY, valid_to__isnull=True)
    for code in counties.order_by("code").values_list("code", flat=True):
        found |= condition(code) & within("place", code)
    return found


def _groups(*groups: tuple[str, str, Condition]) -> dict[str, Group]:
    return {code: Group(code, label, condition) for code, label, condition in groups}


HOUSEHOLD_GROUPS = _groups(
    ("present", "在册的户", _present_households),
    ("register", "建档立卡户和监测对象（风险未消除）", _registered),
    ("monitored", "监测对象（风险未消除）", _monitored),
    ("housed", "住房安全", _housed),
    ("watered", "饮水安全", _watered),
    ("income_known", "建档立卡户和监测对象中收入已填", _income_known),
    ("below_target", "人均纯收入低于目标", _below_target),
)
MEMBER_GROUPS = _groups(
    ("present", "在册的人", _present_members),
    ("register", "建档立卡户和监测对象的人", _registered_members),
    ("insured", "已参加基本医保", _insured),
    ("school_age", "义务教育年龄", _school_age),
    ("schooled", "义务教育年龄在校", _schooled),
)


def in_group(rows: QuerySet, group: Group, on: date) -> QuerySet:
    """The rows of a group on a day."""
    return rows.filter(group.condition(on))
