"""Needs and offers of the made-up county: published, proposed to each other, some signed, one landed."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from bangfu.access.models import User
from bangfu.core.models import Region
from bangfu.households.reckoning.days import local_day
from bangfu.matching.actions.listings import ListingFacts, register_listing, review_listing
from bangfu.matching.actions.matches import move_match, open_match
from bangfu.matching.models import Listing, Match

_NEEDS: tuple[tuple[str, str, str, int], ...] = (
    ("goods", "nuts", "本村薄壳核桃要卖，去了青皮", 6_000),
    ("goods", "fruit", "合作社的苹果要卖，带箱", 20_000),
    ("jobs", "factory", "三名劳动力想在县内进厂", 3),
    ("jobs", "farming", "农闲时想在本乡做采收", 8),
    ("money", "water", "自来水管网改造缺资金", 40),
    ("wishes", "study", "两个孩子要书桌和台灯", 2),
)
_OFFERS: tuple[tuple[str, str, str, str, int], ...] = (
    ("goods", "nuts", "山货公司收核桃，先验货后付款", "山货公司", 50_000),
    ("goods", "fruit", "学校食堂每周要苹果", "县一中食堂", 4_000),
    ("jobs", "factory", "县城电子厂招普工，包吃住", "电子厂", 20),
    ("money", "water", "东部协作资金找饮水项目", "协作办", 100),
    ("wishes", "study", "爱心人士捐书桌", "爱心协会", 10),
)


def make_matching(people: dict[str, User], places: dict[str, Region], *, at: datetime) -> None:
    """Through the same actions that people use; the last need still waits for its review."""
    village, county = people["cun"], people["yibao"]
    begun = at - timedelta(days=20)
    needs = {
        (kind, sort): _listed(
            people,
            begun,
            by=village,
            region=places["village"],
            side="need",
            kind=kind,
            sort=sort,
            title=title,
            quantity=Decimal(quantity),
        )
        for kind, sort, title, quantity in _NEEDS
    }
    offers = {
        (kind, sort): _listed(
            people,
            begun,
            by=county,
            region=places["county"],
            side="offer",
            kind=kind,
            sort=sort,
            title=title,
            who=who,
            quantity=Decimal(quantity),
        )
        for kind, sort, title, who, quantity in _OFFERS
    }
    _follow(village, begun, at, needs, offers)
    facts = _facts(
        at,
        region=places["village"],
        side="need",
        kind="wishes",
        sort="furniture",
        title="一户要一张床",
        quantity=Decimal(1),
    )
    register_listing(by=village, at=at, facts=facts)


def _follow(
    by: User,
    begun: datetime,
    at: datetime,
    needs: dict[tuple[str, str], Listing],
    offers: dict[tuple[str, str], Listing],
) -> None:
    nuts = _match(by, begun, needs["goods", "nuts"], offers["goods", "nuts"])
    nuts = _move(by, begun, nuts, "visit", "到村里看了货")
    nuts = _move(by, begun, nuts, "signed", "签了购销合同", Decimal(5_000))
    _move(by, at, nuts, "landed", "货款已经付清，有银行回单")
    fruit = _match(by, begun, needs["goods", "fruit"], offers["goods", "fruit"])
    _move(by, at, fruit, "signed", "学校先要四千公斤", Decimal(4_000))
    jobs = _match(by, begun, needs["jobs", "factory"], offers["jobs", "factory"])
    _move(by, at, jobs, "visit", "看了车间和宿舍")
    wishes = _match(by, begun, needs["wishes", "study"], offers["wishes", "study"])
    _move(by, at, wishes, "dropped", "孩子学校已经发了")


def _facts(at: datetime, **said: Any) -> ListingFacts:
    today = local_day(at)
    return ListingFacts(**said, valid_from=today, valid_to=today + timedelta(days=150))


def _listed(people: dict[str, User], at: datetime, *, by: User, **said: Any) -> Listing:
    listing = register_listing(by=by, at=at, facts=_facts(at, **said))
    return review_listing(by=people["xian"], at=at, listing=listing, version=listing.version, accepted=True)


def _match(by: User, at: datetime, need: Listing, offer: Listing) -> Match:
    return open_match(by=by, at=at, need=need, offer=offer, words="打了电话，约好见面")


def _move(
    by: User, at: datetime, match: Match, state: str, words: str, quantity: Decimal | None = None
) -> Match:
    return move_match(
        by=by,
        at=at,
        match=match,
        version=match.version,
        state=state,
        on=local_day(at),
        words=words,
        quantity=quantity,
    )
