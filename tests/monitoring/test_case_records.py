"""What each step asks for: authorisation first, two people, judged clues, days in their order."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bangfu.core.errors import NotPermitted, SituationForbids, StaleVersion
from bangfu.demo.case_walk import Walk
from bangfu.households.models import Member, ProposedChange
from bangfu.monitoring.actions.case_checks import answer_check, clear_checks, judge_clue, request_checks
from bangfu.monitoring.actions.case_records import record_authorisation, record_meeting, record_study
from bangfu.monitoring.actions.case_verification import Sighting, record_verification
from bangfu.monitoring.actions.cases import open_case
from bangfu.monitoring.enums.cases import CheckResult, JudgementVerdict, MeetingResult
from bangfu.monitoring.models import HomeVerification, InformationCheck
from bangfu.monitoring.policies.cases import check_category
from bangfu.monitoring.queries.cases import checks_of
from bangfu.workflow.policies import requirements_of
from tests.cast import OTHER_VILLAGE
from tests.monitoring.case_builders import FOUND_ON, begun, people, person, poor_household

pytestmark = pytest.mark.django_db


def missing(walk: Walk) -> dict[str, str]:
    """What the present step still lacks, by requirement."""
    return {one.id: one.reason for one in requirements_of(walk.here.run, walk.day) if not one.met}


def visit(walk: Walk, first, second, sighting: Sighting | None = None) -> HomeVerification:
    case = walk.here
    return record_verification(
        by=walk.people.village,
        at=walk.at,
        case=case,
        version=case.version,
        verified_on=walk.day,
        first_verifier=first,
        second_verifier=second,
        sighting=sighting or Sighting("属实", risks=("因病",), category="sudden"),
    )


def negative(walk: Walk) -> InformationCheck:
    """The first bureau found a vehicle."""
    check = checks_of(walk.here)[0]
    return answer_check(
        by=walk.people.county,
        at=walk.at,
        check=check,
        version=check.version,
        answered_on=walk.day,
        result=CheckResult.NEGATIVE,
        clue_kind="vehicle",
        detail="面包车一辆，2016 年登记。",
    )


def test_without_authorisation_nothing_is_asked_about_the_household(regions) -> None:
    walk = begun(regions).carry("authorise")
    walk.hand_in(walk.people.village, "authorisation_paper")
    case = walk.here
    with pytest.raises(SituationForbids):
        request_checks(by=walk.people.village, at=walk.at, case=case, version=case.version, asked_on=walk.day)
    with pytest.raises(SituationForbids, match="不得查询"):
        walk.take(walk.people.village, "authorise_case")
    assert not InformationCheck.objects.exists()


def test_every_adult_signs(regions) -> None:
    walk = begun(regions).carry("authorise")
    case = walk.here
    record_authorisation(
        by=walk.people.village,
        at=walk.at,
        case=case,
        version=case.version,
        signed_on=walk.day,
        applicant="杨志明",
        adults=3,
        adults_signed=2,
    )
    assert "还有 1 名" in missing(walk)["authorisation_record"]


def test_two_different_people_who_may_verify_here(regions) -> None:
    walk = begun(regions).carry("verify")
    village = walk.people.village
    with pytest.raises(SituationForbids, match="同一个人"):
        visit(walk, village, village)
    with pytest.raises(SituationForbids, match="没有在这里入户核查的权限"):
        visit(walk, village, person("village", OTHER_VILLAGE, "elsewhere"))
    assert visit(walk, village, walk.people.second).first_verifier == village


def test_what_differs_from_the_register_is_proposed_once(regions) -> None:
    walk = begun(regions).carry("verify")
    head = Member.objects.get(household=walk.household, is_head=True)
    seen = Sighting(
        "属实",
        household={"safe_water": False},
        members={head.uid: {"health": "患有大病", "labour": head.labour}},
        risks=("因病",),
        category="sudden",
    )
    record = visit(walk, walk.people.village, walk.people.second, seen)
    assert len(record.changed) == 2
    proposed = ProposedChange.objects.filter(household=walk.household)
    assert {tuple(one.values) for one in proposed} == {("safe_water",), ("health",)}
    head.refresh_from_db()
    assert head.health == ""


def test_a_negative_clue_is_judged_by_people_and_vetoes_nothing(regions) -> None:
    walk = begun(regions).carry("verify")
    walk.visit().count_income().ask_bureaus()
    check = negative(walk)
    walk.bureaus_answer()
    assert list(missing(walk)) == ["judgement"]
    case = walk.here
    values = {
        "at": walk.at,
        "check": check,
        "judged_on": walk.day,
        "judges": "乡镇核查组",
        "verdict": JudgementVerdict.MATTERS,
    }
    township = walk.people.township
    with pytest.raises(SituationForbids, match="理由"):
        judge_clue(by=township, version=case.version, reasoning="有车", **values)
    judge_clue(by=township, version=case.version, reasoning="2016 年购，跑客运谋生，现值一万元。", **values)
    # 研判为“影响认定”也不自动否决：由评议和审核的人来定
    assert missing(walk) == {}
    walk.take(walk.people.village, "verify_case")
    assert walk.state == "meet"


def test_bureaus_answer_in_parallel_with_the_visit(regions) -> None:
    walk = begun(regions).carry("verify")
    walk.ask_bureaus()
    assert {"home_verification", "information_check"} <= set(missing(walk))
    waiting = [one for one in checks_of(walk.here) if one.result == CheckResult.WAITING]
    clear_checks(by=walk.people.county, at=walk.at, checks=waiting, answered_on=walk.day)
    assert "information_check" not in missing(walk)
    assert "home_verification" in missing(walk)


def test_a_negative_answer_says_what_was_found(regions) -> None:
    walk = begun(regions).carry("verify").ask_bureaus()
    check = checks_of(walk.here)[0]
    with pytest.raises(SituationForbids, match="哪一种"):
        answer_check(
            by=walk.people.county,
            at=walk.at,
            check=check,
            version=check.version,
            answered_on=walk.day,
            result=CheckResult.NEGATIVE,
        )


def test_asking_again_asks_nobody_twice(regions) -> None:
    walk = begun(regions).carry("verify").ask_bureaus()
    count = len(checks_of(walk.here))
    walk.ask_bureaus()
    assert len(checks_of(walk.here)) == count == 7


@pytest.mark.parametrize(("called", "attended", "agreed"), [(20, 21, 21), (20, 15, 16)])
def test_attendance_adds_up(regions, called: int, attended: int, agreed: int) -> None:
    walk = begun(regions)
    case = walk.here
    with pytest.raises(SituationForbids, match="前后对不上"):
        record_meeting(
            by=walk.people.village,
            at=walk.at,
            case=case,
            version=case.version,
            held_on=walk.day,
            location="村委会",
            chair="支书",
            called=called,
            attended=attended,
            agreed=agreed,
            result=MeetingResult.DISAGREED,
        )


def study(walk: Walk, **more) -> None:
    case = walk.here
    values = {
        "by": walk.people.village,
        "at": walk.at,
        "version": case.version,
        "studied_on": walk.day,
        "participants": "村两委",
        "risks": ["因病"],
        "conclusion": "核查",
    }
    record_study(case=case, **values | more)


def test_days_in_the_future_and_before_the_clue_are_refused(regions) -> None:
    walk = begun(regions).pass_days()
    for day in (walk.day + timedelta(days=1), FOUND_ON - timedelta(days=1)):
        with pytest.raises(SituationForbids, match="研判日期"):
            study(walk, studied_on=day)
    study(walk, studied_on=FOUND_ON)


def test_of_two_records_of_one_step_the_second_person_is_told(regions) -> None:
    walk = begun(regions).pass_days()
    seen = walk.here.version
    study(walk)
    with pytest.raises(StaleVersion, match="登记研判"):
        study(walk, version=seen, by=person("village", "530999101001", "another"))


def test_a_record_belongs_to_its_step(regions) -> None:
    walk = begun(regions).carry("authorise")
    with pytest.raises(SituationForbids, match="申请和授权"):
        study(walk)


def test_a_household_has_one_open_case(regions) -> None:
    walk = begun(regions)
    with pytest.raises(SituationForbids, match="没办结的个案"):
        open_case(by=walk.people.village, at=walk.at, household=walk.household, discovered_on=walk.day)


def test_another_village_opens_nothing_here(regions) -> None:
    stranger = person("village", OTHER_VILLAGE, "elsewhere")
    with pytest.raises(NotPermitted):
        open_case(
            by=stranger, at=begun(regions).at, household=poor_household(regions), discovered_on=FOUND_ON
        )


@pytest.mark.parametrize(("kind", "category"), [("general", "unstable"), ("registered", "marginal")])
def test_a_category_fits_the_kind_of_household(regions, kind: str, category: str) -> None:
    household = poor_household(regions)
    household.household_type = kind
    with pytest.raises(SituationForbids, match="只能是"):
        check_category(household, category)


def test_a_marginal_household_earns_less_than_the_line(regions) -> None:
    # 2 口人，净收入 17000 元，人均 8500 元：刚好在线上，不低于
    walk = begun(regions).carry("verify")
    walk.visit("marginal").count_income(1_700_000)
    assert "不低于监测线" in missing(walk)["category_fits"]
    assert "依据未核实" in missing(walk)["category_fits"]


def test_sudden_hardship_may_earn_more_than_the_line(regions) -> None:
    walk = begun(regions).carry("verify")
    walk.visit("sudden").count_income(9_000_000)
    assert "category_fits" not in missing(walk)


def test_the_green_channel_is_for_sudden_hardship_and_has_a_day_for_its_papers(regions) -> None:
    walk = Walk(people(), poor_household(regions), FOUND_ON)
    with pytest.raises(SituationForbids, match="突发严重困难户"):
        walk.open(category="marginal", green_channel=True)
    walk.open(category="sudden", green_channel=True)
    assert walk.here.papers_due_on == FOUND_ON + timedelta(days=30)
