"""What the situation allows; ``check_x`` raises SituationForbids with a reason."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from bangfu.access.models import Unit, User
from bangfu.core.errors import SituationForbids
from bangfu.core.models import Region
from bangfu.core.models.region import county_of
from bangfu.households.models import Household
from bangfu.matching.enums import FOLLOWING, ListingState, MatchState, Side
from bangfu.matching.kinds import Kind, longest_days
from bangfu.matching.models import Listing, Match
from bangfu.ui.formats import exact

_NUMBER = re.compile(r"\d{7,}")
_OPEN = (ListingState.SUBMITTED, ListingState.RETURNED, ListingState.PUBLISHED)


def check_told(title: str, words: str, household: Household | None) -> None:
    """What others may read says what it is and not whose."""
    if not title.strip():
        raise SituationForbids("没有写内容，没有保存。请写清要什么、给什么。")
    if _NUMBER.search(title + words):
        raise SituationForbids("内容里有一长串数字，像证件号、电话或账号，发布出去会泄露。没有保存。请去掉。")
    if household is not None and household.head_name and household.head_name in title + words:
        raise SituationForbids("内容里写了户主的姓名，发布出去会泄露。没有保存。请写“某村一户”。")


def check_span(valid_from: date, valid_to: date, today: date) -> None:
    """It begins before it ends, and has not ended."""
    if valid_to < valid_from:
        raise SituationForbids(f"到 {valid_to} 止，早于从 {valid_from} 起，没有保存。请改日期。")
    if valid_to < today:
        raise SituationForbids(f"到 {valid_to} 止，已经过了（今天 {today}），没有保存。请改日期。")


def check_quantity(quantity: Decimal, kind: Kind) -> None:
    """So much of it, more than nothing."""
    if quantity <= 0:
        raise SituationForbids(f"数量是 {exact(quantity)} {kind.measure}，要大于 0，没有保存。")


def check_unit(unit: Unit | None, region: Region) -> None:
    """A unit in being, of the same county."""
    if unit is not None and not (unit.is_active and unit.place.startswith(county_of(region.code))):
        raise SituationForbids(f"{unit.name}不是{region.name}所在县在用的单位，没有保存。请另选。")


def check_open(listing: Listing) -> None:
    """Not ended yet."""
    if listing.state not in _OPEN:
        raise SituationForbids("这一条已经结束，不能再改。要再登记，请新登记一条。")


def check_changeable(listing: Listing) -> None:
    """Before it was published: what is published is closed and registered anew."""
    if listing.state not in (ListingState.SUBMITTED, ListingState.RETURNED):
        raise SituationForbids("已经发布的不能改内容：别人照着它谈。请结束这一条，再新登记一条。")


def check_review(listing: Listing, by: User, accepted: bool, words: str) -> None:
    """Another person than who registered it; returned with words."""
    if listing.state != ListingState.SUBMITTED:
        raise SituationForbids(f"这一条{listing.get_state_display()}，没有等审核的内容。没有保存。")
    if listing.recorded_by_id == by.pk:
        raise SituationForbids("这一条是您自己登记的，不能自己审核。请另一位同事审核。")
    if not accepted and not words.strip():
        raise SituationForbids("退回要写哪里不合理、怎样改。没有保存。")


def check_close(listing: Listing, words: str) -> None:
    """With a reason, and nothing of it is being talked about."""
    check_open(listing)
    if not words.strip():
        raise SituationForbids("没有写为什么结束，没有保存。")
    living = Match.objects.filter(state__in=FOLLOWING)
    field = "need" if listing.side == Side.NEED else "offer"
    count = living.filter(**{field: listing}).count()
    if count:
        raise SituationForbids(f"还有 {count} 个对接没有办完，不能结束。请先把它们办完，或写明没有谈成。")


def check_together(need: Listing, offer: Listing, today: date) -> None:
    """A need and an offer of one kind and county, both published and in time, not yet brought together."""
    if (need.side, offer.side) != (Side.NEED, Side.OFFER) or need.kind != offer.kind:
        raise SituationForbids("要一条需求、一条同一种的供给才能对接。没有保存。")
    if county_of(need.place) != county_of(offer.place):
        raise SituationForbids("不在一个县，没有保存。")
    for one in (need, offer):
        if one.state != ListingState.PUBLISHED:
            raise SituationForbids(f"“{one.title}”{one.get_state_display()}，发布了的才能对接。没有保存。")
        if one.valid_to < today:
            raise SituationForbids(f"“{one.title}”到 {one.valid_to} 止，已经过了。没有保存。")
    if Match.objects.filter(need=need, offer=offer).exclude(state=MatchState.DROPPED).exists():
        raise SituationForbids("这两条已经在对接了，没有再登记一次。")


def check_move(match: Match, state: str, on: date, words: str, today: date) -> None:
    """A state that follows, on a day that can be, with what proves it."""
    if state not in FOLLOWING.get(MatchState(match.state), ()):
        raise SituationForbids(
            f"现在是“{match.get_state_display()}”，不能转到“{MatchState(state).label}”。没有保存。"
        )
    if not match.moved_on <= on <= today:
        raise SituationForbids(
            f"日期要在上一步（{match.moved_on}）到今天（{today}）之间，写的是 {on}。没有保存。"
        )
    if not words.strip():
        asked = "为什么没有谈成" if state == MatchState.DROPPED else "谈了什么、凭什么"
        raise SituationForbids(f"没有写{asked}，没有保存。")


def check_taken(listing: Listing, rest: Decimal, quantity: Decimal, measure: str) -> None:
    """No more is signed for than there is left."""
    if quantity > rest:
        raise SituationForbids(
            f"“{listing.title}”还剩 {exact(rest)} {measure}，签 {exact(quantity)} {measure}，"
            f"多了 {exact(quantity - rest)}。没有保存。"
        )


def doubts(listing: Listing, today: date) -> list[str]:
    """What a reviewer should look at before it is published, in sentences."""
    found = []
    days = (listing.valid_to - listing.valid_from).days + 1
    most = longest_days(listing.place, today)
    if days > most:
        found.append(f"有效期 {days} 天，比一般的 {most} 天长。")
    if listing.valid_to < today:
        found.append(f"到 {listing.valid_to} 止，已经过了。")
    if listing.who or listing.household_id:
        alike = Listing.objects.filter(
            kind=listing.kind,
            side=listing.side,
            sort=listing.sort,
            place=listing.place,
            household=listing.household,
            who=listing.who,
            state__in=(ListingState.SUBMITTED, ListingState.PUBLISHED),
        ).exclude(pk=listing.pk)
        found += [f"同一家已经有一条同类的：“{one.title}”，{exact(one.quantity)}。" for one in alike[:3]]
    return found
