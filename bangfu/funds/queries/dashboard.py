"""The county's money of a year at one glance, against what is laid down (C-032, C-086, C-099, C-145)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import Sum

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.scope import places_of, within
from bangfu.core.parameters import InForce, in_force
from bangfu.funds.enums.figures import FlowKind, Timing
from bangfu.funds.enums.funds import ClaimState
from bangfu.funds.models import Claim
from bangfu.funds.queries.flows import flow_sums, paid_by_month, sums_by_source_kind
from bangfu.funds.queries.timing import mean_points, over_management, sources_of_year, timed
from bangfu.projects.enums.admission import SourceKind

_VIEW = Permission.FUND_VIEW
_TENTH = Decimal("0.1")


@dataclass(frozen=True)
class Dashboard:
    """Sums in fen, points of time, what the county put in of its own revenue; ``on`` is the last day."""

    on: date
    place: str
    sums: dict[FlowKind, int]
    claimed: int
    by_kind: list[tuple[SourceKind, int, int, int]]
    by_month: list[tuple[date, int]]
    notices: int
    by_timing: dict[Timing, int]
    points: Decimal | None
    over_management: int
    limits: dict[str, InForce | None]

    def rate(self, kind: FlowKind, of: FlowKind) -> Decimal | None:
        """Per cent with one decimal; None of nothing."""
        return percent(self.sums[kind], self.sums[of])


LIMITS = (
    "fund_spending_share",
    "fund_industry_share",
    "fund_household_share",
    "fund_management_share",
    "fund_allocation_full_days",
    "fund_allocation_zero_days",
    "fund_allocation_points",
    "county_fiscal_revenue",
)


def percent(count: int, of: int) -> Decimal | None:
    """Half up with one decimal; None of nothing."""
    return (Decimal(count) * 100 / of).quantize(_TENTH, ROUND_HALF_UP) if of > 0 else None


def dashboard(user: User, place: str, on: date, today: date) -> Dashboard:
    """All figures of the year of ``on`` up to that day; notices that are not allocated yet count to today."""
    where = place or next(iter(places_of(user, _VIEW)), "")
    sources = sources_of_year(user, place, on)
    times = timed(sources, today)
    return Dashboard(
        on=on,
        place=place,
        sums=flow_sums(user, place, on),
        claimed=claimed_in_year(user, place, on),
        by_kind=sums_by_source_kind(user, place, on),
        by_month=paid_by_month(user, place, on),
        notices=len(times),
        by_timing={timing: sum(each.timing == timing for each in times) for timing in Timing},
        points=mean_points(times),
        over_management=over_management(sources, on.year).count(),
        limits={code: in_force(code, on, where) for code in LIMITS},
    )


def claimed_in_year(user: User, place: str, on: date) -> int:
    """Fen of the claims of the calendar year that were not returned."""
    rows = Claim.objects.visible_to(user, _VIEW).exclude(state=ClaimState.RETURNED)
    rows = rows.filter(claimed_on__year=on.year, claimed_on__lte=on)
    rows = rows.filter(within("place", place)) if place else rows
    return int(rows.aggregate(fen=Sum("account__amount", default=0))["fen"])
