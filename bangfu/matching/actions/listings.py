"""Needs and offers are registered, changed, reviewed, closed (C-013, C-123)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils.timezone import localdate

from bangfu.access.models import Unit, User
from bangfu.access.permissions import Permission
from bangfu.access.policies import require
from bangfu.core import audit
from bangfu.core.changing import recording
from bangfu.core.errors import StaleVersion
from bangfu.core.models import Change, Region, Subject, SubjectKind
from bangfu.households.models import Household
from bangfu.matching import policies
from bangfu.matching.enums import ListingState, ListingStep
from bangfu.matching.kinds import kind_of, sort_name
from bangfu.matching.models import Listing, ListingEvent

_RECORD, _REVIEW = Permission.MATCHING_RECORD, Permission.MATCHING_REVIEW


@dataclass(frozen=True)
class ListingFacts:
    """What is said of a need or an offer; ``sort`` is a code of the kind's parameter."""

    region: Region
    side: str
    kind: str
    sort: str
    title: str
    quantity: Decimal
    valid_from: date
    valid_to: date
    words: str = ""
    who: str = ""
    unit: Unit | None = None
    household: Household | None = None


def register_listing(*, by: User, at: datetime, facts: ListingFacts) -> Listing:
    """A need or an offer that waits for its review.

    Raises NotPermitted; SituationForbids for words that give somebody away, for days, quantities, sorts or
    units that cannot be.
    """
    require(by, _RECORD, facts.region.code)
    _check(facts, localdate(at))
    with recording(by=by, at=at, verb="register_listing") as change:
        place, title = facts.region.code, facts.title.strip()
        listing: Listing = Listing.objects.create(
            **_values(facts, localdate(at)),
            subject=Subject.objects.create(kind=SubjectKind.LISTING, place=place, label=title),
            registered_on=localdate(at),
            recorded_by=by,
        )
        _noted("register_listing", listing, ListingStep.REGISTERED, "", by, at, change)
    return listing


def change_listing(
    *, by: User, at: datetime, listing: Listing, version: int, facts: ListingFacts, reason: str
) -> Listing:
    """Say what it should have said, before it is published; it waits for its review again.

    Raises NotPermitted, StaleVersion, SituationForbids like ``register_listing``.
    """
    require(by, _RECORD, listing.place)
    require(by, _RECORD, facts.region.code)
    _check(facts, localdate(at))
    with recording(by=by, at=at, verb="change_listing", reason=reason) as change:
        row = _held(listing, version)
        policies.check_changeable(row)
        for name, value in _values(facts, localdate(at)).items():
            setattr(row, name, value)
        row.state = ListingState.SUBMITTED
        row.save()
        Subject.objects.filter(pk=row.subject_id).update(place=row.place, label=row.title)
        _noted("change_listing", row, ListingStep.CHANGED, reason, by, at, change)
    return row


def review_listing(
    *, by: User, at: datetime, listing: Listing, version: int, accepted: bool, words: str = ""
) -> Listing:
    """Publish it, or return it with what is unreasonable.

    Raises NotPermitted, StaleVersion; SituationForbids for one's own, or a return without words.
    """
    require(by, _REVIEW, listing.place)
    with recording(by=by, at=at, verb="review_listing") as change:
        row = _held(listing, version)
        policies.check_review(row, by, accepted, words)
        if accepted:
            policies.check_span(row.valid_from, row.valid_to, localdate(at))
        row.state = ListingState.PUBLISHED if accepted else ListingState.RETURNED
        row.save()
        step = ListingStep.PUBLISHED if accepted else ListingStep.RETURNED
        _noted("review_listing", row, step, words, by, at, change)
    return row


def close_listing(*, by: User, at: datetime, listing: Listing, version: int, words: str) -> Listing:
    """Let it hold no longer; what was signed stays. Raises NotPermitted, StaleVersion, SituationForbids."""
    require(by, _RECORD, listing.place)
    with recording(by=by, at=at, verb="close_listing", reason=words) as change:
        row = _held(listing, version)
        policies.check_close(row, words)
        row.state = ListingState.CLOSED
        row.save()
        _noted("close_listing", row, ListingStep.CLOSED, words, by, at, change)
    return row


def _check(facts: ListingFacts, today: date) -> None:
    kind = kind_of(facts.kind)
    policies.check_told(facts.title, facts.words, facts.household)
    policies.check_span(facts.valid_from, facts.valid_to, today)
    policies.check_quantity(facts.quantity, kind)
    policies.check_unit(facts.unit, facts.region)
    sort_name(kind, facts.sort, facts.region.code, today)


def _values(facts: ListingFacts, today: date) -> dict[str, Any]:
    home = facts.household
    return {
        **vars(facts),
        "place": facts.region.code,
        "sort_name": sort_name(kind_of(facts.kind), facts.sort, facts.region.code, today),
        "title": facts.title.strip(),
        "words": facts.words.strip(),
        "who": home.head_name if home else facts.who.strip(),
    }


def _held(listing: Listing, version: int) -> Listing:
    row: Listing = (
        Listing.objects.select_for_update(of=("self",)).select_related("subject").get(pk=listing.pk)
    )
    if row.version != version:
        raise StaleVersion("这一条刚被别人办过，没有保存。您填的还在，请看看现在的样子再办。")
    return row


def _noted(
    verb: str, row: Listing, step: ListingStep, words: str, by: User, at: datetime, change: Change
) -> None:
    ListingEvent.objects.create(listing=row, kind=step, on=localdate(at), words=words.strip(), by=by)
    data = {"listing": str(row.uid), "state": row.state}
    audit.record(by=by, at=at, verb=verb, subject=row.subject, data=data, change=change)
