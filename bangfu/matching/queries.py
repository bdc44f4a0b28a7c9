"""Readers: needs, offers and matches in reach, candidates, how far matches came."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, When
from django.http import Http404
from django.utils.timezone import localdate

from bangfu.access.models import Unit, User
from bangfu.access.permissions import Permission
from bangfu.access.queries import regions_where, units_around
from bangfu.access.scope import get_visible, places_of, within
from bangfu.core.models import Region
from bangfu.core.models.region import county_of
from bangfu.matching.enums import LIVING, TAKING, ListingState, MatchState, Side
from bangfu.matching.kinds import Check, Kind, kind_of, least_rate, matching_kinds, stale_days
from bangfu.matching.models import Listing, Match, MatchEvent
from bangfu.matching.proposing import Proposal, proposals

_VIEW, _RECORD = Permission.MATCHING_VIEW, Permission.MATCHING_RECORD
_CANDIDATES = 300
SHOWN = (ListingState.PUBLISHED, ListingState.CLOSED)
"""States of what was published once."""


def listings_seen(user: User) -> QuerySet[Any]:
    """Every need and offer in reach; ``matched`` says whether something was signed for it."""
    rows: QuerySet[Listing] = Listing.objects.visible_to(user, _VIEW)
    taken = Match.objects.filter(state__in=TAKING).filter(Q(need=OuterRef("pk")) | Q(offer=OuterRef("pk")))
    return rows.select_related("region", "unit").annotate(matched=Exists(taken))


def listing_seen(user: User, uid: UUID, permission: Permission = _VIEW) -> Listing:
    """One of them; raises Http404 outside the reach."""
    rows = Listing.objects.select_related("region", "unit", "subject", "household", "recorded_by")
    found: Listing = get_visible(rows, user, permission, uid=uid)
    return found


def matches_seen(user: User, today: date | None = None) -> QuerySet[Any]:
    """Every match whose need is in reach; ``is_stale`` says whether nothing has happened for too long."""
    return _with_staleness(Match.objects.all(), user, today or localdate()).visible_to(user, _VIEW)


def match_seen(user: User, uid: UUID, permission: Permission = _VIEW) -> Match:
    """One of them; raises Http404 outside the reach."""
    rows = _with_staleness(Match.objects.select_related("subject"), user, localdate())
    found: Match = get_visible(rows, user, permission, uid=uid)
    return found


def _with_staleness(rows: QuerySet[Any], user: User, today: date) -> Any:
    """Matches under way in which nothing has happened for the days that count where the user works."""
    since = today - timedelta(days=stale_days(home_of(user), today))
    is_stale = Case(When(state__in=LIVING, moved_on__lt=since, then=True), default=False)
    return rows.select_related("need__region", "offer__region").annotate(is_stale=is_stale)


def matches_of(user: User, listing: Listing) -> QuerySet[Match]:
    """What was made of a need or an offer, as far as it is in reach."""
    field = "need" if listing.side == Side.NEED else "offer"
    return matches_seen(user).filter(**{field: listing})


def proposals_for(user: User, listing: Listing, today: date) -> list[Proposal]:
    """What the rules propose: offers of the whole county, needs only in the user's reach."""
    if listing.state != ListingState.PUBLISHED or listing.valid_to < today:
        return []
    return proposals(listing, _candidates(user, listing, today).select_related("region", "unit"), today)


def _candidates(user: User, listing: Listing, today: date) -> QuerySet[Listing]:
    side = Side(listing.side).other
    rows = Listing.objects.filter(kind=listing.kind, side=side, state=ListingState.PUBLISHED)
    rows = rows.filter(within("place", county_of(listing.place)), valid_to__gte=today)
    if side == Side.NEED:
        rows = rows.visible_to(user, _RECORD)
    if kind_of(listing.kind).has_must(Check.SAME_SORT):
        rows = rows.filter(sort=listing.sort)
    field = "need" if side == Side.NEED else "offer"
    mine = "offer" if side == Side.NEED else "need"
    going = Match.objects.exclude(state=MatchState.DROPPED).filter(**{mine: listing, field: OuterRef("pk")})
    return rows.exclude(Exists(going)).order_by("valid_to", "pk")[:_CANDIDATES]


def offer_for(user: User, need: Listing, uid: UUID, today: date) -> Listing:
    """An offer that may be brought together with a need in reach; raises Http404 for any other."""
    rows = Listing.objects.filter(kind=need.kind, side=Side.OFFER, state=ListingState.PUBLISHED)
    found = rows.filter(within("place", county_of(need.place)), uid=uid).select_related("region").first()
    if found is None:
        raise Http404("没有这一条供给，或者它没有发布。")
    return found


def regions_to_record(user: User) -> QuerySet[Region]:
    """Where the user registers needs and offers."""
    return regions_where(user, _RECORD).select_related("parent")


def units_to_run(user: User) -> QuerySet[Unit]:
    """The active units of the counties in which the user registers."""
    return units_around(user, _RECORD)


def home_of(user: User) -> str:
    """The place whose parameters the user works with."""
    return next(iter(places_of(user, _VIEW)), "")


@dataclass(frozen=True)
class Funnel:
    """How far a kind came in a year: listings by side that were registered and published, matches by the
    states they ever reached, needs for which something was signed."""

    kind: Kind
    registered: dict[str, int] = field(default_factory=dict)
    published: dict[str, int] = field(default_factory=dict)
    reached: dict[str, int] = field(default_factory=dict)
    matched: int = 0

    @property
    def rate(self) -> float | None:
        """The share of the published needs, in per cent; None when there is none."""
        needs = self.published.get(Side.NEED, 0)
        return self.matched / needs * 100 if needs else None


def funnels(user: User, year: int) -> list[Funnel]:
    """One for each kind, of what was registered in the year and is in reach."""
    rows = listings_seen(user).filter(registered_on__year=year).order_by()
    sides: dict[str, Counter[str]] = {}
    published: dict[str, Counter[str]] = {}
    matched: Counter[str] = Counter()
    for kind, side, state, taken in rows.values_list("kind", "side", "state", "matched"):
        sides.setdefault(kind, Counter())[side] += 1
        if state in SHOWN:
            published.setdefault(kind, Counter())[side] += 1
            matched[kind] += side == Side.NEED and taken
    events = MatchEvent.objects.filter(match__in=matches_seen(user).filter(need__registered_on__year=year))
    reached: dict[str, Counter[str]] = {}
    pairs = events.order_by().values_list("match__need__kind", "state", "match").distinct()
    for kind, state, _ in pairs:
        reached.setdefault(kind, Counter())[state] += 1
    return [
        Funnel(
            kind,
            dict(sides.get(id, {})),
            dict(published.get(id, {})),
            dict(reached.get(id, {})),
            matched[id],
        )
        for id, kind in matching_kinds().items()
    ]


def years_seen(user: User, today: date) -> list[int]:
    """The years in which something was registered, and this one, the newest first."""
    days = Listing.objects.visible_to(user, _VIEW).order_by().dates("registered_on", "year")
    return sorted({today.year, *(day.year for day in days)}, reverse=True)


def rate_asked(user: User, today: date) -> int:
    """Which share of the needs should be matched where the user works, in per cent."""
    return least_rate(home_of(user), today)
