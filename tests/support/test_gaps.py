"""Vacancies, excess, conflicts (C-020, C-021, C-101, C-105, C-231), the proposal (C-023), the tree."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bangfu.access.models import User
from bangfu.core.changing import SYSTEM, recording
from bangfu.core.errors import SituationForbids
from bangfu.core.parameters import supersede_parameter
from bangfu.households.models import Pairing
from bangfu.support.actions.assigning import assign_villages
from bangfu.support.actions.parties import party_of_user
from bangfu.support.actions.ties import Terms
from bangfu.support.models import Tie
from bangfu.support.queries.gaps import findings
from bangfu.support.queries.need import needs, proposal
from bangfu.support.queries.tie_map import standing_below
from bangfu.support.queries.tree import tree_of
from tests.cast import (
    COUNTY,
    NOW,
    OTHER_TOWN,
    OTHER_VILLAGE,
    SISTER_VILLAGE,
    TODAY,
    TOWN,
    VILLAGE,
    make_user,
)
from tests.households.builders import make_household
from tests.support.team_builders import a_member, a_team
from tests.support.tie_builders import START, make_party, make_person, make_tie


@pytest.fixture
def office(regions) -> User:
    return make_user("county_office", COUNTY)


def _switch_on(code: str, number: int, place: str = COUNTY) -> None:
    supersede_parameter(
        by=SYSTEM,
        at=NOW,
        code=f"tie_rule_{code}",
        text=str(number),
        place=place,
        valid_from=START,
        basis="县办法",
        grade="知",
    )


def _found(user: User) -> set[tuple[str, str, str]]:
    return {(one.sort, one.rule, one.place) for one in findings(user, TODAY)}


def test_no_rule_holds_until_the_county_switches_it_on(office) -> None:
    assert findings(office, TODAY) == []


def test_villages_without_a_unit_are_vacancies_and_with_too_many_excess(office, regions) -> None:
    _switch_on("units_village", 1)
    _switch_on("units_village_most", 1)
    for name in ("省林业局", "市水务局"):
        make_tie(office, "unit_village", make_party(office, regions, name).unit, regions[VILLAGE])
    assert _found(office) == {
        ("gap", "units_village", SISTER_VILLAGE),
        ("gap", "units_village", OTHER_VILLAGE),
        ("excess", "units_village_most", VILLAGE),
    }
    words = {one.words for one in findings(office, TODAY)}
    assert "至少 1 个，现在 0 个，缺 1 个" in words and "至多 1 个，现在 2 个，多 1 个" in words


def test_the_nearest_number_holds_and_others_are_not_asked(office, regions) -> None:
    _switch_on("full_time_township", 2)
    _switch_on("full_time_township", 0, OTHER_TOWN)
    _switch_on("leaders_county", 1)
    assert _found(office) == {("gap", "full_time_township", TOWN), ("gap", "leaders_county", COUNTY)}
    assert _found(make_user("township", OTHER_TOWN)) == set()


def test_monitored_households_have_exactly_one_helper(office, regions) -> None:
    _switch_on("helper_household", 1)
    none, two, removed = (
        make_household(regions, head_name=name, monitored_category="unstable", **more)
        for name, more in (("杨一", {}), ("杨二", {}), ("杨三", {"risk_removed": True}))
    )
    with recording(by=SYSTEM, at=NOW, verb="set_up"):
        for helper in (office, make_user("helper", COUNTY)):
            Pairing.objects.create(household=two, helper=helper, valid_from=START)
    sorts = [(one.sort, one.words) for one in findings(office, TODAY)]
    assert sorts == [("gap", "1 户现在没有人帮扶"), ("conflict", "现在 2 人，应恰好 1 人")]
    assert none.pk != removed.pk


def test_a_helper_with_more_households_than_allowed_is_excess(office, regions) -> None:
    _switch_on("households_helper", 1)
    helper = make_user("helper", COUNTY, unit=make_party(office, regions).unit)
    with recording(by=SYSTEM, at=NOW, verb="set_up"):
        for _ in range(2):
            Pairing.objects.create(household=make_household(regions), helper=helper, valid_from=START)
    (found,) = findings(office, TODAY)
    assert (found.sort, found.words) == ("excess", "至多 1 户，现在 2 户")
    assert str(helper.uid) in found.url


def test_a_leader_and_a_unit_hold_no_more_villages_than_allowed(office, regions) -> None:
    unit = make_party(office, regions, "省林业局").unit
    leader = make_person(office, unit, "杨和")
    for village in (VILLAGE, SISTER_VILLAGE):
        make_tie(office, "leader_village", leader, regions[village])
    make_tie(office, "unit_village", unit, regions[VILLAGE])
    assert _found(office) == set()
    _switch_on("villages_holder", 1)
    (found,) = findings(office, TODAY)
    assert (found.sort, found.where, found.words) == ("excess", leader.name, "至多 1 个村，现在 2 个")
    make_tie(office, "unit_village", unit, regions[OTHER_VILLAGE])
    assert {one.where for one in findings(office, TODAY)} == {leader.name, unit.name}


def test_who_left_and_who_is_double_is_found_without_a_rule(office, regions) -> None:
    unit = make_party(office, regions).unit
    first, second = make_person(office, unit), make_person(office, unit, "王芳")
    make_tie(office, "team_leader", first, regions[TOWN])
    with recording(by=SYSTEM, at=NOW, verb="set_up"):
        Tie.objects.create(
            kind="team_leader",
            party=party_of_user(second),
            region=regions[TOWN],
            place=TOWN,
            valid_from=START,
        )
    User.objects.filter(pk=first.pk).update(is_active=False)
    found = {(one.title, one.words) for one in findings(office, TODAY)}
    assert found == {
        ("只能有一个的有几个", "“责任组长”现在 2 个"),
        ("离任的人、停用的单位", "还有 1 条挂包关系"),
    }


def test_the_number_of_statements_does_not_grow(office, regions) -> None:
    for code in ("units_village", "villages_holder", "helper_household", "households_helper"):
        _switch_on(code, 1)

    def statements() -> int:
        with CaptureQueriesContext(connection) as asked:
            findings(User.objects.get(pk=office.pk), TODAY)
        return len(asked)

    before = statements()
    unit = make_party(office, regions).unit
    for number in range(5):
        make_tie(office, "leader_village", make_person(office, unit, f"王{number}"), regions[VILLAGE])
        make_household(regions, monitored_category="sudden")
    assert statements() == before <= 15  # 加上用户和角色各一条


def test_the_deepest_need_gets_the_strongest_unit_and_hands_may_change_it(office, regions) -> None:
    make_party(office, regions, "县茶叶公司", level="county")
    strong = make_party(office, regions, "省林业局", level="province")
    for category in ("", "", "", "unstable"):
        make_household(regions, VILLAGE, monitored_category=category)
    make_household(regions, SISTER_VILLAGE, monitored_category="sudden")
    order = [(need.region.code, need.monitored, need.households) for need in needs(office)]
    assert order == [(SISTER_VILLAGE, 1, 1), (VILLAGE, 1, 4), (OTHER_VILLAGE, 0, 0)]
    proposed = {need.region.code: need.proposed.name for need in proposal(office) if need.proposed}
    assert (proposed[SISTER_VILLAGE], proposed[VILLAGE]) == ("省林业局", "县茶叶公司")
    act = {"by": office, "at": NOW, "terms": Terms(START)}
    with pytest.raises(SituationForbids, match="还没有给哪个村选单位"):
        assign_villages(**act, chosen=[])
    assign_villages(**act, chosen=[(regions[VILLAGE], strong.unit)])
    assert VILLAGE not in {need.region.code for need in proposal(office)}


def test_the_proposal_page_ties_what_was_chosen(office, regions, signed_in) -> None:
    unit = make_party(office, regions).unit
    answer = signed_in(office).post(
        reverse("assign_villages"),
        {"valid_from": START.isoformat(), f"unit-{VILLAGE}": str(unit.uid), f"unit-{SISTER_VILLAGE}": ""},
    )
    assert answer.status_code == 302
    assert [tie.place for tie in Tie.objects.all()] == [VILLAGE]


def test_the_page_says_what_is_missing_and_where_it_is_mended(office, regions, signed_in) -> None:
    _switch_on("units_village", 1)
    page = signed_in(office).get(reverse("tie_gaps")).content.decode()
    assert "每村的包村单位" in page
    assert f"{reverse('register_tie')}?kind=unit_village&amp;place={VILLAGE}" in page
    leader = signed_in(make_user("leader", COUNTY)).get(reverse("tie_gaps")).content.decode()
    assert "请乡镇或县里办" in leader and reverse("register_tie") not in leader


def test_the_map_counts_who_stands_below_and_leads_on(office, regions, signed_in) -> None:
    party = make_party(office, regions)
    for code in (VILLAGE, SISTER_VILLAGE, TOWN):
        kind, holder = ("unit_township" if code == TOWN else "unit_village"), party.unit
        make_tie(office, kind, holder, regions[code])
    a_member(a_team(regions))
    home = make_household(regions)
    with recording(by=SYSTEM, at=NOW, verb="set_up"):
        Pairing.objects.create(household=home, helper=office, valid_from=START)
    county = {one.region.code: one for one in standing_below(office, regions[COUNTY])}
    assert (county[TOWN].ties, county[TOWN].members, county[TOWN].helpers) == (3, 1, 1)
    assert (county[OTHER_TOWN].ties, county[OTHER_TOWN].members) == (0, 0)
    villages = {one.region.code: one.ties for one in standing_below(office, regions[TOWN])}
    assert villages == {VILLAGE: 1, SISTER_VILLAGE: 1}
    browser = signed_in(office)
    page = browser.get(f"{reverse('tie_tree')}?place={COUNTY}").content.decode()
    assert f"{reverse('tie_tree')}?place={TOWN}" in page
    page = browser.get(f"{reverse('tie_tree')}?place={TOWN}").content.decode()
    assert f"{reverse('tie_list')}?place={VILLAGE}&amp;f_open=yes" in page


def test_the_tree_shows_who_stands_in_a_township_and_its_villages(office, regions) -> None:
    unit = make_party(office, regions).unit
    make_tie(office, "unit_village", unit, regions[VILLAGE])
    make_tie(office, "team_leader", make_person(office, unit), regions[TOWN])
    tree = tree_of(office, regions[TOWN])
    assert [name for name, _ in tree.named] == ["责任组长"]
    below = {place.region.code: dict(place.named) for place in tree.below}
    assert [who["name"] for who in below[VILLAGE]["单位包村"]] == ["省林业局"]
    assert below[SISTER_VILLAGE] == {}
