"""The verdict on a clue and what follows from it, for the clue, its facts and its case."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bangfu.core.changing import SYSTEM, recording
from bangfu.core.errors import NotPermitted, SituationForbids
from bangfu.core.models import Region
from bangfu.households.models import Household
from bangfu.monitoring.actions.clue_verifying import Judgement, close_with_case, put_in_case, verify_clue
from bangfu.monitoring.enums.clues import ClueState, Verdict
from bangfu.monitoring.models import Clue
from tests.cast import NOW, OTHER_VILLAGE, TODAY, VILLAGE
from tests.monitoring.clue_builders import found, make_clue, make_unmatched, person, released

pytestmark = pytest.mark.django_db


def judged(clue: Clue, verdict: Verdict = Verdict.AT_RISK, **more) -> Clue:
    judgement = Judgement(
        verdict, more.pop("on", TODAY), more.pop("reason", "已入户看过，花费属实。"), **more
    )
    by = person("village", VILLAGE)
    return verify_clue(by=by, at=NOW, clue=clue, version=clue.version, judgement=judgement)


def test_at_risk_it_waits_for_a_case_and_goes_with_it(household: Household) -> None:
    clue = judged(make_clue(household), risks=["因病"])
    assert (clue.state, clue.verdict, clue.risks) == (ClueState.VERIFIED, Verdict.AT_RISK, ["因病"])
    with recording(by=SYSTEM, at=NOW, verb="open_case"):
        assert put_in_case(clue).state == ClueState.IN_CASE
        with pytest.raises(SituationForbids, match="才能开个案"):
            put_in_case(clue)
        assert close_with_case(clue, NOW).state == ClueState.CLOSED


@pytest.mark.parametrize("verdict", [Verdict.NO_RISK, Verdict.UNTRUE, Verdict.HELPED, Verdict.DUPLICATE])
def test_any_other_verdict_closes_it(household: Household, verdict: Verdict) -> None:
    clue = judged(make_clue(household), verdict)
    assert (clue.state, clue.closed_at, clue.verified_on) == (ClueState.CLOSED, NOW, TODAY)
    with pytest.raises(SituationForbids, match="已有结论"):
        judged(clue)


def test_the_verdict_goes_to_each_fact_unless_one_is_called_untrue(household: Household) -> None:
    released([found(household, "a"), found(household, "b", rule="major_disease_new")])
    clue = Clue.objects.get()
    wrong = clue.facts.get(rule="major_disease_new")
    judged(clue, untrue_facts=[wrong.pk])
    assert dict(clue.facts.values_list("rule", "verdict")) == {
        "medical_self_pay_general": Verdict.AT_RISK,
        "major_disease_new": Verdict.UNTRUE,
    }
    assert set(clue.facts.values_list("judged_on", flat=True)) == {TODAY}


def test_an_unmatched_clue_has_no_verdict(regions: dict[str, Region]) -> None:
    with pytest.raises(SituationForbids, match="先对上户"):
        judged(make_unmatched(regions[VILLAGE]))


def test_the_day_of_the_visit_lies_between_discovery_and_today(household: Household) -> None:
    clue = make_clue(household)
    for day, why in ((TODAY + timedelta(days=1), "最晚到今天"), (TODAY - timedelta(days=1), "早于发现日期")):
        with pytest.raises(SituationForbids, match=why):
            judged(clue, on=day)
    with pytest.raises(SituationForbids, match="至少 4 个字"):
        judged(clue, reason="是")


def test_another_village_may_not(household: Household) -> None:
    judgement = Judgement(Verdict.UNTRUE, TODAY, "不是我们村的人。")
    with pytest.raises(NotPermitted):
        verify_clue(
            by=person("village", OTHER_VILLAGE),
            at=NOW,
            clue=make_clue(household),
            version=1,
            judgement=judgement,
        )
