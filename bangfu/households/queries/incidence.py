"""Incidence of poverty by year, and income against the target (C-141, C-092).

Incidence is the persons on the register ÷ the rural population, a parameter that a county fills in by year.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import cast

import pyarrow.compute as pc
from django.db.models import Avg, Count

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.scope import within
from bangfu.core.parameters import InForce, in_force
from bangfu.households.models import Household, Member
from bangfu.households.queries.coverage import HOUSEHOLD_GROUPS, MEMBER_GROUPS, in_group
from bangfu.households.queries.movement import percent_of
from bangfu.households.snapshots.reading import kept_months, on_register_mask, read_snapshot

DECEMBER = 12
_HOUSEHOLDS = (
    "household_uid",
    "place",
    "state",
    "household_type",
    "monitored_category",
    "risk_removed",
    "per_capita_net_income_fen",
)


@dataclass(frozen=True)
class Year:
    """One year of a region, as known at its end or (``month`` None) today.

    ``income_fen`` is the average of the households' own per capita net income, of those that have one.
    """

    on: date
    month: date | None
    persons: int
    population: InForce | None
    income_fen: int | None
    target: InForce | None

    @property
    def rate(self) -> Decimal | None:
        """Persons on the register in percent of the rural population, one decimal, half up."""
        return None if self.rural_population is None else percent_of(self.persons, self.rural_population)

    @property
    def rural_population(self) -> int | None:
        """The denominator, where the county filled it in."""
        return None if self.population is None else cast(int, self.population.typed)

    @property
    def target_fen(self) -> int | None:
        """The income target, where there is one."""
        return None if self.target is None else cast(int, self.target.typed)

    @property
    def gap_fen(self) -> int | None:
        """What the average lacks to the target; negative when it is above."""
        if self.target_fen is None or self.income_fen is None:
            return None
        return self.target_fen - self.income_fen


def incidence(user: User, place: str, today: date) -> list[Year]:
    """Today and every December that has a snapshot, the newest first; ``place`` lies in the user's scope."""
    ends = [month for month in kept_months() if month.month == DECEMBER]
    return [_now(user, place, today), *(_then(place, month) for month in ends)]


def _now(user: User, place: str, today: date) -> Year:
    members = Member.objects.visible_to(user, Permission.METRIC_VIEW).filter(within("place", place))
    households = Household.objects.visible_to(user, Permission.METRIC_VIEW).filter(within("place", place))
    persons = in_group(members, MEMBER_GROUPS["register"], today).aggregate(n=Count("pk"))["n"]
    standing = in_group(households, HOUSEHOLD_GROUPS["register"], today)
    average = standing.aggregate(fen=Avg("per_capita_net_income"))["fen"]
    return _year(place, today, None, persons, None if average is None else Decimal(str(average)))


def _then(place: str, month: date) -> Year:
    households = read_snapshot("households", month, [place], _HOUSEHOLDS)
    standing = households.filter(on_register_mask(households))
    members = read_snapshot("members", month, [place], ("household_uid", "place", "state"))
    present = members.filter(pc.equal(members["state"], "present"))
    here = pc.is_in(present["household_uid"], value_set=standing["household_uid"].combine_chunks())
    average = pc.mean(standing["per_capita_net_income_fen"]).as_py()
    persons = pc.sum(pc.cast(here, "int64")).as_py() or 0
    return _year(place, month, month, persons, None if average is None else Decimal(str(average)))


def _year(place: str, on: date, month: date | None, persons: int, average: Decimal | None) -> Year:
    income = None if average is None else int(average.quantize(Decimal(1), ROUND_HALF_UP))
    target = in_force("income_target_per_capita", on, place)
    return Year(on, month, persons, _own(in_force("rural_population", on, place), place), income, target)


def _own(population: InForce | None, place: str) -> InForce | None:
    """A larger region's population is none of this one's."""
    return population if population is not None and population.place == place else None
