"""Reading who looks after whom: grids and their workers, pairings, officers, households without a helper."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.roles import Reach, role_bundles
from bangfu.access.scope import places_of, scope_q
from bangfu.core.models import Region, RegionLevel
from bangfu.households.enums import HouseholdState, HouseholdType
from bangfu.households.models import DutyOfficer, Grid, GridDuty, Household, Pairing
from bangfu.households.queries.recorded import rows_recorded
from bangfu.households.terms import holds_on, in_term


def pairings_of(household: Household, recorded_at: datetime | None = None) -> list[Pairing]:
    """All pairings of a household, the newest first."""
    found = household.pairings.select_related("helper__unit")
    rows = rows_recorded(found, recorded_at, gone={"household_id": household.pk})
    return sorted(rows, key=lambda pairing: (pairing.valid_from, pairing.pk), reverse=True)


def helpers_of(household: Household, on: date, recorded_at: datetime | None = None) -> list[User]:
    """Who helps the household on the day, as recorded then."""
    return [one.helper for one in pairings_of(household, recorded_at) if holds_on(one, on)]


def grid_duties_of(household: Household, recorded_at: datetime | None = None) -> list[GridDuty]:
    """All who look or looked after the household's grid, by their first day."""
    if household.grid_id is None:
        return []
    duties = GridDuty.objects.filter(grid_id=household.grid_id).select_related("user")
    rows = rows_recorded(duties, recorded_at, gone={"grid_id": household.grid_id})
    return sorted(rows, key=lambda duty: (duty.valid_from, duty.pk))


def without_helper(households: QuerySet[Household]) -> QuerySet[Household]:
    """Those that should have a helper (registered or monitored) and have no open pairing (C-187)."""
    current = Pairing.objects.filter(valid_to=None, household=OuterRef("pk"))
    owed = Q(household_type=HouseholdType.REGISTERED) | ~Q(monitored_category="")
    return households.filter(owed, ~Exists(current), state=HouseholdState.PRESENT)


def grids_of(village: Region) -> list[Grid]:
    """The open grids of a village with ``household_count`` and ``current_duties``; three queries."""
    duties = GridDuty.objects.filter(valid_to=None).select_related("user").order_by("valid_from", "pk")
    present = Count("households", filter=Q(households__state=HouseholdState.PRESENT))
    return list(
        Grid.objects.filter(village=village, valid_to=None)
        .annotate(household_count=present)
        .prefetch_related(Prefetch("duties", queryset=duties, to_attr="current_duties"))
    )


def officers_of(places: Iterable[str], on: date) -> QuerySet[DutyOfficer]:
    """The officers of the regions with these codes on a day."""
    return DutyOfficer.objects.filter(in_term(on), place__in=list(places)).select_related("region")


def duties_of(village: Region) -> list[GridDuty]:
    """All grid duties of a village that have ended, the newest first."""
    ended = GridDuty.objects.filter(grid__village=village, valid_to__isnull=False)
    return list(ended.select_related("grid", "user").order_by("-valid_to", "-pk"))


def households_for_grids(village: Region) -> QuerySet[Household]:
    """The present households of a village, by group and head."""
    present = Household.objects.filter(village=village, state=HouseholdState.PRESENT)
    return present.order_by("group_name", "head_name", "pk")


def open_pairings(user: User, helper: User | None) -> QuerySet[Pairing]:
    """Open pairings (of one helper) with households where ``user`` manages pairings, by place."""
    rows = Pairing.objects.visible_to(user, Permission.GRID_MANAGE).filter(valid_to=None)
    if helper is not None:
        rows = rows.filter(helper=helper)
    return rows.select_related("household__village", "helper").order_by("household__place", "pk")


def handed_over(user: User, giver: User, taker: User, on: date) -> list[Pairing]:
    """What ``taker`` has since ``on`` and ``giver`` had until the day before, as far as ``user`` may see."""
    given = Pairing.objects.filter(helper=giver, valid_to=on - timedelta(days=1)).values("household")
    rows = Pairing.objects.visible_to(user, Permission.PAIRING_VIEW)
    taken = rows.filter(helper=taker, valid_from=on, household__in=given)
    return list(taken.select_related("household__village").order_by("household__place", "pk"))


def regions_for_officers(user: User) -> QuerySet[Region]:
    """Townships and villages where ``user`` manages officers, by code."""
    reached = scope_q(Region, user, Permission.GRID_MANAGE, "code")
    levels = (RegionLevel.TOWNSHIP, RegionLevel.VILLAGE)
    return Region.objects.filter(reached, level__in=levels).select_related("parent").order_by("code")


def helpers_for(user: User, on: date) -> QuerySet[User]:
    """People with a helper's role whose place meets those where ``user`` manages pairings."""
    return _people(user, Reach.OWN, on)


def givers_for(user: User) -> QuerySet[User]:
    """People, also those who have left, with open pairings where ``user`` manages pairings."""
    open_now = Pairing.objects.visible_to(user, Permission.GRID_MANAGE).filter(valid_to=None)
    return User.objects.filter(pk__in=open_now.values("helper")).select_related("unit").order_by("name", "pk")


def grid_workers_for(user: User, on: date) -> QuerySet[User]:
    """People with a grid worker's role whose place meets those where ``user`` manages grids."""
    return _people(user, Reach.GRID, on)


def _people(user: User, reach: Reach, on: date) -> QuerySet[User]:
    roles = [code for code, bundle in role_bundles().items() if bundle.reach is reach]
    meets = Q(pk__in=())
    for place in places_of(user, Permission.GRID_MANAGE):
        around = [place[:length] for length in range(2, len(place))]
        meets |= Q(assignments__place__startswith=place) | Q(assignments__place__in=around)
    valid = Q(assignments__valid_to__isnull=True) | Q(assignments__valid_to__gte=on)
    found = User.objects.filter(
        meets, valid, is_active=True, assignments__role__in=roles, assignments__valid_from__lte=on
    )
    return found.select_related("unit").distinct().order_by("name", "pk")
