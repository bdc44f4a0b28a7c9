"""Needs and offers are brought together and followed until they land or are dropped (C-013)."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils.timezone import localdate

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.policies import require
from bangfu.core import audit
from bangfu.core.changing import recording
from bangfu.core.errors import SituationForbids, StaleVersion
from bangfu.core.models import Change, Subject, SubjectKind
from bangfu.matching import policies
from bangfu.matching.enums import MatchState
from bangfu.matching.kinds import kind_of
from bangfu.matching.models import Listing, Match, MatchEvent
from bangfu.matching.proposing import reasons_for, rests_of

_RECORD = Permission.MATCHING_RECORD
_LABEL, _WHY = 100, 300


def open_match(*, by: User, at: datetime, need: Listing, offer: Listing, words: str) -> Match:
    """Begin talks between a need and an offer; what the rules say for it is kept with it.

    Raises NotPermitted where the need is; SituationForbids for what cannot go together.
    """
    require(by, _RECORD, need.place)
    today = localdate(at)
    with recording(by=by, at=at, verb="open_match") as change:
        need, offer = _held_pair(need.pk, offer.pk)
        policies.check_together(need, offer, today)
        reasons = reasons_for(need, offer, today) or ()
        label = str(Match(need=need, offer=offer))[:_LABEL]
        match: Match = Match.objects.create(
            need=need,
            offer=offer,
            place=need.place,
            subject=Subject.objects.create(kind=SubjectKind.MATCH, place=need.place, label=label),
            why="；".join(reasons)[:_WHY],
            opened_on=today,
            moved_on=today,
            recorded_by=by,
        )
        _noted("open_match", match, MatchState.TALKS, today, words, by, at, change)
    return match


def move_match(
    *,
    by: User,
    at: datetime,
    match: Match,
    version: int,
    state: str,
    on: date,
    words: str,
    quantity: Decimal | None = None,
) -> Match:
    """One step on: visited, signed for a quantity, landed, or dropped with the reason.

    Raises NotPermitted, StaleVersion; SituationForbids for a step that does not follow, without words, for
    more than there is left on either side.
    """
    require(by, _RECORD, match.place)
    with recording(by=by, at=at, verb="move_match", effective_on=on) as change:
        row = _held(match, version)
        policies.check_move(row, state, on, words, localdate(at))
        if state == MatchState.SIGNED:
            row.quantity = _taken(row, quantity)
        row.state, row.moved_on = state, on
        row.save()
        _noted("move_match", row, MatchState(state), on, words, by, at, change)
    return row


def _taken(match: Match, quantity: Decimal | None) -> Decimal:
    """The quantity that is signed for, when both sides still have as much."""
    need, offer = _held_pair(match.need_id, match.offer_id)
    kind = kind_of(need.kind)
    if quantity is None:
        raise SituationForbids("签约要写签了多少，没有保存。")
    policies.check_quantity(quantity, kind)
    rests = rests_of([need, offer])
    for one in (need, offer):
        policies.check_taken(one, rests[one.pk], quantity, kind.measure)
    return quantity


def _held_pair(need: int, offer: int) -> tuple[Listing, Listing]:
    """Both sides, held in one order by whoever takes of them."""
    rows = Listing.objects.select_for_update(of=("self",)).filter(pk__in=(need, offer)).order_by("pk")
    found = {row.pk: row for row in rows}
    return found[need], found[offer]


def _held(match: Match, version: int) -> Match:
    row: Match = Match.objects.select_for_update(of=("self",)).select_related("subject").get(pk=match.pk)
    if row.version != version:
        raise StaleVersion("这个对接刚被别人办过，没有保存。您填的还在，请看看现在的样子再办。")
    return row


def _noted(
    verb: str, row: Match, state: MatchState, on: date, words: str, by: User, at: datetime, change: Change
) -> None:
    MatchEvent.objects.create(match=row, state=state, on=on, words=words.strip(), by=by)
    data: dict[str, Any] = {"match": str(row.uid), "state": row.state}
    audit.record(by=by, at=at, verb=verb, subject=row.subject, data=data, change=change)
