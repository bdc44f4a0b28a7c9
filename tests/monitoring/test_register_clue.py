"""Registering what somebody told, and finding whose it is (C-071, C-185; facts.md 1.4)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bangfu.core.errors import NotPermitted, SituationForbids, StaleVersion
from bangfu.core.models import AuditEvent, Region
from bangfu.core.parameters import supersede_parameter
from bangfu.households.models import Household
from bangfu.monitoring.actions.clues import match_clue, register_clue
from bangfu.monitoring.enums.clues import ClueChannel, ClueState, DeclarationMeans, Verdict
from bangfu.monitoring.models import Clue
from tests.cast import COUNTY, NOW, OTHER_VILLAGE, TODAY, TOWN, VILLAGE
from tests.households.builders import make_household
from tests.monitoring.clue_builders import make_clue, make_unmatched, person, registered, told

pytestmark = pytest.mark.django_db


def test_a_visit_makes_a_clue_of_the_household_due_in_five_working_days(household: Household) -> None:
    clue = make_clue(household)
    assert (clue.state, clue.channel, clue.household) == (ClueState.NEW, ClueChannel.CADRE_VISIT, household)
    assert clue.place == household.place and clue.headline == clue.tellings.get().text
    # 2026-11-22 是星期日，五个工作日到下个星期五
    assert clue.due_on == TODAY + timedelta(days=5)
    event = AuditEvent.objects.get(verb="register_clue")
    assert event.subject == clue.subject and "杨" not in str(event.data)


def test_the_county_may_count_calendar_days(household: Household) -> None:
    for code, text in (("clue_verify_days", "7"), ("clue_verify_in_working_days", "否")):
        supersede_parameter(
            by=person("county_office"),
            at=NOW,
            code=code,
            text=text,
            place=COUNTY,
            valid_from=TODAY,
            basis="本县工作安排",
            grade="知",
        )
    assert make_clue(household).due_on == TODAY + timedelta(days=7)


def test_what_is_told_later_joins_the_open_clue(household: Household) -> None:
    first = registered(household, risks=["因意外事故"])
    again = registered(household, channel=ClueChannel.PETITION, text="来信反映没钱治病。", risks=["因病"])
    assert not first.joined and again.joined and again.clue == first.clue
    assert Clue.objects.count() == 1 and again.clue.tellings.count() == 2
    again.clue.refresh_from_db()
    assert again.clue.risks == ["因意外事故", "因病"]
    assert again.clue.channel == ClueChannel.CADRE_VISIT, "渠道是最早的那一条"


def test_a_petition_of_a_removed_household_is_a_clue(household: Household) -> None:
    assert make_clue(household, channel=ClueChannel.LOOK_BACK, text="对标注消除不服，说收入算高了。")
    with pytest.raises(SituationForbids, match="请先选户"):
        make_unmatched(Region.objects.get(code=VILLAGE), channel=ClueChannel.LOOK_BACK)


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"text": "穷"}, "反映的情况"),
        ({"told_on": TODAY + timedelta(days=1)}, "最晚到今天"),
        ({"channel": ClueChannel.SELF_DECLARED}, "申报方式"),
        (
            {"channel": ClueChannel.SELF_DECLARED, "means": DeclarationMeans.HOTLINE_12345},
            "工单号",
        ),
        ({"channel": ClueChannel.SELF_DECLARED, "means": DeclarationMeans.ON_BEHALF}, "代报人"),
    ],
)
def test_each_channel_asks_for_what_it_needs(household: Household, more: dict, why: str) -> None:
    with pytest.raises(SituationForbids, match=why):
        make_clue(household, **more)
    assert not Clue.objects.exists()


def test_a_stranger_to_the_village_may_not(household: Household) -> None:
    with pytest.raises(NotPermitted):
        register_clue(by=person("village", OTHER_VILLAGE), at=NOW, told=told(), household=household)


def test_an_unknown_household_is_matched_later(regions: dict[str, Region], household: Household) -> None:
    clue = make_unmatched(regions[VILLAGE], phone="138 0000 0000")
    assert (clue.household, clue.place, clue.subject.label) == (None, VILLAGE, "未对上户的线索（上寨村）")
    matched = match_clue(
        by=person("village", VILLAGE), at=NOW, clue=clue, household=household, version=clue.version
    )
    assert matched == clue and matched.household == household
    matched.subject.refresh_from_db()
    assert matched.subject.label == "杨志明户（上寨村）"


def test_a_clue_told_of_an_unknown_person_needs_a_name(regions: dict[str, Region]) -> None:
    with pytest.raises(SituationForbids, match="姓名或证件号码"):
        make_unmatched(regions[VILLAGE], name="")


def test_matched_to_a_household_with_a_clue_it_joins_that_one(
    regions: dict[str, Region], household: Household
) -> None:
    known, unmatched = make_clue(household), make_unmatched(regions[TOWN], text="电话里说屋后滑坡。")
    goes_on = match_clue(by=person("township", TOWN), at=NOW, clue=unmatched, household=household, version=1)
    assert goes_on == known and known.tellings.count() == 2
    unmatched.refresh_from_db()
    assert (unmatched.state, unmatched.verdict) == (ClueState.CLOSED, Verdict.DUPLICATE)
    assert unmatched.merged_into == known


def test_of_two_who_match_one_clue_the_second_is_told(
    regions: dict[str, Region], household: Household
) -> None:
    clue, other = make_unmatched(regions[VILLAGE]), make_household(regions, head_name="何山")
    by = person("village", VILLAGE)
    match_clue(by=by, at=NOW, clue=clue, household=household, version=1)
    with pytest.raises(StaleVersion, match="刚在 11-22 10:00 办了“线索对户”"):
        match_clue(by=by, at=NOW, clue=clue, household=other, version=1)
