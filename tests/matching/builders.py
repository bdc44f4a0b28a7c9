"""Made-up needs and offers through the real actions."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from bangfu.access.models import User
from bangfu.core.models import Region
from bangfu.core.models.region import county_of
from bangfu.matching.actions.listings import ListingFacts, register_listing, review_listing
from bangfu.matching.actions.matches import move_match, open_match
from bangfu.matching.models import Listing, Match
from tests.cast import COUNTY, NOW, TODAY, VILLAGE, make_user

Regions = Mapping[str, Region]


def facts(regions: Regions, side: str, place: str = VILLAGE, **changed: Any) -> ListingFacts:
    """So much of a sort of goods, from today on for a hundred days."""
    said: dict[str, Any] = {
        "region": regions[place],
        "side": side,
        "kind": "goods",
        "sort": "nuts",
        "title": "核桃要卖" if side == "need" else "收核桃",
        "quantity": Decimal(1000),
        "valid_from": TODAY,
        "valid_to": TODAY + timedelta(days=100),
        "who": "核桃合作社" if side == "need" else "山货公司",
    }
    return ListingFacts(**{**said, **changed})


def listed(by: User, regions: Regions, side: str, *, at: datetime = NOW, **changed: Any) -> Listing:
    """One that was registered by ``by`` and published by somebody else of the county's office."""
    listing = register_listing(by=by, at=at, facts=facts(regions, side, **changed))
    return review_listing(
        by=reviewer(county_of(listing.place)), at=at, listing=listing, version=listing.version, accepted=True
    )


def reviewer(county: str = COUNTY) -> User:
    """Somebody of a county who reviews, and registers nothing."""
    name = f"reviewer-{county}"
    return User.objects.filter(username=name).first() or make_user("county_office", county, username=name)


def matched(by: User, need: Listing, offer: Listing, *, at: datetime = NOW) -> Match:
    """Talks that began."""
    return open_match(by=by, at=at, need=need, offer=offer, words="打了电话")


def signed(by: User, match: Match, quantity: int, on: date = TODAY) -> Match:
    """Signed for so much."""
    return move_match(
        by=by,
        at=NOW,
        match=match,
        version=match.version,
        state="signed",
        on=on,
        words="签了购销合同",
        quantity=Decimal(quantity),
    )
