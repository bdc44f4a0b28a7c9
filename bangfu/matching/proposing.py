"""Which offers suit a need, and which needs an offer: by the rules of the kind, each with its reason."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Sum

from bangfu.matching.enums import TAKING, Side
from bangfu.matching.kinds import Check, Kind, kind_of
from bangfu.matching.models import Listing, Match
from bangfu.ui.formats import exact

_TOWNSHIP = 9
_AT_MOST = 20
Rests = Mapping[int, Decimal]


@dataclass(frozen=True)
class Proposal:
    """A listing of the other side, what the rules say for it, how much of it is left."""

    other: Listing
    reasons: tuple[str, ...]
    points: int
    rest: Decimal


@dataclass(frozen=True)
class _Pair:
    need: Listing
    offer: Listing
    kind: Kind
    need_rest: Decimal
    offer_rest: Decimal
    today: date


def rests_of(listings: Iterable[Listing]) -> dict[int, Decimal]:
    """How much of each is left: what was signed for is taken from both sides."""
    listings = list(listings)
    rests = {one.pk: one.quantity for one in listings}
    for field in ("need", "offer"):
        taken = Match.objects.filter(state__in=TAKING, **{f"{field}__in": listings}).order_by()
        for pk, total in taken.values_list(field).annotate(Sum("quantity")):
            rests[pk] -= total
    return rests


def reasons_for(need: Listing, offer: Listing, today: date) -> tuple[str, ...] | None:
    """What the rules say for a need and an offer; None when one that must hold does not."""
    judged = _judged(need, offer, rests_of([need, offer]), today)
    return None if judged is None else judged[0]


def proposals(listing: Listing, others: Iterable[Listing], today: date) -> list[Proposal]:
    """Those of the other side that the rules let stand, the best first."""
    others = list(others)
    rests = rests_of([listing, *others])
    found = []
    for other in others:
        need, offer = (listing, other) if listing.side == Side.NEED else (other, listing)
        judged = _judged(need, offer, rests, today)
        if judged is not None:
            found.append(Proposal(other, *judged, rests[other.pk]))
    found.sort(key=lambda one: (-one.points, one.other.valid_to, one.other.pk))
    return found[:_AT_MOST]


def _judged(need: Listing, offer: Listing, rests: Rests, today: date) -> tuple[tuple[str, ...], int] | None:
    if rests[need.pk] <= 0 or rests[offer.pk] <= 0:
        return None
    kind = kind_of(need.kind)
    pair = _Pair(need, offer, kind, rests[need.pk], rests[offer.pk], today)
    reasons, points = [], 0
    for rule in kind.rules:
        reason = _CHECKS[rule.check](pair)
        if reason:
            reasons.append(reason)
            points += rule.points
        elif rule.must:
            return None
    return tuple(reasons), points


def _same_sort(pair: _Pair) -> str:
    return f"都是“{pair.need.sort_name}”" if pair.need.sort == pair.offer.sort else ""


def _in_time(pair: _Pair) -> str:
    since = max(pair.need.valid_from, pair.offer.valid_from, pair.today)
    until = min(pair.need.valid_to, pair.offer.valid_to)
    return f"{since} 到 {until} 都有效" if since <= until else ""


def _same_township(pair: _Pair) -> str:
    mine, others = pair.need.place[:_TOWNSHIP], pair.offer.place[:_TOWNSHIP]
    return "在同一个乡镇" if mine == others and len(mine) == _TOWNSHIP else ""


def _enough(pair: _Pair) -> str:
    if pair.offer_rest < pair.need_rest:
        return ""
    measure = pair.kind.measure
    return f"供给还有 {exact(pair.offer_rest)} {measure}，够需要的 {exact(pair.need_rest)} {measure}"


_CHECKS: Mapping[Check, Callable[[_Pair], str]] = {
    Check.SAME_SORT: _same_sort,
    Check.IN_TIME: _in_time,
    Check.SAME_TOWNSHIP: _same_township,
    Check.ENOUGH: _enough,
}
