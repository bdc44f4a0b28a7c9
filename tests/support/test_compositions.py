"""What a village's force must consist of, as the county wrote it: "5+2", "3+2" (C-105)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse

from bangfu.access.models import User
from bangfu.core.changing import SYSTEM
from bangfu.core.parameters import supersede_parameter
from bangfu.support.queries.finding import Finding
from bangfu.support.queries.gaps import compositions_on, findings
from bangfu.support.terms.compositions import Part, compositions, parts_of
from tests.cast import COUNTY, NOW, SISTER_VILLAGE, TODAY, TOWN, VILLAGE, make_user
from tests.support.team_builders import a_member, a_team
from tests.support.tie_builders import START, make_party, make_person, make_tie


@pytest.fixture
def office(regions) -> User:
    return make_user("county_office", COUNTY)


def write(text: str, place: str = COUNTY, since: date = START, code: str = "tie_force_five_two") -> None:
    given = {"place": place, "valid_from": since, "basis": "县办法", "grade": "知"}
    supersede_parameter(by=SYSTEM, at=NOW, code=code, text=text, **given)


def found(user: User, code: str = "tie_force_five_two", on: date = TODAY) -> dict[str, Finding]:
    return {one.place: one for one in findings(user, on) if one.rule == code}


def test_nothing_ships_but_the_names_and_nothing_is_asked_until_the_county_writes(office) -> None:
    assert {one.name for one in compositions()} >= {"“5+2”力量", "“3+2”力量"}
    assert compositions_on(TODAY, COUNTY) == [] and findings(office, TODAY) == []


def test_a_line_is_a_word_and_a_number() -> None:
    assert parts_of("第一书记\n单位包村 3\n队员 2 名\n农信员2人\n村医") == [
        Part("第一书记", "first_secretary", 1),
        Part("单位包村", "unit_village", 3),
        Part("队员", "member", 2),
        Part("农信员", "credit_officer", 2),
        Part("村医", "", 1),
    ]
    assert parts_of("不要求") == []


def test_a_village_says_which_composition_lacks_what_and_where_to_register_it(office, regions) -> None:
    write("第一书记\n农技员\n法律顾问\n单位包村 2")
    a_member(a_team(regions))
    party = make_party(office, regions)
    make_tie(office, "unit_village", party.unit, regions[VILLAGE])
    make_tie(office, "legal_adviser", make_person(office, party.unit), regions[VILLAGE])
    gaps = found(office)
    assert gaps[VILLAGE].title == "“5+2”力量"
    assert gaps[VILLAGE].words == "应有 4 种 5 个，缺：农技员 1、单位包村 1"
    assert gaps[VILLAGE].url == f"{reverse('register_tie')}?kind=farming_adviser&place={VILLAGE}"
    assert gaps[SISTER_VILLAGE].words.endswith("缺：第一书记 1、农技员 1、法律顾问 1、单位包村 2")
    make_tie(office, "farming_adviser", make_person(office, party.unit, "赵云"), regions[VILLAGE])
    second = make_party(office, regions, "市水务局")
    make_tie(office, "unit_village", second.unit, regions[VILLAGE])
    assert VILLAGE not in found(office)


def test_the_nearest_place_and_the_day_decide(office) -> None:
    write("农技员")
    write("不要求", place=TOWN)
    write("法律顾问", place=SISTER_VILLAGE, since=TODAY)
    gaps = found(office)
    assert VILLAGE not in gaps and gaps[SISTER_VILLAGE].words.endswith("法律顾问 1")
    assert SISTER_VILLAGE not in found(office, on=TODAY - timedelta(days=1))
    assert any(not place.startswith(TOWN) for place in gaps)


def test_a_word_that_nobody_is_counted_by_is_said(office) -> None:
    write("农技员\n村医", place=VILLAGE)
    told = [one for one in findings(office, TODAY) if one.rule == "tie_force_five_two"]
    assert {one.sort for one in told} == {"gap", "conflict"}
    assert "村医" in next(one.words for one in told if one.sort == "conflict")


def test_a_county_has_a_force_too_and_the_page_names_it(office, regions, signed_in) -> None:
    write("单位挂联州县 1\n督导组长", code="tie_force_county_own")
    write("网格员\n信息员\n驻村工作队")
    assert (
        found(office, "tie_force_county_own")[COUNTY].words
        == "应有 2 种 2 个，缺：单位挂联州县 1、督导组长 1"
    )
    page = signed_in(office).get(reverse("tie_gaps")).content.decode()
    assert "“5+2”力量：网格员 1、信息员 1、驻村工作队 1" in page and "县级力量" in page
