"""Readers: standards of a person's county, checks, what is missing, things ranked within a quota."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet
from django.http import Http404

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.queries import regions_where
from bangfu.access.scope import get_visible, places_of, within
from bangfu.core.models import Region
from bangfu.core.models.region import county_of
from bangfu.county_ledgers.models import LedgerRow
from bangfu.county_ledgers.policies import may_see
from bangfu.county_ledgers.queries import rows_of
from bangfu.county_ledgers.versions import held_in as ledger_held_in
from bangfu.funds.models import FundSource
from bangfu.projects.models import Project
from bangfu.standards.definition.model import Quota, Standard
from bangfu.standards.enums import CheckVerdict, Thing
from bangfu.standards.granting import Due, dues_of
from bangfu.standards.models import CheckItem, StandardCheck, StandardVersion, SubsidyProposal
from bangfu.standards.versions import Held, all_held, held_in, unreadable_in
from bangfu.ui.formats import exact

_VIEW, _RECORD = Permission.STANDARD_CHECK_VIEW, Permission.STANDARD_CHECK_RECORD
_VILLAGE = r"^\d{12}$"


def home_of(user: User) -> str:
    """The place whose standards the user works with."""
    return next(iter(places_of(user, _VIEW)), "")


def standards_seen(user: User) -> list[tuple[Held, dict[str, int]]]:
    """Each standard with how many things last passed, failed, and how many were checked in all."""
    rows = StandardCheck.objects.visible_to(user, _VIEW).filter(is_latest=True).order_by().values("code")
    counts = rows.annotate(
        checked=Count("pk"),
        passed=Count("pk", filter=Q(verdict=CheckVerdict.PASSED)),
        failed=Count("pk", filter=Q(verdict=CheckVerdict.FAILED)),
    )
    by_code: dict[str, dict[str, int]] = {each["code"]: each for each in counts}
    none = {"checked": 0, "passed": 0, "failed": 0}
    return [(held, by_code.get(held.standard.id, none)) for held in all_held(home_of(user))]


def standards_unreadable(user: User) -> list[tuple[StandardVersion, list[str]]]:
    """The standards that can no longer be read, for who writes them."""
    return unreadable_in(home_of(user)) if places_of(user, Permission.STANDARD_DEFINE) else []


def standard_seen(user: User, code: str) -> Held:
    """The standard that holds for the user; raises Http404 for one that is not there."""
    held = held_in(code, home_of(user))
    if held is None:
        raise Http404("没有这个标准。")
    return held


def checks_seen(user: User) -> QuerySet[StandardCheck]:
    """Every check in reach, with how many items are missing."""
    rows: QuerySet[StandardCheck] = StandardCheck.objects.visible_to(user, _VIEW)
    missing = Count("items", filter=Q(items__met=False))
    return rows.select_related("region", "standard").annotate(missing_count=missing)


def check_seen(user: User, uid: UUID, permission: Permission = _VIEW) -> StandardCheck:
    """One check; raises Http404 outside the reach."""
    rows = StandardCheck.objects.select_related("region", "standard", "subject", "project", "recorded_by")
    found: StandardCheck = get_visible(rows, user, permission, uid=uid)
    return found


def missing_seen(user: User) -> QuerySet[CheckItem]:
    """What is to be mended: the items that were not met when their thing was last checked."""
    rows: QuerySet[CheckItem] = CheckItem.objects.visible_to(user, _VIEW)
    open_ = rows.filter(met=False, check_of__is_latest=True)
    return open_.select_related("check_of__standard", "check_of__region")


def regions_to_check(user: User, standard: Standard) -> QuerySet[Region]:
    """Where the user checks things; of a standard about villages, only those."""
    regions = regions_where(user, _RECORD).select_related("parent")
    return regions.filter(code__regex=_VILLAGE) if standard.about is Thing.VILLAGE else regions


def rows_to_check(user: User, code: str) -> QuerySet[LedgerRow]:
    """The rows of a ledger that the user may check, none of a ledger that is not there for the user."""
    held = ledger_held_in(code, home_of(user))
    if held is None or not may_see(user, held.book):
        return LedgerRow.objects.none()
    reached = LedgerRow.objects.visible_to(user, _RECORD).values("pk")
    return rows_of(user, code).filter(pk__in=reached).order_by("place", "pk")


def projects_to_check(user: User) -> QuerySet[Project]:
    """The projects in the places where the user checks things."""
    rows: QuerySet[Project] = Project.objects.visible_to(user, _RECORD)
    return rows.order_by("place", "-pk")


@dataclass(frozen=True)
class Ranked:
    """A thing with its number. ``tied`` at the cut: as many as it cannot be told apart from lie across it."""

    check: StandardCheck
    number: Decimal
    chosen: bool
    tied: bool

    @property
    def words(self) -> str:
        """The number without padding zeros."""
        return exact(self.number)


@dataclass(frozen=True)
class RankedGroup:
    """The things of a group, the largest number first."""

    quota: Quota
    things: tuple[Ranked, ...]


def ranked_seen(user: User, standard: Standard) -> list[RankedGroup]:
    """Things that passed when they were last checked, ranked in each group within its quota."""
    items = CheckItem.objects.visible_to(user, _VIEW).filter(
        check_of__code=standard.id, check_of__is_latest=True, check_of__verdict=CheckVerdict.PASSED
    )
    groups = dict(items.filter(item=standard.grouped_by).values_list("check_of", "value"))
    numbers = items.filter(item=standard.ranked_by, number__isnull=False)
    things = list(numbers.select_related("check_of__region").order_by("-number", "check_of__thing"))
    return [
        RankedGroup(
            quota, within_quota([one for one in things if groups.get(one.check_of_id) == quota.option], quota)
        )
        for quota in standard.quotas
    ]


def chosen_in(groups: Sequence[RankedGroup]) -> set[int]:
    """The checks of the things that are within their quota."""
    return {one.check.pk for group in groups for one in group.things if one.chosen}


def dues_seen(user: User, standard: Standard) -> list[Due]:
    """What the standard's subsidy comes to for the things that the user checks."""
    reached = StandardCheck.objects.visible_to(user, _RECORD)
    chosen = chosen_in(ranked_seen(user, standard)) if standard.quotas else None
    return dues_of(standard, reached, chosen)


