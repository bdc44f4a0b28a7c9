"""Proposed by rules with the reason; followed until it lands; never more than there is (C-013, C-123)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bangfu.access.models import User
from bangfu.core.errors import NotPermitted, SituationForbids, StaleVersion
from bangfu.core.models import Region
from bangfu.matching.actions.listings import close_listing, register_listing
from bangfu.matching.actions.matches import move_match, open_match
from bangfu.matching.enums import FOLLOWING, MatchState
from bangfu.matching.models import Match
from bangfu.matching.proposing import rests_of
from bangfu.matching.queries import funnels, listings_seen, matches_seen, proposals_for
from bangfu.metrics.registry import metric_of
from tests.cast import COUNTY, FOREIGN_VILLAGE, NOW, OTHER_VILLAGE, SISTER_VILLAGE, TODAY, VILLAGE
from tests.matching.builders import facts, listed, matched, signed
from tests.training.builders import person

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk(regions: dict[str, Region]) -> User:
    return person("village", VILLAGE)


@pytest.fixture
def office(regions: dict[str, Region]) -> User:
    return person("county_office")


def _moved(by: User, match: Match, state: str, **changed: Any) -> Match:
    said = {"on": TODAY, "words": "看了", **changed}
    return move_match(by=by, at=NOW, match=match, version=match.version, state=state, **said)


def test_offers_are_proposed_with_the_reason_the_best_first(
    regions: dict[str, Region], clerk: User, office: User
) -> None:
    need = listed(clerk, regions, "need")
    listed(office, regions, "offer", place=OTHER_VILLAGE, title="外乡少收", quantity=Decimal(10))
    listed(office, regions, "offer", place=OTHER_VILLAGE, title="外乡全收")
    listed(office, regions, "offer", place=SISTER_VILLAGE, title="本乡全收")
    listed(office, regions, "offer", title="收茶叶", sort="tea")
    listed(
        office,
        regions,
        "offer",
        title="明年再收",
        valid_from=TODAY + timedelta(days=101),
        valid_to=TODAY + timedelta(days=300),
    )
    listed(person("county_office", "530998"), regions, "offer", place=FOREIGN_VILLAGE, title="外县收")
    register_listing(by=office, at=NOW, facts=facts(regions, "offer", title="还没有审核"))
    found = proposals_for(clerk, need, TODAY)
    assert [(one.other.title, one.points) for one in found] == [
        ("本乡全收", 3),
        ("外乡全收", 2),
        ("外乡少收", 0),
    ]
    first = "；".join(found[0].reasons)
    assert "都是“坚果”" in first
    assert "都有效" in first
    assert "在同一个乡镇" in first
    assert "供给还有 1,000 公斤，够需要的 1,000 公斤" in first
    assert "够需要" not in "；".join(found[2].reasons)


def test_needs_are_proposed_to_an_offer_only_in_reach(
    regions: dict[str, Region], clerk: User, office: User
) -> None:
    listed(clerk, regions, "need")
    listed(person("village", OTHER_VILLAGE), regions, "need", place=OTHER_VILLAGE, title="大沟核桃")
    offer = listed(office, regions, "offer")
    assert {one.other.title for one in proposals_for(office, offer, TODAY)} == {"核桃要卖", "大沟核桃"}
    assert [one.other.title for one in proposals_for(clerk, offer, TODAY)] == ["核桃要卖"]


def test_from_talks_to_the_landing(regions: dict[str, Region], clerk: User, office: User) -> None:
    need, offer = listed(clerk, regions, "need"), listed(office, regions, "offer")
    match = matched(clerk, need, offer)
    assert (match.state, match.place) == ("talks", VILLAGE)
    assert "坚果" in match.why
    assert proposals_for(clerk, need, TODAY) == []
    match = _moved(clerk, match, "visit")
    match = signed(clerk, match, 600)
    assert rests_of([need, offer]) == {need.pk: Decimal(400), offer.pk: Decimal(400)}
    match = _moved(clerk, match, "landed", words="货款付清")
    assert [one.state for one in match.events.all()] == ["talks", "visit", "signed", "landed"]
    with pytest.raises(SituationForbids, match="不能转到"):
        _moved(clerk, match, "dropped", words="不做了")


@pytest.mark.parametrize("state", [one for one in MatchState if one not in FOLLOWING])
def test_what_has_ended_goes_nowhere(
    regions: dict[str, Region], clerk: User, office: User, state: MatchState
) -> None:
    match = matched(clerk, listed(clerk, regions, "need"), listed(office, regions, "offer"))
    match = signed(clerk, match, 5)
    match = _moved(clerk, match, state)
    for after in MatchState:
        with pytest.raises(SituationForbids, match="不能转到"):
            _moved(clerk, match, after, quantity=Decimal(1))


def test_no_more_is_signed_than_there_is_on_either_side(
    regions: dict[str, Region], clerk: User, office: User
) -> None:
    need = listed(clerk, regions, "need", quantity=Decimal(500))
    small, large = listed(office, regions, "offer", quantity=Decimal(300)), listed(office, regions, "offer")
    first, second = matched(clerk, need, small), matched(clerk, need, large)
    with pytest.raises(SituationForbids, match="还剩 300 公斤，签 400 公斤，多了 100"):
        signed(clerk, first, 400)
    signed(clerk, first, 300)
    with pytest.raises(SituationForbids, match="还剩 200 公斤，签 201 公斤，多了 1"):
        signed(clerk, second, 201)
    second = signed(clerk, second, 200)
    assert proposals_for(clerk, need, TODAY) == []
    _moved(clerk, second, "dropped", words="对方毁约")
    assert rests_of([need])[need.pk] == Decimal(200)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"state": "landed"}, "不能转到"),
        ({"state": "visit", "words": " "}, "谈了什么"),
        ({"state": "dropped", "words": ""}, "为什么没有谈成"),
        ({"state": "visit", "on": TODAY + timedelta(days=1)}, "到今天"),
        ({"state": "visit", "on": TODAY - timedelta(days=1)}, "上一步"),
        ({"state": "signed"}, "签了多少"),
        ({"state": "signed", "quantity": Decimal(0)}, "要大于 0"),
    ],
)
def test_a_step_that_cannot_be_changes_nothing(
    regions: dict[str, Region], clerk: User, office: User, changed: dict[str, Any], said: str
) -> None:
    match = matched(clerk, listed(clerk, regions, "need"), listed(office, regions, "offer"))
    with pytest.raises(SituationForbids, match=said):
        _moved(clerk, match, **changed)
    match.refresh_from_db()
    assert (match.state, match.events.count()) == ("talks", 1)


def test_what_does_not_go_together(regions: dict[str, Region], clerk: User, office: User) -> None:
    need, offer = listed(clerk, regions, "need"), listed(office, regions, "offer")
    waiting = register_listing(by=office, at=NOW, facts=facts(regions, "offer"))
    tea = listed(office, regions, "offer", kind="jobs", sort="factory", title="招工")
    foreign = listed(person("county_office", "530998"), regions, "offer", place=FOREIGN_VILLAGE)
    for other, said in ((need, "一条需求"), (tea, "同一种"), (waiting, "发布了的"), (foreign, "一个县")):
        with pytest.raises(SituationForbids, match=said):
            open_match(by=clerk, at=NOW, need=need, offer=other, words="")
    later = NOW + timedelta(days=200)
    with pytest.raises(SituationForbids, match="已经过了"):
        open_match(by=clerk, at=later, need=need, offer=offer, words="")
    match = matched(clerk, need, offer)
    with pytest.raises(SituationForbids, match="已经在对接"):
        matched(clerk, need, offer)
    _moved(clerk, match, "dropped", words="价格谈不拢")
    assert matched(clerk, need, offer).state == "talks"


def test_who_may(regions: dict[str, Region], clerk: User, office: User) -> None:
    need, offer = listed(clerk, regions, "need"), listed(office, regions, "offer")
    other = person("village", OTHER_VILLAGE)
    with pytest.raises(NotPermitted):
        matched(other, need, offer)
    match = matched(clerk, need, offer)
    with pytest.raises(NotPermitted):
        _moved(other, match, "visit")
    with pytest.raises(StaleVersion):
        move_match(by=clerk, at=NOW, match=match, version=9, state="visit", on=TODAY, words="看了")
    assert not matches_seen(other).exists()


def test_the_funnel_and_the_rate_count_what_was_reached(
    regions: dict[str, Region], clerk: User, office: User
) -> None:
    first, second = listed(clerk, regions, "need"), listed(clerk, regions, "need", title="花椒要卖")
    register_listing(by=clerk, at=NOW, facts=facts(regions, "need", title="还没有审核"))
    offer = listed(office, regions, "offer")
    done, given_up = matched(clerk, first, offer), matched(clerk, second, offer)
    signed(clerk, _moved(clerk, done, "visit"), 100)
    _moved(clerk, given_up, "dropped", words="不合适")
    (goods,) = (one for one in funnels(office, TODAY.year) if one.kind.id == "goods")
    assert goods.registered == {"need": 3, "offer": 1}
    assert goods.published == {"need": 2, "offer": 1}
    assert goods.reached == {"talks": 2, "visit": 1, "signed": 1, "dropped": 1}
    assert (goods.matched, goods.rate) == (1, 50.0)
    rate = metric_of("matching_rate")
    assert rate is not None
    assert [row.title for row in rate.rows(office, COUNTY, TODAY)] == ["核桃要卖"]


def test_a_match_in_which_nothing_happens_is_called_to_mind(
    regions: dict[str, Region], clerk: User, office: User
) -> None:
    match = matched(clerk, listed(clerk, regions, "need"), listed(office, regions, "offer"))
    assert not matches_seen(clerk, TODAY + timedelta(days=30)).filter(is_stale=True).exists()
    assert matches_seen(clerk, TODAY + timedelta(days=31)).filter(is_stale=True).exists()
    _moved(clerk, match, "dropped", words="不合适")
    assert not matches_seen(clerk, TODAY + timedelta(days=31)).filter(is_stale=True).exists()


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    steps=st.lists(
        st.tuples(st.integers(0, 3), st.sampled_from(["sign", "drop", "land"]), st.integers(1, 900)),
        max_size=9,
    )
)
def test_whatever_is_signed_and_dropped_neither_side_gives_more_than_it_has(
    regions: dict[str, Region], clerk: User, office: User, steps: list[tuple[int, str, int]]
) -> None:
    needs = [listed(clerk, regions, "need", quantity=Decimal(600)) for _ in range(2)]
    offers = [listed(office, regions, "offer", quantity=Decimal(700)) for _ in range(2)]
    matches = [matched(clerk, need, offer) for need in needs for offer in offers]
    for which, step, quantity in steps:
        match = matches[which]
        before = rests_of([*needs, *offers])
        try:
            if step == "sign":
                matches[which] = signed(clerk, match, quantity)
            else:
                matches[which] = _moved(clerk, match, "dropped" if step == "drop" else "landed", words="办了")
        except SituationForbids:
            assert rests_of([*needs, *offers]) == before
        assert all(rest >= 0 for rest in rests_of([*needs, *offers]).values())
    taken = sum((one.quantity or 0 for one in matches if one.state in ("signed", "landed")), Decimal(0))
    rests = rests_of([*needs, *offers])
    assert sum(rests[one.pk] for one in needs) == 1200 - taken
    assert sum(rests[one.pk] for one in offers) == 1400 - taken


def test_a_page_of_matches_asks_for_the_days_once(
    regions: dict[str, Region],
    clerk: User,
    office: User,
    signed_in: Callable[[User], Client],
    django_assert_num_queries: Callable[..., Any],
) -> None:
    need, page = listed(clerk, regions, "need"), signed_in(clerk)
    matched(clerk, need, listed(office, regions, "offer"))
    page.get(reverse("match_list"))
    with CaptureQueriesContext(connection) as one:
        page.get(reverse("match_list"))
    for _ in range(3):
        matched(clerk, need, listed(office, regions, "offer"))
    with django_assert_num_queries(len(one)):
        page.get(reverse("match_list"))


def test_what_was_signed_stays_when_a_listing_is_closed(
    regions: dict[str, Region], clerk: User, office: User
) -> None:
    need, offer = listed(clerk, regions, "need"), listed(office, regions, "offer")
    match = signed(clerk, matched(clerk, need, offer), 100)
    _moved(clerk, match, "landed", words="货款付清")
    closed = close_listing(by=clerk, at=NOW, listing=need, version=need.version, words="卖完了")
    assert listings_seen(clerk).get(pk=closed.pk).matched
