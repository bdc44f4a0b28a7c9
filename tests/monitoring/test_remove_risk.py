"""Risk removal (facts.md 1.8): the questions, the way to the mark, follow-up, the risk that returns."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from bangfu.core.changing import SYSTEM, recording
from bangfu.core.errors import SituationForbids
from bangfu.demo.case_walk import Walk
from bangfu.households.actions.guarantees import Finding, record_guarantees
from bangfu.households.enums import GuaranteeKind, GuaranteeResult
from bangfu.households.models import Household
from bangfu.monitoring.actions.cases import open_removal
from bangfu.monitoring.actions.measures import Planned, Progress, add_measure, carry_out_measure
from bangfu.monitoring.enums.cases import CaseKind, CaseOutcome
from bangfu.monitoring.enums.help import MeasureKind
from bangfu.monitoring.models import Case
from bangfu.workflow.policies import requirements_of
from tests.cast import NOW
from tests.monitoring.case_builders import people, poor_household

pytestmark = pytest.mark.django_db

BEGAN = date(2026, 11, 1)
MONITORED: dict[str, Any] = {
    "monitored_category": "sudden",
    "identified_month": date(2026, 1, 1),
    "risks": ["因病"],
    "safe_water": True,
}
WATER = Finding(
    kind=GuaranteeKind.WATER,
    litres_per_person_day=60,
    water_quality_ok=True,
    fetch_minutes=0,
    reliability=98,
)


def removal(regions, *, labour: str = "普通劳动力", **facts: Any) -> Walk:
    """A monitored household whose removal has begun."""
    household = poor_household(regions, **MONITORED | facts)
    with_labour(household, labour)
    walk = Walk(people(), household, BEGAN)
    walk.case = open_removal(by=walk.people.village, at=walk.at, household=household, on=BEGAN)
    return walk


def with_labour(household: Household, labour: str) -> None:
    with recording(by=SYSTEM, at=NOW, verb="set_up"):
        household.members.filter(is_head=True).update(labour=labour)


def guaranteed(walk: Walk) -> Walk:
    rest = [kind for kind in GuaranteeKind if kind != GuaranteeKind.WATER]
    findings = [Finding(kind=kind, result=GuaranteeResult.MET) for kind in rest]
    record_guarantees(
        by=walk.people.village,
        at=walk.at,
        household=walk.household,
        assessed_on=walk.day,
        assessed_by="两人",
        findings=[*findings, WATER],
    )
    return walk


def helped(walk: Walk, *, carried_out: bool = True) -> Walk:
    planned = Planned(kind=MeasureKind.HEALTH, content="慢病管理", planned_from=walk.day)
    village = walk.people.village
    measure = add_measure(by=village, at=walk.at, household=walk.household, planned=planned)
    if carried_out:
        progress = Progress(started_on=walk.day, ended_on=walk.day, result="病情稳定")
        carry_out_measure(by=village, at=walk.at, measure=measure, version=measure.version, progress=progress)
    return walk


GONE = {"risks_gone": ("因病",), "income_steady": True}


def missing(walk: Walk) -> dict[str, str]:
    """What the verification still lacks, by requirement."""
    return {one.id: one.reason for one in requirements_of(walk.here.run, walk.day) if not one.met}


def in_order(regions, **facts: Any) -> Walk:
    walk = removal(regions, **facts)
    helped(guaranteed(walk)).count_income(3_000_000)
    return walk.visit("", **GONE)


def test_a_household_in_order_goes_the_whole_way_and_is_marked(regions) -> None:
    walk = in_order(regions)
    assert missing(walk) == {}
    walk.take(walk.people.village, "verify_case").pass_days().meet().post().end_notice().pass_days().review()
    walk.pass_days().approve("云岭巩固〔2026〕9号")
    household = Household.objects.get(pk=walk.household.pk)
    assert (household.risk_removed, household.removed_month) == (True, date(2026, 11, 1))
    assert household.monitored_category == "sudden"
    walk.announce().mark()
    assert walk.state == "follow"
    assert (walk.here.outcome, walk.here.closed_on) == (CaseOutcome.REMOVED, walk.day)


def test_a_risk_that_returns_begins_identification_again_with_a_link(regions) -> None:
    walk = in_order(regions)
    walk.take(walk.people.village, "verify_case").carry("follow")
    walk.take(walk.people.village, "remark_case", reason="旧病复发")
    again = Case.objects.get(kind=CaseKind.IDENTIFICATION)
    assert again.follows == walk.here
    assert (again.run.state, again.household, again.risks) == ("study", walk.household, ["因病"])
    assert walk.here.outcome == CaseOutcome.REMARKED


def test_every_question_stands_with_its_reason(regions) -> None:
    walk = removal(regions)
    found = missing(walk)
    assert "收入测算表" in found["income_above_line"]
    assert "入户核查" in found["risks_gone"]
    assert "饮水安全" in found["guarantees_met"]
    assert "没有落实" in found["measures_carried_out"]


@pytest.mark.parametrize(("net_fen", "met"), [(1_700_000, False), (1_700_100, True)])
def test_income_lies_above_the_line_not_on_it(regions, net_fen: int, met: bool) -> None:
    # 监测线 8500 元，2 口人：净收入 17000 元刚好在线上，不算超过
    walk = removal(regions).count_income(net_fen).visit("", **GONE)
    assert ("income_above_line" not in missing(walk)) == met


@pytest.mark.parametrize(
    ("seen", "requirement", "words"),
    [
        (GONE | {"risks_gone": ()}, "risks_gone", "因病"),
        (GONE | {"new_risk": True}, "risks_gone", "新的风险"),
        (GONE | {"income_steady": False}, "income_above_line", "个月"),
    ],
)
def test_what_the_visit_saw_decides(regions, seen, requirement: str, words: str) -> None:
    walk = removal(regions).count_income(3_000_000).visit("", **seen)
    assert words in missing(walk)[requirement]


def test_a_measure_left_hanging_stops_the_removal(regions) -> None:
    walk = helped(helped(removal(regions)), carried_out=False)
    assert "1 项" in missing(walk)["measures_carried_out"]


def test_one_guarantee_unmet_stops_the_removal(regions) -> None:
    walk = guaranteed(removal(regions))
    unmet = Finding(kind=GuaranteeKind.MEDICAL, result=GuaranteeResult.UNMET)
    record_guarantees(
        by=walk.people.village,
        at=walk.at,
        household=walk.household,
        assessed_on=walk.day,
        assessed_by="两人",
        findings=[unmet],
    )
    assert missing(walk)["guarantees_met"].endswith("基本医疗。")


def test_a_household_wholly_without_labour_is_held(regions) -> None:
    walk = in_order(regions, labour="丧失劳动力")
    assert "暂不标注" in missing(walk)["not_held"]
    with pytest.raises(SituationForbids, match="暂不标注"):
        walk.take(walk.people.village, "verify_case")
    walk.take(walk.people.village, "hold_case", reason="低保已落实")
    assert (walk.state, walk.here.outcome) == ("held", CaseOutcome.HELD)


def test_what_is_not_monitored_or_removed_already_has_nothing_to_remove(regions) -> None:
    walk = Walk(people(), poor_household(regions), BEGAN)
    with pytest.raises(SituationForbids, match="不是监测对象"):
        open_removal(by=walk.people.village, at=walk.at, household=walk.household, on=BEGAN)
    removed = poor_household(regions, **MONITORED, risk_removed=True)
    with pytest.raises(SituationForbids, match="已经消除"):
        open_removal(by=walk.people.village, at=walk.at, household=removed, on=BEGAN)
