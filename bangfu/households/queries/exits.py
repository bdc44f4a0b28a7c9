"""Checking an exit: what is on record against each standard, and which papers lie there (C-203).

It decides nothing: people do, in a round. Unknown is not met.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import cast

from django.db import models
from django.db.models import Count

from bangfu.access.models import User
from bangfu.core.models import Region, Subject
from bangfu.core.money import yuan_text
from bangfu.core.parameters import InForce, in_force
from bangfu.evidence.queries import papers_of
from bangfu.households.enums import GuaranteeKind, GuaranteeResult
from bangfu.households.models import Household, Member, VillageRecord
from bangfu.households.queries.coverage import MEMBER_GROUPS, in_group
from bangfu.households.queries.guarantees import latest_guarantees
from bangfu.households.queries.income import latest_worksheet
from bangfu.households.queries.movement import percent_of
from bangfu.households.queries.villages import records_of, subject_of
from bangfu.households.reckoning.exit_papers import ExitPaper, exit_papers

INCOME_LINE, VILLAGE_RATE = "exit_income_line", "exit_village_rate"
_SERVICES = ("paved_road", "power", "tap_water", "clinics", "culture_rooms")
_NOT_SET = "县里没有填标准"


@dataclass(frozen=True)
class Standard:
    """One standard: what is on record, whether it is met (None: nobody knows), by which parameter."""

    label: str
    found: str
    met: bool | None
    by: InForce | None = None


@dataclass(frozen=True)
class Exit:
    """Everything that an exit is checked against."""

    standards: list[Standard]
    papers: list[tuple[ExitPaper, bool]]

    @property
    def unmet(self) -> int:
        """How many standards are not met."""
        return sum(one.met is False for one in self.standards)

    @property
    def unknown(self) -> int:
        """How many nobody knows of."""
        return sum(one.met is None for one in self.standards)

    @property
    def missing(self) -> int:
        """How many papers are not there."""
        return sum(not there for _, there in self.papers)


def household_exit(household: Household, user: User, on: date) -> Exit:
    """A household against the standards: income, then the guarantees and water, each the latest on record."""
    latest = latest_guarantees(household)
    standards = [_income(household, on)]
    for kind in GuaranteeKind:
        found = latest.get(kind)
        said = f"{found.assessed_on} {found.get_result_display()}" if found else "还没有核查"
        known = found is not None and found.result != GuaranteeResult.UNKNOWN
        met = found.result == GuaranteeResult.MET if found and known else None
        standards.append(Standard(str(kind.label), said, met))
    return Exit(standards, _papers("household", household.subject, user))


def _income(household: Household, on: date) -> Standard:
    line = in_force(INCOME_LINE, on, household.place)
    sheet = latest_worksheet(household)
    fen = sheet.per_capita_fen if sheet else household.per_capita_net_income
    source = f"第 {sheet.number} 版测算表" if sheet else "名册"
    said = f"人均 {yuan_text(fen)} 元（{source}）" if fen is not None else "没有测算"
    if line is None:
        return Standard("人均纯收入稳定超过标准", f"{said}；{_NOT_SET}", None)
    met = None if fen is None else fen > cast(int, line.typed)
    return Standard("人均纯收入稳定超过标准", said, met, line)


def village_exit(village: Region, user: User, on: date) -> Exit:
    """A village against the standards: incidence of poverty, then what the latest village record says."""
    record = next(iter(records_of(village)), None)
    standards = [_incidence(village, record, on)]
    for name in _SERVICES:
        label = str(cast(models.Field, VillageRecord._meta.get_field(name)).verbose_name)
        value = getattr(record, name) if record else None
        said = "没有填" if value is None else _worded(value)
        standards.append(Standard(label, said, None if value is None else bool(value)))
    return Exit(standards, _papers("village", subject_of(village), user))


def _worded(value: bool | int) -> str:
    return ("是" if value else "否") if isinstance(value, bool) else str(value)


def _incidence(village: Region, record: VillageRecord | None, on: date) -> Standard:
    members = Member.objects.filter(household__village=village)
    persons = in_group(members, MEMBER_GROUPS["register"], on).aggregate(n=Count("pk"))["n"]
    population = record.persons if record else None
    rate = percent_of(persons, population) if population else None
    said = "村情况没有填总人口数" if rate is None else f"{rate}%（在册人口 ÷ 村总人口）"
    limit = in_force(VILLAGE_RATE, on, village.code)
    if limit is None:
        return Standard("贫困发生率低于标准", f"{said}；{_NOT_SET}", None)
    met = None if rate is None else rate < cast(Decimal, limit.typed)
    return Standard("贫困发生率低于标准", said, met, limit)


def _papers(whose: str, subject: Subject, user: User) -> list[tuple[ExitPaper, bool]]:
    there = set(papers_of(subject, user).filter(withdrawn=False).values_list("kind", flat=True))
    return [(paper, paper.kind in there) for paper in exit_papers()[whose]]
