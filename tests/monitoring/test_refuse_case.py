"""Refusal with a plain letter, the household's objection, and the case reopened or closed."""

from __future__ import annotations

import pytest

from bangfu.core.errors import NotPermitted, SituationForbids, StaleVersion
from bangfu.demo.case_walk import Walk
from bangfu.monitoring.actions.case_records import record_review
from bangfu.monitoring.actions.case_refusals import (
    decide_objection,
    deliver_letter,
    object_refusal,
    refuse_case,
)
from bangfu.monitoring.enums.cases import CaseOutcome, ObjectionState, ReviewResult
from bangfu.monitoring.models import CaseObjection, Refusal
from tests.cast import TOWN, VILLAGE
from tests.monitoring.case_builders import begun, person

pytestmark = pytest.mark.django_db

LETTER = "您家的情况村里看过了，收入有保障，这次没有纳入。以后有变化可以再申请。"


def refuse(walk: Walk, by, **more) -> Refusal:
    case = walk.here
    values = {"reason": "收入高于监测线。", "letter": LETTER} | more
    return refuse_case(by=by, at=walk.at, case=case, version=case.version, refused_on=walk.day, **values)


def objected(walk: Walk) -> CaseObjection:
    case = walk.here
    return object_refusal(
        by=walk.people.village,
        at=walk.at,
        case=case,
        version=case.version,
        objected_on=walk.day,
        words="漏算了看病花的钱。",
    )


def decide(walk: Walk, objection: CaseObjection, by, *, upheld: bool) -> CaseObjection:
    return decide_objection(
        by=by,
        at=walk.at,
        objection=objection,
        version=walk.here.version,
        decided_on=walk.day,
        upheld=upheld,
        decision="重新核过单据。",
    )


@pytest.mark.parametrize("letter", ["", "  ", "长" * 121])
def test_the_letter_has_words_and_not_more_than_120_characters(regions, letter) -> None:
    walk = begun(regions).pass_days()
    with pytest.raises(SituationForbids, match="告知书"):
        refuse(walk, walk.people.village, letter=letter)
    assert walk.state == "study"


def test_a_letter_of_120_characters_is_taken(regions) -> None:
    walk = begun(regions).pass_days()
    refuse(walk, walk.people.village, letter="长" * 120)
    assert walk.state == "refused"


def test_the_way_out_is_closed_without_a_letter(regions) -> None:
    walk = begun(regions).pass_days()
    with pytest.raises(SituationForbids, match="告知书"):
        walk.take(walk.people.village, "refuse_case")


def test_who_does_not_decide_at_the_step_does_not_refuse(regions) -> None:
    walk = begun(regions).pass_days()
    with pytest.raises(NotPermitted):
        refuse(walk, walk.people.county)


def test_an_upheld_objection_opens_the_case_again_where_it_was_decided(regions) -> None:
    walk = begun(regions).carry("review")
    walk.pass_days()
    with pytest.raises(SituationForbids, match="审核意见"):
        refuse(walk, walk.people.township)
    assert not Refusal.objects.exists()
    case = walk.here
    record_review(
        by=walk.people.township,
        at=walk.at,
        case=case,
        version=case.version,
        reviewed_on=walk.day,
        visited=True,
        result=ReviewResult.FAILED,
        opinion="收入高于监测线。",
    )
    refuse(walk, walk.people.township)
    assert walk.state == "refused"
    assert walk.here.closed_on is None
    objection = objected(walk.pass_days())
    with pytest.raises(SituationForbids, match="另一个人"):
        decide(walk, objection, walk.people.township, upheld=True)
    decide(walk, objection, walk.people.second, upheld=True)
    assert walk.state == "verify"
    objection.refresh_from_db()
    assert objection.state == ObjectionState.UPHELD


def test_a_refusal_at_the_study_goes_back_to_the_study(regions) -> None:
    walk = begun(regions).pass_days()
    refuse(walk, walk.people.village)
    decide(walk, objected(walk), walk.people.township, upheld=True)
    assert walk.state == "study"
    with pytest.raises(SituationForbids, match="告知书"):
        walk.take(walk.people.village, "refuse_case")


def test_a_dismissed_objection_leaves_the_case_to_be_closed_after_delivery(regions) -> None:
    walk = begun(regions).pass_days()
    refusal = refuse(walk, walk.people.village)
    decide(walk, objected(walk), walk.people.township, upheld=False)
    with pytest.raises(SituationForbids, match="送达"):
        walk.take(walk.people.township, "close_case")
    deliver_letter(
        by=walk.people.village,
        at=walk.at,
        refusal=refusal,
        version=walk.here.version,
        delivered_on=walk.day,
    )
    walk.take(walk.people.township, "close_case")
    assert (walk.here.outcome, walk.here.closed_on) == (CaseOutcome.REFUSED, walk.day)


def test_an_open_objection_keeps_the_case_open(regions) -> None:
    walk = begun(regions).pass_days()
    refusal = refuse(walk, walk.people.village)
    objected(walk)
    with pytest.raises(SituationForbids, match="已有一件异议"):
        objected(walk)
    deliver_letter(
        by=walk.people.village,
        at=walk.at,
        refusal=refusal,
        version=walk.here.version,
        delivered_on=walk.day,
    )
    with pytest.raises(SituationForbids, match="异议没有处理"):
        walk.take(walk.people.township, "close_case")


def test_who_saw_the_case_before_is_told_who_did_what(regions) -> None:
    walk = begun(regions).pass_days()
    seen = walk.here
    refuse(walk, walk.people.village)
    with pytest.raises(StaleVersion, match="不予纳入"):
        refuse_case(
            by=person("village", VILLAGE, "another"),
            at=walk.at,
            case=seen,
            version=seen.version,
            refused_on=walk.day,
            reason="同样",
            letter=LETTER,
        )
    assert Refusal.objects.count() == 1


def test_another_township_reaches_nothing(regions) -> None:
    walk = begun(regions).pass_days()
    stranger = person("township", TOWN[:-1] + "2", "stranger")
    with pytest.raises(NotPermitted):
        refuse(walk, stranger)
