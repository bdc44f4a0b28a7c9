"""Where need is deepest, and which unit could go there: a proposal that people change by hand (C-023)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q

from bangfu.access.models import Unit, User
from bangfu.core.models import Region, RegionLevel
from bangfu.households.enums import HouseholdState
from bangfu.households.models import Household
from bangfu.support.enums.units import UnitLevel
from bangfu.support.models import Tie
from bangfu.support.queries.ties import regions_for, units_for

UNIT_VILLAGE = "unit_village"
_STRENGTH = {level: rank for rank, level in enumerate(UnitLevel.values)}


@dataclass(frozen=True)
class Need:
    """A village: how many households are monitored (risk not removed) of how many, how many units help."""

    region: Region
    monitored: int
    households: int
    units: int
    proposed: Unit | None = None

    @property
    def share(self) -> float:
        """Monitored households of all present ones, 0 to 1; 0 where the register has no household."""
        return self.monitored / self.households if self.households else 0.0


def needs(user: User) -> list[Need]:
    """The villages where ``user`` manages ties, the deepest need first; three statements.

    Depth is the share of monitored households, then their number; both from the register of today.
    """
    villages = list(regions_for(user, RegionLevel.VILLAGE))
    codes = [village.pk for village in villages]
    counted = _households(codes)
    units = dict(
        Tie.objects.filter(region__in=codes, kind=UNIT_VILLAGE, valid_to=None)
        .order_by()
        .values_list("region")
        .annotate(number=Count("pk"))
    )
    found = [Need(one, *counted.get(one.pk, (0, 0)), units.get(one.pk, 0)) for one in villages]
    return sorted(found, key=lambda need: (-need.share, -need.monitored, need.region.code))


def proposal(user: User) -> list[Need]:
    """The villages without a unit, deepest first, each with a unit that could take it, as long as there are.

    Units of a higher level with fewer villages come first. Nothing is written.
    """
    waiting = [need for need in needs(user) if not need.units]
    return [
        Need(need.region, need.monitored, need.households, need.units, unit)
        for need, unit in zip(waiting, _units_in_turn(user, len(waiting)), strict=True)
    ]


def _households(villages: Iterable[int]) -> dict[int, tuple[int, int]]:
    monitored = ~Q(monitored_category="") & ~Q(risk_removed=True)
    rows = Household.objects.filter(village__in=villages, state=HouseholdState.PRESENT).order_by()
    grouped = rows.values("village").annotate(monitored=Count("pk", filter=monitored), households=Count("pk"))
    return {row["village"]: (row["monitored"], row["households"]) for row in grouped}


def _units_in_turn(user: User, wanted: int) -> list[Unit | None]:
    """Units in the order in which they are asked, again from the beginning when all have had a village."""
    open_villages = Count("party__ties", filter=Q(party__ties__kind=UNIT_VILLAGE, party__ties__valid_to=None))
    units = units_for(user).filter(party__isnull=False).exclude(party__level="")
    ranked = sorted(
        units.annotate(villages=open_villages).select_related("party"),
        key=lambda unit: (unit.villages, _STRENGTH.get(unit.party.level, len(_STRENGTH)), unit.name),
    )
    return [ranked[turn % len(ranked)] if ranked else None for turn in range(wanted)]
