"""应纳未纳 and 体外循环: who is listed, why, and where it is mended (C-009)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from bangfu.access.permissions import Permission
from bangfu.monitoring.actions.case_refusals import refuse_case
from bangfu.monitoring.actions.clue_verifying import Judgement, verify_clue
from bangfu.monitoring.actions.measures import Planned, Progress, add_measure, carry_out_measure
from bangfu.monitoring.enums.clues import Verdict
from bangfu.monitoring.enums.help import MeasureKind
from bangfu.monitoring.queries.missed import missed
from bangfu.monitoring.queries.outside import outside
from tests.cast import NOW, TODAY
from tests.monitoring.case_builders import FOUND_ON, begun, people, poor_household
from tests.monitoring.clue_builders import make_clue

pytestmark = pytest.mark.django_db


def missed_now(on=TODAY) -> dict:
    rows = missed(people().county, Permission.CASE_VIEW, on)
    return {row.pk: (row.missed_reason, row.missed_since) for row in rows}


def outside_now() -> dict:
    return {row.pk: row.outside_reason for row in outside(people().county, Permission.CASE_VIEW)}


def refuse(walk) -> None:
    case = walk.here
    letter = "您家的情况村里看过了，这次没有纳入。以后有变化可以再申请。"
    by = walk.people.village
    refuse_case(
        by=by,
        at=walk.at,
        case=case,
        version=case.version,
        refused_on=walk.day,
        reason="村里认为不困难。",
        letter=letter,
    )


def at_risk(household):
    clue = make_clue(household)
    return verify_clue(
        by=people().village,
        at=NOW,
        clue=clue,
        version=clue.version,
        judgement=Judgement(
            Verdict.AT_RISK, TODAY, "入户看过，支出确实扛不住，家里没有别的收入。", (), ["因病"]
        ),
    )


def test_a_clue_at_risk_without_a_case_is_missed_until_a_case_is_opened(regions) -> None:
    household = poor_household(regions)
    at_risk(household)
    assert missed_now() == {household.pk: ("no_case", TODAY)}
    begun(regions, household)
    assert missed_now(FOUND_ON) == {}


def test_a_study_over_its_limit_is_missed(regions) -> None:
    walk = begun(regions)
    due = walk.here.run.step_due_on
    assert missed_now(due) == {}
    assert missed_now(due + timedelta(days=1)) == {walk.household.pk: ("no_study", due)}
    walk.study()
    assert missed_now(due + timedelta(days=1)) == {}


def test_a_refusal_though_the_conditions_were_met_is_missed(regions) -> None:
    walk = begun(regions).study().authorise()
    refuse(walk.count_income(300_000).visit("sudden"))
    assert missed_now() == {walk.household.pk: ("refused", walk.day)}


def test_a_refusal_for_too_much_income_is_not(regions) -> None:
    walk = begun(regions).study().authorise()
    refuse(walk.count_income(9_000_000).visit("marginal"))
    assert missed_now() == {}


def test_a_refusal_without_a_visit_is_not(regions) -> None:
    refuse(begun(regions))
    assert missed_now() == {}


def test_an_approved_case_is_outside_until_it_is_marked(regions) -> None:
    walk = begun(regions).carry("mark")
    assert outside_now() == {walk.case.pk: "approved"}
    walk.mark()
    assert outside_now() == {}


def test_help_on_the_green_channel_is_outside_before_the_decision(regions) -> None:
    walk = begun(regions, category="sudden", green_channel=True)
    by, household = walk.people.village, walk.household
    planned = Planned(kind=MeasureKind.HEALTH, content="医疗救助", planned_from=walk.day, risk="因病")
    measure = add_measure(by=by, at=walk.at, household=household, planned=planned)
    assert outside_now() == {}
    carry_out_measure(
        by=by, at=walk.at, measure=measure, version=measure.version, progress=Progress(started_on=walk.day)
    )
    assert outside_now() == {walk.case.pk: "helped"}


@pytest.mark.parametrize("name", ["missed_household_list", "outside_case_list"])
def test_each_row_says_why_and_how_to_mend_it(regions, signed_in, name: str) -> None:
    at_risk(poor_household(regions))
    begun(regions).carry("mark")
    page = signed_in(people().county).get(reverse(name)).content.decode()
    said = {
        "missed_household_list": ("2026-11-22 核实有风险，还没有建个案", "请村、乡镇建个案", "?tab=help"),
        "outside_case_list": ("已认定，全国系统里没有", "录入全国系统后标注", "/cases/"),
    }
    assert [words for words in said[name] if words not in page] == []
