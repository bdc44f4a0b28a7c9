"""Ties (C-020, C-101, C-177, C-213): who may stand for what, one where one is allowed, dated at both ends."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.core.changing import SYSTEM, recording
from bangfu.core.errors import NotPermitted, SituationForbids, StaleVersion
from bangfu.core.models import AuditEvent
from bangfu.core.parameters import supersede_parameter
from bangfu.households.models import VillageRecord
from bangfu.support.actions.ties import Terms, edit_tie, end_tie
from bangfu.support.models import Tie
from bangfu.support.queries.scopes import parties_seen_by
from tests.cast import (
    COUNTY,
    FOREIGN_VILLAGE,
    NOW,
    OTHER_TOWN,
    SISTER_VILLAGE,
    TODAY,
    TOWN,
    VILLAGE,
    make_user,
)
from tests.support.tie_builders import START, make_party, make_person, make_tie

YESTERDAY = TODAY - timedelta(days=1)


@pytest.fixture
def office(regions) -> User:
    return make_user("county_office", COUNTY)


@pytest.fixture
def unit(office, regions):
    return make_party(office, regions).unit


@pytest.fixture
def person(office, unit) -> User:
    return make_person(office, unit)


def test_a_unit_adopts_a_village_with_the_paper_that_says_so(office, unit, regions) -> None:
    tie = make_tie(office, "unit_village", unit, regions[VILLAGE], paper_number="某办发")
    assert (tie.party.unit, tie.region, tie.place) == (unit, regions[VILLAGE], VILLAGE)
    assert (tie.paper_number, tie.valid_from, tie.valid_to) == ("某办发", START, None)
    event = AuditEvent.objects.get(verb="register_tie")
    assert event.subject == regions[VILLAGE].subject


def test_a_leader_is_attached_to_a_county_whose_subject_is_made_then(office, person, regions) -> None:
    make_tie(office, "leader_county", person, regions[COUNTY])
    regions[COUNTY].refresh_from_db()
    assert regions[COUNTY].subject.kind == "region"


def test_units_stand_for_units_across_regions(office, unit, regions) -> None:
    school = make_party(office, regions, "东部某小学", nature="school").unit
    ours = make_party(office, regions, "青石中心小学", nature="school").unit
    tie = make_tie(office, "school_school", school, ours)
    assert (tie.region, tie.other.unit) == (None, ours)
    with pytest.raises(SituationForbids, match="性质应是学校"):
        make_tie(office, "school_school", unit, ours)


@pytest.mark.parametrize(
    ("kind", "holder", "target", "words"),
    [
        ("unit_village", "person", VILLAGE, "由单位来结"),
        ("leader_village", "unit", VILLAGE, "由人来结"),
        ("unit_village", "unit", TOWN, "对象应是村"),
        ("leader_county", "person", VILLAGE, "对象应是市、县"),
        ("no_such_kind", "unit", VILLAGE, "没有“no_such_kind”这种关系"),
    ],
)
def test_what_does_not_fit_its_kind_is_refused(request, office, regions, kind, holder, target, words) -> None:
    with pytest.raises(SituationForbids, match=words):
        make_tie(office, kind, request.getfixturevalue(holder), regions[target])
    assert not Tie.objects.exists()


def test_one_responsible_leader_a_township_and_the_sentence_says_who_it_is(office, unit, person, regions):
    make_tie(office, "team_leader", person, regions[TOWN])
    second = make_person(office, unit, "王芳")
    with pytest.raises(SituationForbids, match="青石镇的“责任组长”现在是李明（2025-01-01 起），只能有一个"):
        make_tie(office, "team_leader", second, regions[TOWN])
    make_tie(office, "team_leader", second, regions[OTHER_TOWN])


def test_one_township_a_leader(office, person, regions) -> None:
    make_tie(office, "leader_township", person, regions[TOWN])
    with pytest.raises(SituationForbids, match="已是青石镇的“领导联系乡镇”，一人只一处"):
        make_tie(office, "leader_township", person, regions[OTHER_TOWN])


def test_several_units_a_village_but_none_twice(office, unit, regions) -> None:
    make_tie(office, "unit_village", unit, regions[VILLAGE])
    make_tie(office, "unit_village", make_party(office, regions, "市水务局").unit, regions[VILLAGE])
    with pytest.raises(SituationForbids, match="不用再登记"):
        make_tie(office, "unit_village", unit, regions[VILLAGE], TODAY)


def test_the_next_begins_the_day_after_the_last_and_not_on_it(office, unit, person, regions) -> None:
    tie = make_tie(office, "team_leader", person, regions[TOWN])
    end_tie(by=office, at=NOW, tie=tie, version=tie.version, valid_to=YESTERDAY, end_reason="轮换")
    second = make_person(office, unit, "王芳")
    with pytest.raises(SituationForbids, match="只能有一个"):
        make_tie(office, "team_leader", second, regions[TOWN], YESTERDAY)
    make_tie(office, "team_leader", second, regions[TOWN], TODAY)


def test_days_that_cannot_be_are_refused(office, unit, regions) -> None:
    with pytest.raises(SituationForbids, match="最晚到今天"):
        make_tie(office, "unit_village", unit, regions[VILLAGE], TODAY + timedelta(days=1))
    with pytest.raises(SituationForbids, match="早于开始日期"):
        make_tie(office, "unit_village", unit, regions[VILLAGE], planned_to=START - timedelta(days=1))
    tie = make_tie(office, "unit_village", unit, regions[VILLAGE])
    end = {"by": office, "at": NOW, "tie": tie, "version": tie.version}
    with pytest.raises(SituationForbids, match="早于开始日期"):
        end_tie(**end, valid_to=START - timedelta(days=1), end_reason="调整")
    with pytest.raises(SituationForbids, match="最晚到今天"):
        end_tie(**end, valid_to=TODAY + timedelta(days=1), end_reason="调整")
    with pytest.raises(SituationForbids, match="请写结束的原因"):
        end_tie(**end, valid_to=TODAY, end_reason=" ")


def test_who_left_gets_no_new_tie(office, unit, person, regions) -> None:
    User.objects.filter(pk=person.pk).update(is_active=False)
    person.refresh_from_db()
    with pytest.raises(SituationForbids, match="李明已停用，可能已调离"):
        make_tie(office, "leader_village", person, regions[VILLAGE])


def test_of_two_offices_one_wins_and_the_other_is_told(office, unit, regions) -> None:
    tie = make_tie(office, "unit_village", unit, regions[VILLAGE])
    seen = tie.version
    edit_tie(by=office, at=NOW, tie=tie, version=seen, terms=Terms(START, paper_number="甲"))
    with pytest.raises(StaleVersion, match="刚被别人改过"):
        edit_tie(by=office, at=NOW, tie=tie, version=seen, terms=Terms(START, paper_number="乙"))
    with pytest.raises(StaleVersion):
        end_tie(by=office, at=NOW, tie=tie, version=seen, valid_to=TODAY, end_reason="调整")
    tie.refresh_from_db()
    assert (tie.paper_number, tie.valid_to) == ("甲", None)


def test_no_tie_ends_before_the_exit_where_the_county_holds_to_that(office, unit, regions) -> None:
    tie = make_tie(office, "unit_village", unit, regions[VILLAGE])
    end = {"by": office, "at": NOW, "tie": tie, "version": tie.version, "end_reason": "期满"}
    _switch_on("tie_hold_until_exit", "是")
    with pytest.raises(SituationForbids, match="不出列不脱钩"):
        end_tie(**end, valid_to=TODAY)
    with recording(by=SYSTEM, at=NOW, verb="set_up"):
        VillageRecord.objects.create(
            village=regions[VILLAGE], place=VILLAGE, as_of=date(2026, 1, 1), out_of_poverty=True
        )
    _switch_on("tie_least_years", "2")
    with pytest.raises(SituationForbids, match="至少帮扶 2 年"):
        end_tie(**end, valid_to=TODAY)
    _switch_on("tie_least_years", "1")
    assert end_tie(**end, valid_to=TODAY).valid_to == TODAY


def _switch_on(code: str, text: str) -> None:
    supersede_parameter(
        by=SYSTEM, at=NOW, code=code, text=text, place=COUNTY, valid_from=START, basis="县办法", grade="知"
    )


def test_a_township_manages_its_own_and_nobody_elses(office, unit, regions) -> None:
    clerk = make_user("township", TOWN)
    make_tie(clerk, "unit_village", unit, regions[VILLAGE])
    for target in (regions[COUNTY], regions[FOREIGN_VILLAGE]):
        with pytest.raises(NotPermitted):
            make_tie(clerk, "unit_county" if target.level == 3 else "unit_village", unit, target)


def test_people_of_a_unit_see_its_ties_and_no_others(office, unit, person, regions) -> None:
    own = make_tie(office, "unit_village", unit, regions[VILLAGE])
    other = make_tie(
        office, "unit_village", make_party(office, regions, "市水务局").unit, regions[SISTER_VILLAGE]
    )
    cadre = make_user("helper", COUNTY, unit=unit)
    seen = Tie.objects.visible_to(cadre, Permission.TIE_VIEW)
    assert list(seen) == [own]
    assert set(parties_seen_by(cadre)) == {own.party, person.party}
    assert other.party in parties_seen_by(make_user("leader", COUNTY))
