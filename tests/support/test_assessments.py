"""The year-end assessment: own words by duty, three opinions in order, a result in words (C-108)."""

from __future__ import annotations

from datetime import date

import pytest

from bangfu.core.errors import NotPermitted, SituationForbids, StaleVersion
from bangfu.core.models import Region
from bangfu.support.actions.assessments import (
    Opinion,
    assess_member,
    hand_in_assessment,
    questions_for,
)
from bangfu.support.enums.teams import AssessmentResult, AssessmentStep
from bangfu.support.models import Assessment, TeamMember
from bangfu.support.showing.team_papers import assessment_paper
from bangfu.support.terms.assessment import assessment_forms, form_on
from tests.cast import NOW, OTHER_TOWN, TODAY, VILLAGE, make_user
from tests.support.team_builders import a_manager, a_member, a_team, a_township, asked

pytestmark = pytest.mark.django_db


@pytest.fixture
def member(regions: dict[str, Region]) -> TeamMember:
    return a_member(a_team(regions))


def answers(year: int = 2026) -> list[tuple[str, str]]:
    return [(question, "做了") for question in questions_for(year, VILLAGE)]


def handed_in(member: TeamMember) -> Assessment:
    return hand_in_assessment(by=member.user, at=NOW, member=member, year=2026, answers=answers())


def test_the_questions_are_the_duties_of_the_year_and_the_forms_own() -> None:
    form = list(form_on(date(2026, 12, 31)).questions)
    assert questions_for(2026, VILLAGE) == [
        "建强村党组织",
        "推进强村富民",
        "提升治理水平",
        "为民办事服务",
        *form,
    ]
    assert len(questions_for(2020, VILLAGE)) == 5 + len(form), "2021 年 5 月以前是五项职责"


def test_own_words_are_kept_with_the_days_of_the_papers(member: TeamMember) -> None:
    asked(member, date(2026, 3, 1), date(2026, 3, 2), kind="training")
    made = handed_in(member)
    assert made.step == AssessmentStep.VILLAGE and made.answers[0] == ["建强村党组织", "做了"]
    assert made.figures == {"span": 326, "leave": 0, "away": 2, "counted": 326}


@pytest.mark.parametrize(("year", "why"), [(2027, "现在还早"), (2025, "不在这支队里")])
def test_a_year_that_has_not_come_or_was_not_spent_here_is_refused(
    member: TeamMember, year: int, why: str
) -> None:
    with pytest.raises(SituationForbids, match=why):
        hand_in_assessment(by=member.user, at=NOW, member=member, year=year, answers=answers())


def test_every_question_is_answered_by_the_person_or_from_paper(member: TeamMember) -> None:
    empty = [("建强村党组织", ""), *answers()[1:]]
    with pytest.raises(SituationForbids, match="建强村党组织"):
        hand_in_assessment(by=member.user, at=NOW, member=member, year=2026, answers=empty)
    mate = a_member(member.team, "mate", role="member")
    with pytest.raises(NotPermitted):
        hand_in_assessment(by=mate.user, at=NOW, member=member, year=2026, answers=answers())
    town = a_township()
    assert hand_in_assessment(by=town, at=NOW, member=member, year=2026, answers=answers()).pk


def test_it_goes_from_village_to_township_to_county(member: TeamMember) -> None:
    village, town, org = make_user("village", VILLAGE), a_township(), a_manager()
    held = handed_in(member)
    for by in (org, member.user):
        with pytest.raises(SituationForbids):
            assess_member(by=by, at=NOW, assessment=held, version=held.version, opinion=Opinion("同意"))
    for by, step in ((village, AssessmentStep.TOWNSHIP), (town, AssessmentStep.COUNTY)):
        held = assess_member(by=by, at=NOW, assessment=held, version=held.version, opinion=Opinion("同意"))
        assert held.step == step
    with pytest.raises(SituationForbids, match="轮到"):
        assess_member(by=town, at=NOW, assessment=held, version=held.version, opinion=Opinion("同意"))
    done = Opinion("同意", AssessmentResult.EXCELLENT)
    held = assess_member(by=org, at=NOW, assessment=held, version=held.version, opinion=done)
    assert (held.step, held.result, held.county_on) == (AssessmentStep.DECIDED, "excellent", TODAY)
    with pytest.raises(SituationForbids, match="已经审定"):
        assess_member(by=org, at=NOW, assessment=held, version=held.version, opinion=done)
    paper = assessment_paper(held)
    assert (paper.data["result"], paper.data["village_opinion"]) == ("优秀", "同意")


def test_own_words_change_until_somebody_has_spoken(member: TeamMember) -> None:
    held = handed_in(member)
    assert handed_in(member).pk == held.pk
    held.refresh_from_db()
    village = make_user("village", VILLAGE)
    with pytest.raises(SituationForbids, match="请写意见"):
        assess_member(by=village, at=NOW, assessment=held, version=held.version, opinion=Opinion(" "))
    assess_member(by=village, at=NOW, assessment=held, version=held.version, opinion=Opinion("同意"))
    with pytest.raises(SituationForbids, match="不能再改"):
        handed_in(member)


def test_of_two_opinions_the_second_is_told(member: TeamMember) -> None:
    held = handed_in(member)
    seen = held.version
    opinion = Opinion("同意")
    assess_member(by=make_user("village", VILLAGE), at=NOW, assessment=held, version=seen, opinion=opinion)
    with pytest.raises(StaleVersion):
        assess_member(by=a_township(), at=NOW, assessment=held, version=seen, opinion=opinion)
    with pytest.raises(NotPermitted):
        outsider = make_user("township", OTHER_TOWN)
        assess_member(by=outsider, at=NOW, assessment=held, version=seen, opinion=opinion)


@pytest.mark.parametrize(
    ("absences", "best"), [(0, "excellent"), (1, "competent"), (2, "barely"), (3, "not_competent")]
)
def test_absences_cap_the_result(member: TeamMember, absences: int, best: str) -> None:
    assert form_on(TODAY).best_with(absences) == best
    held = handed_in(member)
    for by in (make_user("village", VILLAGE), a_township()):
        held = assess_member(by=by, at=NOW, assessment=held, version=held.version, opinion=Opinion("同意"))
    org = a_manager()
    if absences:
        too_good = Opinion("同意", AssessmentResult.EXCELLENT, absences)
        with pytest.raises(SituationForbids, match="最高只能定"):
            assess_member(by=org, at=NOW, assessment=held, version=held.version, opinion=too_good)
    with pytest.raises(SituationForbids, match="考核结果"):
        assess_member(by=org, at=NOW, assessment=held, version=held.version, opinion=Opinion("同意"))
    right = Opinion("同意", best, absences)
    done = assess_member(by=org, at=NOW, assessment=held, version=held.version, opinion=right)
    assert (done.result, done.absences) == (best, absences)


def test_every_version_of_the_form_says_where_it_comes_from() -> None:
    for form in assessment_forms():
        assert form.basis and form.grade in "官次码知" and form.caps_basis and form.caps_grade in "官次码知"
