"""Visits: kept, refused, withdrawn; a risk becomes a clue, a change a proposal (C-107)."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from bangfu.access.permissions import Permission
from bangfu.core.changing import SYSTEM, recording
from bangfu.core.errors import NotPermitted, SituationForbids, StaleVersion
from bangfu.core.ids import uid7
from bangfu.core.models import AuditEvent, Region, RowVersion
from bangfu.core.parameters import supersede_parameter
from bangfu.households.enums import ChangeSource, HouseholdState
from bangfu.households.models import Household, ProposedChange
from bangfu.monitoring.enums.clues import ClueChannel
from bangfu.monitoring.models import Clue
from bangfu.support.actions.visit_changes import propose_visit_change
from bangfu.support.actions.visits import record_visit, withdraw_visit
from bangfu.support.models import Visit
from bangfu.support.queries.visits import long_ago, my_households
from tests.cast import COUNTY, FOREIGN_VILLAGE, NOW, OTHER_VILLAGE, SISTER_VILLAGE, TODAY, VILLAGE, make_user
from tests.households.builders import make_household
from tests.support.visit_builders import a_helper, a_unit, note, tied, village_note, visited

pytestmark = pytest.mark.django_db


def test_a_visit_is_kept_with_who_where_when_and_how(household: Household) -> None:
    unit = a_unit()
    helper = a_helper(household, unit)
    visit = visited(helper, household, text=" 都好 ", met=["head", "family"])
    assert (visit.visitor, visit.recorded_by, visit.unit) == (helper, helper, unit)
    assert (visit.household, visit.village, visit.place) == (household, household.village, household.place)
    assert (visit.subject, visit.text, visit.met) == (household.subject, "都好", ["family", "head"])
    assert visit.met_somebody and visit.clue is None and visit.longitude is None and visit.photo is None
    event = AuditEvent.objects.get(verb="record_visit")
    assert event.subject == household.subject and "都好" not in str(event.data)


@pytest.mark.parametrize("way", ["evening", "phone", "elsewhere"])
def test_evenings_and_telephone_calls_are_visits(household: Household, way: str) -> None:
    assert visited(a_helper(household), household, way=way).way == way


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"on": TODAY + timedelta(days=1)}, "最晚到今天"),
        ({"on": TODAY - timedelta(days=8)}, "补记请写原因"),
        ({"on": TODAY - timedelta(days=8), "back_dating_reason": "忘了"}, "至少 4 个字"),
        ({"way": "village"}, "怎么见的"),
        ({"met": []}, "见到谁"),
        ({"met": ["officials"]}, "见到谁"),
        ({"met": ["head", "nobody"]}, "不能和见到的人一起选"),
        ({"changed_what": ["income"]}, "选“有变化”"),
        ({"new_risk": True}, "哪方面"),
        ({"risks": ["因病"]}, "选“有”"),
        ({"text": "长" * 1001}, "最多写 1000"),
        ({"longitude": Decimal(0), "latitude": Decimal(0)}, "位置不对"),
        ({"longitude": Decimal("100.2")}, "位置不对"),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence(household: Household, given: dict, why: str) -> None:
    helper = a_helper(household)
    with pytest.raises(SituationForbids, match=why):
        visited(helper, household, **given)
    assert not Visit.objects.exists()


def test_the_days_without_a_reason_are_the_countys(household: Household) -> None:
    helper, on = a_helper(household), TODAY - timedelta(days=8)
    supersede_parameter(
        by=make_user("county_office"),
        at=NOW,
        code="visit_back_dating_days",
        text="10",
        place=COUNTY,
        valid_from=TODAY,
        basis="本县规定",
        grade="知",
    )
    assert visited(helper, household, on=on).on == on


def test_an_old_visit_is_kept_with_its_reason(household: Household) -> None:
    visit = visited(
        a_helper(household), household, on=TODAY - timedelta(days=60), back_dating_reason="村里没有信号"
    )
    assert visit.back_dating_reason == "村里没有信号"


def test_a_point_is_kept_only_when_given(household: Household) -> None:
    visit = visited(a_helper(household), household, longitude=Decimal("100.2"), latitude=Decimal("25.1"))
    assert (visit.longitude, visit.latitude) == (Decimal("100.2"), Decimal("25.1"))


def test_the_same_note_sent_twice_is_kept_once(household: Household) -> None:
    helper, uid = a_helper(household), uid7()
    first = record_visit(
        by=helper, at=NOW, target=household, note=note(new_risk=True, risks=["因病"]), uid=uid
    )
    again = record_visit(by=helper, at=NOW, target=household, note=note(), uid=uid)
    assert first == again and Visit.objects.count() == 1 and Clue.objects.count() == 1
    assert AuditEvent.objects.filter(verb="record_visit").count() == 1


def test_a_number_of_another_visit_is_refused(household: Household, regions: dict[str, Region]) -> None:
    helper, uid = a_helper(household), uid7()
    record_visit(by=helper, at=NOW, target=household, note=note(), uid=uid)
    other = make_household(regions)
    village = make_user("village", VILLAGE)
    with pytest.raises(SituationForbids, match="编号已被另一条用了"):
        record_visit(by=village, at=NOW, target=other, note=note(), uid=uid)


def test_a_new_risk_is_a_clue_at_once(household: Household) -> None:
    visit = visited(a_helper(household), household, new_risk=True, risks=["因病"], text="刚住院。")
    clue = Clue.objects.get()
    assert visit.clue == clue and list(clue.visits.all()) == [visit]
    assert (clue.household, clue.channel, clue.risks) == (household, ClueChannel.CADRE_VISIT, ["因病"])
    assert clue.tellings.get().text == "走访（入户）：因病。刚住院。"


def test_a_second_risk_joins_the_open_clue(household: Household) -> None:
    helper = a_helper(household)
    first = visited(helper, household, new_risk=True, risks=["因病"])
    second = visited(helper, household, new_risk=True, risks=["因学"])
    assert first.clue == second.clue and Clue.objects.get().risks == ["因学", "因病"]


def test_a_risk_heard_in_the_village_is_a_clue_of_somebody(regions: dict[str, Region]) -> None:
    village = make_user("village", VILLAGE)
    with pytest.raises(SituationForbids, match="哪一家"):
        visited(village, regions[VILLAGE], new_risk=True, risks=["因病"])
    visit = visited(village, regions[VILLAGE], new_risk=True, risks=["因病"], risk_of="段老二")
    assert visit.clue is not None and visit.clue.household is None
    assert visit.clue.village == regions[VILLAGE] and visit.clue.tellings.get().name == "段老二"


def test_a_household_that_moved_away_is_not_visited(household: Household) -> None:
    with recording(by=SYSTEM, at=NOW, verb="set_up"):
        household.state = HouseholdState.MOVED_OUT
        household.save()
    with pytest.raises(SituationForbids, match="整户迁出"):
        visited(make_user("village", VILLAGE), household)


def test_a_helper_visits_own_households_only(household: Household, regions: dict[str, Region]) -> None:
    helper = a_helper(household)
    stranger = make_household(regions, OTHER_VILLAGE)
    with pytest.raises(NotPermitted):
        visited(helper, stranger)
    with pytest.raises(NotPermitted, match="挂包"):
        visited(helper, regions[VILLAGE])


@pytest.mark.parametrize("role", ["supervisor", "leader", "organisation_department", "department"])
def test_who_only_looks_notes_nothing(household: Household, role: str) -> None:
    with pytest.raises(NotPermitted):
        visited(make_user(role, COUNTY), household)


def test_a_tie_opens_its_village_to_the_unit_and_to_nobody_else(regions: dict[str, Region]) -> None:
    unit = a_unit()
    helper = a_helper(unit=unit)
    tied(unit, regions[VILLAGE])
    assert visited(helper, regions[VILLAGE]).village == regions[VILLAGE]
    with pytest.raises(NotPermitted):
        visited(helper, regions[SISTER_VILLAGE])
    with pytest.raises(NotPermitted):
        visited(a_helper(unit=a_unit("县财政局"), name="helper-2"), regions[VILLAGE])


def test_who_stands_for_the_county_goes_to_any_of_its_villages(regions: dict[str, Region]) -> None:
    helper = a_helper(unit=a_unit())
    tied(helper, regions[COUNTY], "leader_county")
    assert visited(helper, regions[OTHER_VILLAGE]).village == regions[OTHER_VILLAGE]
    with pytest.raises(NotPermitted):
        visited(helper, regions[FOREIGN_VILLAGE])


def test_a_visit_outside_any_tie_is_kept(household: Household) -> None:
    assert visited(make_user("township", VILLAGE[:9]), household).pk


def test_a_colleague_may_write_it_down_and_a_stranger_not(household: Household) -> None:
    unit = a_unit()
    helper = a_helper(household, unit)
    head = make_user(username="head", unit=unit)
    visit = record_visit(by=helper, at=NOW, target=household, note=note(), visitor=head)
    assert (visit.visitor, visit.recorded_by) == (head, helper)
    with pytest.raises(SituationForbids, match="本单位同事"):
        record_visit(by=helper, at=NOW, target=household, note=note(), visitor=make_user(username="alien"))


def test_the_county_may_write_down_anybodys(household: Household) -> None:
    head = make_user(username="head", unit=a_unit())
    visit = record_visit(by=make_user("county_office"), at=NOW, target=household, note=note(), visitor=head)
    assert visit.visitor == head


def test_a_withdrawn_visit_stays_with_the_reason_and_its_clue_goes_on(household: Household) -> None:
    helper = a_helper(household)
    visit = visited(helper, household, new_risk=True, risks=["因病"])
    done = withdraw_visit(by=helper, at=NOW, visit=visit, version=visit.version, reason="记错户了")
    assert (done.withdrawn_at, done.withdrawn_reason) == (NOW, "记错户了")
    assert Clue.objects.get().state == "new"
    assert RowVersion.objects.filter(table="support_visit", row_id=visit.pk).count() == 1
    with pytest.raises(SituationForbids, match="已经撤下"):
        withdraw_visit(by=helper, at=NOW, visit=visit, version=done.version, reason="记错户了")


def test_withdrawing_asks_for_a_reason_and_for_the_right_person(household: Household) -> None:
    visit = visited(a_helper(household), household)
    with pytest.raises(SituationForbids, match="撤下的原因"):
        withdraw_visit(by=visit.visitor, at=NOW, visit=visit, version=1, reason="错")
    with pytest.raises(SituationForbids, match="只有走访的人"):
        withdraw_visit(by=make_user("village", VILLAGE), at=NOW, visit=visit, version=1, reason="不该记的")
    with pytest.raises(NotPermitted):
        withdraw_visit(by=a_helper(name="helper-2"), at=NOW, visit=visit, version=1, reason="不该记的")
    with pytest.raises(StaleVersion):
        withdraw_visit(by=visit.visitor, at=NOW, visit=visit, version=7, reason="记错户了")


def test_a_changed_fact_is_proposed_with_the_visit_as_its_source(household: Household) -> None:
    helper = a_helper(household)
    visit = visited(helper, household, changed=True, changed_what=["water"])
    propose_visit_change(
        by=helper, at=NOW, visit=visit, values={"safe_water": True}, seen_version=household.version
    )
    proposal = ProposedChange.objects.get()
    assert (proposal.source, proposal.household) == (ChangeSource.VISIT, household)
    assert visit.proposals.get().proposal == proposal and str(TODAY) in proposal.source_note
    household.refresh_from_db()
    assert household.safe_water is not True, "采纳以后才改"


def test_nothing_is_proposed_from_a_village_or_a_withdrawn_visit(
    household: Household, regions: dict[str, Region]
) -> None:
    village = make_user("village", VILLAGE)
    away = visited(village, regions[VILLAGE])
    visit = visited(village, household)
    withdraw_visit(by=village, at=NOW, visit=visit, version=visit.version, reason="记错户了")
    visit.refresh_from_db()
    for one in (away, visit):
        with pytest.raises(SituationForbids, match="没有撤下的入户走访"):
            propose_visit_change(by=village, at=NOW, visit=one, values={"safe_water": True}, seen_version=1)
    with pytest.raises(NotPermitted):
        propose_visit_change(by=a_helper(), at=NOW, visit=visit, values={"safe_water": True}, seen_version=1)


def test_my_households_come_with_the_longest_unvisited_first(
    household: Household, regions: dict[str, Region]
) -> None:
    helper = a_helper(household)
    other = make_household(regions)
    tied_too = a_helper(other, name="helper-2")
    assert [one.pk for one in my_households(helper)] == [household.pk]
    village = make_user("village", VILLAGE)
    visited(village, household, met=["nobody"])
    assert my_households(helper).get().last_on is None, "没见到人，不算见过"
    visited(village, household, new_risk=True, risks=["因病"])
    mine = my_households(helper).get()
    assert mine.last_on == TODAY and mine.has_clue
    assert not long_ago(my_households(helper), TODAY, 30).exists()
    assert long_ago(my_households(tied_too), TODAY, 30).get() == other


def test_whose_visits_one_sees(household: Household, regions: dict[str, Region]) -> None:
    unit = a_unit()
    helper = a_helper(household, unit)
    visit = visited(helper, household)
    village_visit = visited(make_user("village", VILLAGE), regions[VILLAGE])
    sees = {
        "helper": helper,
        "sending_unit": make_user("sending_unit", COUNTY, unit=unit),
        "other_unit": make_user("sending_unit", COUNTY, username="other", unit=a_unit("县财政局")),
        "foreign": make_user("county_office", "530998"),
    }
    found = {name: set(Visit.objects.visible_to(user, Permission.VISIT_VIEW)) for name, user in sees.items()}
    assert found == {"helper": {visit}, "sending_unit": {visit}, "other_unit": set(), "foreign": set()}
    assert visited(helper, household, way="phone") and village_note().way == "village" and village_visit.pk