def subsidies_seen(user: User) -> QuerySet[SubsidyProposal]:
    """Every proposal in reach."""
    rows: QuerySet[SubsidyProposal] = SubsidyProposal.objects.visible_to(user, _VIEW)
    return rows.select_related("check_of__standard", "check_of__region", "source")


def subsidy_seen(user: User, uid: UUID, permission: Permission = _VIEW) -> SubsidyProposal:
    """One proposal; raises Http404 outside the reach."""
    rows = SubsidyProposal.objects.select_related("check_of__standard", "check_of__region", "source")
    found: SubsidyProposal = get_visible(rows, user, permission, uid=uid)
    return found


def sources_to_pay_from(user: User, proposal: SubsidyProposal) -> QuerySet[FundSource]:
    """The county's sources that have something left, in the user's reach."""
    rows = FundSource.objects.visible_to(user, Permission.FUND_ALLOCATE).select_related("account")
    county = rows.filter(within("place", county_of(proposal.place)), account__amount__gt=F("account__used"))
    found: QuerySet[FundSource] = county.order_by("-year", "notice_number")
    return found


def within_quota(things: Sequence[Any], quota: Quota) -> tuple[Ranked, ...]:
    """Cut the ordered things at the quota; equal numbers across the cut are chosen by a person, none here."""
    cut = things[quota.places - 1].number if 0 < quota.places < len(things) else None
    tie = cut is not None and things[quota.places].number == cut
    return tuple(
        Ranked(
            one.check_of,
            one.number,
            chosen=place < quota.places and not (tie and one.number == cut),
            tied=tie and one.number == cut,
        )
        for place, one in enumerate(things)
    )
