"""Plans and measures: one helper, development for who can work, cash pointed out (C-038, C-186, C-187)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bangfu.core.changing import SYSTEM, recording
from bangfu.core.errors import NotPermitted, SituationForbids, StaleVersion
from bangfu.demo.case_walk import Walk
from bangfu.households.actions.pairing import pair_household
from bangfu.households.models import Household, Pairing
from bangfu.ledgers.queries import preset_counts
from bangfu.monitoring.actions.measures import (
    Planned,
    Progress,
    add_measure,
    carry_out_measure,
    stop_measure,
)
from bangfu.monitoring.actions.plans import adopt_plan, draft_plan
from bangfu.monitoring.enums.help import MeasureKind, MeasureState, PlanState
from bangfu.monitoring.ledgers.help import PLANS
from bangfu.monitoring.models import AssistancePlan, Measure
from bangfu.monitoring.policies.help import cash_share, unanswered, warnings_of
from tests.cast import NOW, TODAY
from tests.monitoring.case_builders import begun, people, person, poor_household

pytestmark = pytest.mark.django_db


def monitored(regions, **facts) -> Household:
    facts = {"monitored_category": "sudden", "risks": ["因病"], "identified_month": date(2026, 1, 1)} | facts
    return poor_household(regions, **facts)


def with_labour(household: Household) -> None:
    with recording(by=SYSTEM, at=NOW, verb="set_up"):
        household.members.filter(is_head=True).update(labour="普通劳动力")


def measure(household: Household, kind: MeasureKind = MeasureKind.HEALTH, **more) -> Measure:
    planned = Planned(kind=kind, content="一项", planned_from=TODAY, **more)
    return add_measure(by=people().village, at=NOW, household=household, planned=planned)


def draft(household: Household) -> AssistancePlan:
    return draft_plan(by=people().village, at=NOW, household=household, needs="缺钱看病", goal="一年内稳定")


def adopt(plan: AssistancePlan) -> AssistancePlan:
    return adopt_plan(by=people().village, at=NOW, plan=plan, version=plan.version, adopted_on=TODAY)


def paired(household: Household) -> Household:
    someone = people()
    pair_household(by=someone.village, at=NOW, household=household, helper=someone.helper, valid_from=TODAY)
    return household


def test_a_plan_needs_exactly_one_helper(regions) -> None:
    household = monitored(regions)
    measure(household)
    plan = draft(household)
    with pytest.raises(SituationForbids, match="0 名"):
        adopt(plan)
    paired(household)
    with recording(by=SYSTEM, at=NOW, verb="set_up"):
        # 别处早先结的对还开着：两个人都不算数
        Pairing.objects.create(
            household=household, helper=person("helper", "530999", "second-helper"), valid_from=TODAY
        )
    with pytest.raises(SituationForbids, match="2 名"):
        adopt(plan)


def test_a_plan_without_a_measure_is_none(regions) -> None:
    with pytest.raises(SituationForbids, match="还没有措施"):
        adopt(draft(paired(monitored(regions))))


def test_who_can_work_gets_more_than_support(regions) -> None:
    household = paired(monitored(regions))
    with_labour(household)
    measure(household, MeasureKind.SOCIAL_SECURITY)
    plan = draft(household)
    with pytest.raises(SituationForbids, match="开发式措施"):
        adopt(plan)
    measure(household, MeasureKind.PUBLIC_POST)
    assert adopt(plan).helper == people().helper


def test_who_cannot_work_may_get_support_alone(regions) -> None:
    household = paired(monitored(regions))
    measure(household, MeasureKind.SOCIAL_SECURITY)
    assert adopt(draft(household)).state == PlanState.ADOPTED


def test_the_next_version_replaces_the_one_before(regions) -> None:
    household = paired(monitored(regions))
    measure(household)
    first = adopt(draft(household))
    second = draft(household)
    assert second.number == 2
    adopt(second)
    first.refresh_from_db()
    assert first.state == PlanState.REPLACED
    assert [plan.state for plan in household.plans.order_by("number")] == ["replaced", "adopted"]


def test_of_two_who_adopt_a_plan_the_second_is_told(regions) -> None:
    household = paired(monitored(regions))
    measure(household)
    plan = draft(household)
    adopt(plan)
    with pytest.raises(StaleVersion, match="已定"):
        adopt(plan)


def test_help_before_approval_is_for_the_green_channel(regions) -> None:
    walk = begun(regions, category="sudden")
    with pytest.raises(SituationForbids, match="绿色通道"):
        measure(walk.household)
    green = begun(regions, poor_household(regions), category="sudden", green_channel=True)
    assert measure(green.household).case == green.here


def test_helped_and_not_entered_is_outside_the_system(regions, signed_in) -> None:
    walk = begun(regions, category="sudden", green_channel=True)
    client = signed_in(walk.people.village)
    address = reverse("outside_case_list")
    assert walk.household.head_name not in client.get(address).content.decode()
    one = measure(walk.household)
    carry_out(one, started_on=walk.day + timedelta(days=1))
    assert walk.household.head_name in client.get(address).content.decode()
    assert "体外循环" in client.get(reverse("case_file", args=[walk.here.uid])).content.decode()


def carry_out(one: Measure, **progress) -> Measure:
    progress = {"started_on": TODAY} | progress
    return carry_out_measure(
        by=people().village, at=NOW, measure=one, version=one.version, progress=Progress(**progress)
    )


def test_a_measure_begins_and_is_done_with_its_result(regions) -> None:
    one = carry_out(measure(monitored(regions)), amount_fen=120_000)
    assert (one.state, one.amount_fen) == (MeasureState.UNDER_WAY, 120_000)
    with pytest.raises(SituationForbids, match="成效"):
        carry_out(one, ended_on=TODAY)
    done = carry_out(one, ended_on=TODAY, result="每月复诊，病情稳定")
    assert (done.state, done.amount_fen) == (MeasureState.DONE, 120_000)
    with pytest.raises(SituationForbids, match="不能再登记"):
        carry_out(done)


@pytest.mark.parametrize(
    "days",
    [{"started_on": TODAY + timedelta(days=1)}, {"ended_on": TODAY - timedelta(days=1), "result": "好了"}],
)
def test_impossible_days_of_a_measure_are_refused(regions, days) -> None:
    with pytest.raises(SituationForbids):
        carry_out(measure(monitored(regions)), **days)


def test_a_measure_is_stopped_with_a_reason(regions) -> None:
    one = measure(monitored(regions))
    village = people().village
    with pytest.raises(SituationForbids, match="为什么"):
        stop_measure(by=village, at=NOW, measure=one, version=1, stopped_on=TODAY, reason=" ")
    stopped = stop_measure(by=village, at=NOW, measure=one, version=1, stopped_on=TODAY, reason="户里不愿意")
    assert stopped.state == MeasureState.STOPPED


def test_what_is_lacking_is_pointed_out(regions) -> None:
    household = monitored(regions, risks=["因病", "因安全饮水"])
    held = [measure(household, MeasureKind.HEALTH)]
    assert unanswered(household.risks, held) == ["因安全饮水"]
    assert "没有针对“因安全饮水”的措施。" in warnings_of(household, held, TODAY)


def test_plain_money_and_goods_are_counted_and_pointed_out(regions) -> None:
    household = monitored(regions)
    held = [
        measure(household, MeasureKind.SOCIAL, sub_kind="慰问金"),
        measure(household, MeasureKind.HEALTH),
        measure(household, MeasureKind.SOCIAL, sub_kind="结对帮扶"),
    ]
    assert cash_share(held) == (1, 3)
    assert not any("发钱发物" in words for words in warnings_of(household, held, TODAY))
    held.append(measure(household, MeasureKind.EDUCATION, sub_kind="资助"))
    assert any("2 项只发钱发物" in words for words in warnings_of(household, held, TODAY))


def test_enrolled_for_thirty_days_without_help_is_pointed_out(regions) -> None:
    walk = begun(regions).carry("announce")
    household = Household.objects.get(pk=walk.household.pk)

    def late(days: int) -> bool:
        found = warnings_of(household, [], walk.day + timedelta(days=days))
        return any("没有落实任何措施" in words for words in found)

    assert (late(29), late(30)) == (False, True)


def test_the_list_of_plans_takes_a_fixed_number_of_statements(regions, signed_in) -> None:
    client = signed_in(people().county)

    def statements(count: int) -> int:
        for _ in range(count):
            measure(monitored(regions))
        with CaptureQueriesContext(connection) as captured:
            answer = client.get(reverse("plan_list") + "?format=xlsx")
            b"".join(answer.streaming_content)  # type: ignore[attr-defined]
        return len(captured)

    statements(1)
    assert statements(2) == statements(12)


def test_the_lists_of_gaps_hold_who_lacks_what(regions, signed_in) -> None:
    monitored(regions, head_name="甲无")
    household = paired(monitored(regions, head_name="乙有"))
    measure(household, MeasureKind.HEALTH)
    adopt(draft(household))
    client = signed_in(people().county)

    def shown(gap: str) -> set[str]:
        page = client.get(reverse("plan_list") + f"?f_gap={gap}").content.decode()
        return {name for name in ("甲无", "乙有") if name in page}

    assert shown("no_plan") == shown("no_helper") == shown("no_measure") == {"甲无"}
    assert shown("not_begun") == {"乙有"}


def test_a_household_with_two_measures_counts_once(regions, signed_in) -> None:
    household = monitored(regions)
    measure(household)
    measure(household, MeasureKind.PUBLIC_POST)
    page = signed_in(people().county).get(reverse("plan_list")).content.decode()
    assert "共 1 条" in page
    assert preset_counts(PLANS, people().county)[""] == 1


def test_a_household_of_another_village_gets_no_measure_from_here(regions) -> None:
    walk = Walk(people("530999101002"), monitored(regions), TODAY)
    with pytest.raises(NotPermitted):
        add_measure(
            by=walk.people.village,
            at=NOW,
            household=walk.household,
            planned=Planned(kind=MeasureKind.HEALTH, content="一项", planned_from=TODAY),
        )
