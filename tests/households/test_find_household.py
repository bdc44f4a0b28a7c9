"""Finding a household: every way in, ranked, scoped, masked, in a pinned number of queries."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bangfu.core.models import Region
from bangfu.households.actions.natural import record_natural_change
from bangfu.households.enums import NaturalChangeKind
from bangfu.households.queries.finding import MOST, find
from tests.cast import COUNTY, FOREIGN_VILLAGE, NOW, SISTER_VILLAGE, VILLAGE, make_user
from tests.households.builders import make_household, registrar

pytestmark = pytest.mark.django_db


def _names(found) -> list[str]:
    return [hit.member.name for hit in found.hits]


@pytest.mark.parametrize(
    ("text", "by"),
    [
        ("杨志明", "姓名"),
        ("杨志", "姓名"),
        ("杨", "姓名"),
        ("志明", "姓名里有"),
        ("明", "姓名里有"),
        ("yzm", "拼音首字母"),
        ("YZM", "拼音首字母"),
        ("yz", "拼音首字母"),
        ("138 0000 2051", "电话"),
        ("１３８００００２０５１", "电话"),
        ("53999900001", "户编号"),
        ("539999", "户编号"),
    ],
)
def test_the_head_is_found(text: str, by: str, regions: dict[str, Region]) -> None:
    household = make_household(regions, phone="13800002051", code="53999900001")
    make_household(regions, head_name="段玉珍")
    hit = find(registrar(), text).hits[0]
    assert (hit.member.household, hit.member.is_head, hit.by) == (household, True, by)


@pytest.mark.parametrize("length", [4, 5, 6, 18])
def test_a_number_is_found_by_its_end_and_as_a_whole(length: int, regions: dict[str, Region]) -> None:
    household = make_household(regions)
    head = household.members.get(is_head=True)
    number = head.identity.id_number
    found = find(registrar(), number[-length:].lower())
    assert head in [hit.member for hit in found.hits]


def test_a_longer_end_leaves_out_those_that_share_only_four(regions: dict[str, Region]) -> None:
    head = make_household(regions).members.get(is_head=True)
    number = head.identity.id_number
    wrong = ("0" if number[-5] != "0" else "1") + number[-4:]
    assert find(registrar(), wrong).hits == []


def test_members_lead_to_their_household(regions: dict[str, Region]) -> None:
    household = make_household(regions, members=3)
    second = household.members.filter(is_head=False).first()
    hit = find(registrar(), second.name).hits[0]
    assert hit.member == second and hit.member.household == household


def test_exact_comes_first_then_heads(regions: dict[str, Region]) -> None:
    make_household(regions, head_name="杨志明华")
    make_household(regions, head_name="杨志", members=3)
    names = _names(find(registrar(), "杨志"))
    assert names[0] == "杨志"
    heads = [hit.member.is_head for hit in find(registrar(), "杨").hits]
    assert heads == sorted(heads, reverse=True)


def test_who_has_left_comes_last(regions: dict[str, Region]) -> None:
    first = make_household(regions, head_name="杨志明", members=2)
    make_household(regions, head_name="杨志明", members=2)
    head, other = first.members.order_by("-is_head")
    record_natural_change(
        by=registrar(),
        at=NOW,
        household=first,
        kind=NaturalChangeKind.DEATH,
        occurred_on=date(2026, 11, 1),
        member=head,
        new_head=other,
    )
    states = [hit.member.state for hit in find(registrar(), "杨志明").hits]
    assert states == ["present", "died"]


def test_nothing_outside_the_scope_is_found(regions: dict[str, Region]) -> None:
    foreign = make_household(regions, place=FOREIGN_VILLAGE, phone="13800002051", code="539988800001")
    make_household(regions, place=SISTER_VILLAGE, head_name="杨志强")
    head = foreign.members.get(is_head=True)
    county, village = make_user("county_office"), make_user("village", VILLAGE)
    ways = ("杨志明", "志明", "yzm", "13800002051", "539988800001", head.identity.id_number)
    assert [way for way in (*ways, head.identity.id_number[-5:]) if find(county, way).hits] == []
    assert _names(find(county, "yz"))[0] == "杨志强"
    assert not find(village, "杨").hits
    assert not find(make_user("leader"), "杨").hits


def test_more_than_the_list_holds_says_so(regions: dict[str, Region]) -> None:
    for _ in range(MOST + 2):
        make_household(regions, members=1)
    found = find(registrar(), "杨志明")
    assert len(found.hits) == MOST and found.cut
    assert not find(registrar(), "段").cut


@pytest.mark.parametrize("text", ["", "   ", "？？", "%", "_", "'", "10", "x" * 300, "杨%"])
def test_odd_texts_find_nothing(text: str, regions: dict[str, Region]) -> None:
    make_household(regions)
    assert find(registrar(), text).hits == []


@pytest.mark.parametrize("text", ["杨志明", "志明", "yzm", "13800002051", "53999900001"])
def test_the_number_of_queries_is_pinned(text: str, regions: dict[str, Region]) -> None:
    for _ in range(5):
        make_household(regions, phone="13800002051", code="53999900001")
    user = registrar()
    with CaptureQueriesContext(connection) as queries:
        assert find(user, text).hits
    assert len(queries) <= 6


def test_the_page_masks_and_leads_to_the_file(regions: dict[str, Region], signed_in) -> None:
    household = make_household(regions, phone="13900007766")
    client = signed_in(make_user("county_office", COUNTY))
    text = client.get(reverse("find"), {"q": "杨志明"}).content.decode()
    assert reverse("household_file", args=[household.uid]) in text
    assert "139****7766" in text and "13900007766" not in text
    number = household.members.get(is_head=True).identity.id_number
    assert number not in text and number[:4] + "*" * 10 + number[-4:] in text


def test_the_empty_page_says_what_to_write(regions: dict[str, Region], signed_in) -> None:
    client = signed_in(registrar())
    assert "先写一点" in client.get(reverse("find")).content.decode()
    assert "没有找到" in client.get(reverse("find"), {"q": "司马光"}).content.decode()


def test_typing_gets_the_list_alone(regions: dict[str, Region], signed_in) -> None:
    make_household(regions)
    headers = {"HX-Request": "true", "HX-Target": "hits"}
    text = signed_in(registrar()).get(reverse("find"), {"q": "yzm"}, headers=headers).content.decode()
    assert "杨志明" in text and "<html" not in text
