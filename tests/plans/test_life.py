"""A plan is entered, confirmed, carried out, checked; what lags is ordered (C-098, C-116, C-182, C-234)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from bangfu.access.models import User
from bangfu.core.errors import NotPermitted, SituationForbids, StaleVersion
from bangfu.core.models import Region
from bangfu.demo.plans import make_plans
from bangfu.plans.actions import confirming, entering, following
from bangfu.plans.enums import PassageState, PlanState, Verdict
from bangfu.plans.forms.lines import money_text, read_money, read_steps, steps_text
from bangfu.plans.models import Passage, Plan, PlanStep, PlanTask, StepReport
from bangfu.plans.queries.plans import money_of, paces_of
from bangfu.plans.showing.files import money_sentence
from bangfu.plans.terms.facts import TaskFacts
from bangfu.plans.terms.pace import next_due
from bangfu.plans.terms.proposals import facts_of
from tests.cast import COUNTY, NOW, OTHER_COUNTY, TODAY, make_user
from tests.plans import builders

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
WAN = 1_000_000


@pytest.fixture
def cast(regions: dict[str, Region]) -> builders.Cast:
    return builders.make_cast()


def _waiting(plan: Plan) -> list[Passage]:
    return list(plan.passages.filter(state=PassageState.WAITING))


def test_the_whole_text_is_kept_in_passages(cast: builders.Cast, regions: dict[str, Region]) -> None:
    plan = builders.entered(cast.office, regions)
    assert "".join(passage.words for passage in plan.passages.all()) == builders.TEXT
    assert [passage.title for passage in _waiting(plan)] == ["修路", "研究工作"]
    assert plan.planned == 200 * WAN


def test_a_confirmed_task_has_its_units_money_numbers_and_steps(
    cast: builders.Cast, regions: dict[str, Region]
) -> None:
    road, study = builders.accept_all(cast.office, builders.entered(cast.office, regions))
    units = [(each.name, each.unit, each.leads) for each in road.units.all()]
    assert units == [("云岭县交通运输局", cast.transport.unit, True), ("各乡镇", None, False)]
    assert road.amount == 50 * WAN
    assert [(each.source, each.amount) for each in road.money.all()] == [("县级资金", 50 * WAN)]
    assert [each.words for each in road.figures.all()] == ["3 公里"]
    assert [each.next_due_on for each in road.steps.all()] == [date(2026, 6, 30)]
    (step,) = study.steps.all()
    assert (step.every, step.times, step.next_due_on) == (3, 1, date(2026, 3, 31))


def test_money_is_planned_itemised_and_not_itemised(cast: builders.Cast, regions: dict[str, Region]) -> None:
    plan = builders.entered(cast.office, regions)
    builders.accept_all(cast.office, plan)
    money = money_of(plan)
    assert (money.planned, money.itemised, money.rest) == (200 * WAN, 50 * WAN, 150 * WAN)
    assert money_sentence(money) == (
        "计划 2,000,000.00 元，落到任务的 500,000.00 元，没有落到任务的 1,500,000.00 元。"
    )


def test_a_plan_starts_only_when_every_passage_is_decided(
    cast: builders.Cast, regions: dict[str, Region]
) -> None:
    plan = builders.entered(cast.office, regions)
    with pytest.raises(SituationForbids, match="还有 2 段没有确认"):
        entering.start_county_plan(by=cast.office, at=NOW, plan=plan, planned=None)
    builders.accept_all(cast.office, plan)
    assert (
        entering.start_county_plan(by=cast.office, at=NOW, plan=plan, planned=None).state == PlanState.RUNNING
    )


def test_leaving_out_needs_a_reason_and_can_be_taken_back(
    cast: builders.Cast, regions: dict[str, Region]
) -> None:
    first = _waiting(builders.entered(cast.office, regions))[0]
    with pytest.raises(SituationForbids, match="为什么不列"):
        confirming.leave_out_passage(by=cast.office, at=NOW, passage=first, version=first.version, reason=" ")
    left = confirming.leave_out_passage(
        by=cast.office, at=NOW, passage=first, version=first.version, reason="重复"
    )
    assert (left.state, left.reason) == (PassageState.LEFT_OUT, "重复")
    again = confirming.reopen_passage(by=cast.office, at=NOW, passage=left, version=left.version)
    assert (again.state, again.reason) == (PassageState.WAITING, "")


def test_reopening_takes_the_task_away_until_the_plan_runs(
    cast: builders.Cast, regions: dict[str, Region]
) -> None:
    plan = builders.entered(cast.office, regions)
    builders.accept_all(cast.office, plan)
    first = plan.passages.filter(state=PassageState.ACCEPTED)[0]
    confirming.reopen_passage(by=cast.office, at=NOW, passage=first, version=first.version)
    assert plan.tasks.count() == 1
    builders.accept_all(cast.office, plan)
    entering.start_county_plan(by=cast.office, at=NOW, plan=plan, planned=None)
    first.refresh_from_db()
    with pytest.raises(SituationForbids, match="已经开始执行"):
        confirming.reopen_passage(by=cast.office, at=NOW, passage=first, version=first.version)


def test_two_people_do_not_confirm_over_each_other(cast: builders.Cast, regions: dict[str, Region]) -> None:
    first = _waiting(builders.entered(cast.office, regions))[0]
    facts = facts_of(first.proposal)
    confirming.accept_plan_task(by=cast.office, at=NOW, passage=first, version=first.version, facts=facts)
    with pytest.raises(StaleVersion):
        confirming.accept_plan_task(by=cast.office, at=NOW, passage=first, version=first.version, facts=facts)


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        (TaskFacts("", ("甲",), (), None, (), (), ()), "没有名称"),
        (TaskFacts("修路", (), (), None, (), (), ()), "哪个单位负责"),
        (
            TaskFacts("修路", ("甲",), (), 100, (("省级", 60), ("县级", 60)), (), ()),
            "合计 1.20 元，超过资金 1.00 元",
        ),
        (
            TaskFacts("修路", ("甲",), (), None, (), (), read_steps("2026-05-01至2026-04-01 修")),
            "时限早于开始",
        ),
    ],
)
def test_a_task_that_does_not_fit_is_refused_with_the_reason(
    cast: builders.Cast, regions: dict[str, Region], facts: TaskFacts, said: str
) -> None:
    first = _waiting(builders.entered(cast.office, regions))[0]
    with pytest.raises(SituationForbids, match=said):
        confirming.accept_plan_task(by=cast.office, at=NOW, passage=first, version=first.version, facts=facts)


def _steps(tasks: list[PlanTask]) -> list[PlanStep]:
    return [task.steps.select_related("task__plan").get() for task in tasks]


def _report(by: User, step: PlanStep, on: date, **given: Any) -> StepReport:
    said = {"words": "做完了", "done": True, **given}
    return following.report_plan_step(by=by, at=NOW, step=step, on=on, **said)


def test_the_units_of_a_task_report_and_others_do_not(
    cast: builders.Cast, regions: dict[str, Region]
) -> None:
    road, _ = _steps(builders.running(cast.office, regions))
    with pytest.raises(NotPermitted, match="不是您单位的"):
        _report(cast.finance, road, TODAY)
    _report(cast.transport, road, date(2026, 6, 20), done=False)
    road.refresh_from_db()
    assert (road.done_on, road.next_due_on) == (None, date(2026, 6, 30))
    _report(cast.transport, road, date(2026, 6, 28))
    road.refresh_from_db()
    assert (road.done_on, road.next_due_on) == (date(2026, 6, 28), None)
    with pytest.raises(SituationForbids, match="已经报完成"):
        _report(cast.office, road, TODAY)


def test_a_recurring_step_owes_each_quarter(cast: builders.Cast, regions: dict[str, Region]) -> None:
    _, study = _steps(builders.running(cast.office, regions))
    for on, then in (
        (date(2026, 2, 3), date(2026, 6, 30)),
        (date(2026, 8, 1), date(2026, 6, 30)),
        (date(2026, 5, 5), date(2026, 12, 31)),
    ):
        _report(cast.finance, study, on)
        study.refresh_from_db()
        assert study.next_due_on == then
    _report(cast.finance, study, date(2026, 11, 2))
    study.refresh_from_db()
    assert (study.next_due_on, study.done_on) == (None, date(2026, 11, 2))


def test_a_report_is_of_a_day_that_was_and_says_something(
    cast: builders.Cast, regions: dict[str, Region]
) -> None:
    road, _ = _steps(builders.running(cast.office, regions))
    with pytest.raises(SituationForbids, match="之后"):
        _report(cast.transport, road, date(2026, 11, 23))
    with pytest.raises(SituationForbids, match="做了什么"):
        _report(cast.transport, road, TODAY, words=" ")


def test_nothing_is_reported_before_the_plan_runs(cast: builders.Cast, regions: dict[str, Region]) -> None:
    tasks = builders.accept_all(cast.office, builders.entered(cast.office, regions))
    with pytest.raises(SituationForbids, match="还没有开始执行"):
        _report(cast.transport, _steps(tasks)[0], TODAY)


def test_paces_count_what_each_unit_owes_and_did(cast: builders.Cast, regions: dict[str, Region]) -> None:
    tasks = builders.running(cast.office, regions)
    road, _ = _steps(tasks)
    _report(cast.transport, road, date(2026, 6, 28))
    found = {each.name: each for each in paces_of(tasks[0].plan, TODAY)}
    transport, finance = found["云岭县交通运输局"], found["云岭县财政局"]
    assert (transport.leads, transport.steps, transport.done, transport.behind, transport.reports) == (
        1,
        1,
        1,
        0,
        1,
    )
    assert (finance.leads, finance.steps, finance.done, finance.behind, finance.reports) == (0, 1, 0, 1, 0)


def test_the_last_check_says_how_a_task_stands(cast: builders.Cast, regions: dict[str, Region]) -> None:
    road = builders.running(cast.office, regions)[0]
    for on, verdict in ((TODAY, Verdict.LAGGING), (date(2026, 6, 30), Verdict.ON_TRACK)):
        following.check_plan_task(by=cast.office, at=NOW, task=road, on=on, verdict=verdict, words="看过")
    road.refresh_from_db()
    assert (road.verdict, road.checked_on) == (Verdict.LAGGING, TODAY)
    with pytest.raises(NotPermitted):
        following.check_plan_task(
            by=cast.transport, at=NOW, task=road, on=TODAY, verdict=Verdict.DONE, words="看过"
        )


def test_a_lagging_task_becomes_an_order(
    cast: builders.Cast, regions: dict[str, Region], signed_in: SignIn
) -> None:
    road = builders.running(cast.office, regions)[0]
    order = following.order_plan_task(
        by=cast.office,
        at=NOW,
        task=road,
        kind="fund",
        words="路还没有修完",
        unit=cast.transport.unit,  # type: ignore[arg-type]
        demand="月底前修完",
        issued_on=TODAY,
        due_on=date(2026, 11, 30),
    )
    page = signed_in(cast.office).get(reverse("plan_task_file", args=[road.uid])).content.decode()
    assert order.number in page


@pytest.mark.parametrize("occasion", ["quarter", "half", "year"])
def test_the_notices_can_be_printed(
    cast: builders.Cast, regions: dict[str, Region], signed_in: SignIn, occasion: str
) -> None:
    plan = builders.running(cast.office, regions)[0].plan
    url = reverse("print_county_plan", args=[plan.uid, occasion])
    answer = signed_in(cast.office).get(url, {"format": "docx"})
    assert answer.status_code == 200
    assert b"".join(answer).startswith(b"PK")  # type: ignore[arg-type]


def test_another_county_sees_nothing(
    cast: builders.Cast, regions: dict[str, Region], signed_in: SignIn
) -> None:
    road = builders.running(cast.office, regions)[0]
    stranger = signed_in(make_user("county_office", OTHER_COUNTY))
    for name, uid in (("county_plan_file", road.plan.uid), ("plan_task_file", road.uid)):
        assert stranger.get(reverse(name, args=[uid])).status_code == 404


def test_another_unit_finds_no_page_to_report_on(
    cast: builders.Cast, regions: dict[str, Region], signed_in: SignIn
) -> None:
    road, _ = _steps(builders.running(cast.office, regions))
    url = reverse("report_plan_step", args=[road.uid])
    assert signed_in(cast.finance).get(url).status_code == 404
    assert signed_in(cast.transport).get(url).status_code == 200


def test_a_pasted_plan_is_confirmed_through_the_pages(
    cast: builders.Cast, regions: dict[str, Region], signed_in: SignIn
) -> None:
    browser = signed_in(cast.office)
    given = {"title": "要点", "kind": "annual", "year": "2026", "region": regions[COUNTY].pk}
    answer = browser.post(reverse("enter_county_plan"), {**given, "text": builders.TEXT})
    plan = Plan.objects.get()
    assert answer.headers["Location"] == reverse("confirm_county_plan", args=[plan.uid])
    page = browser.get(answer.headers["Location"]).content.decode()
    assert "只写了责任单位，没有写谁牵头" in page
    first = _waiting(plan)[0]
    url = reverse("accept_plan_task", args=[first.uid])
    opened = browser.get(url).context["form"].initial
    browser.post(url, {**opened, "amount": "50万", "helps": "各乡镇\n县水务局"})
    task = PlanTask.objects.get()
    assert [each.name for each in task.units.filter(leads=False)] == ["各乡镇", "县水务局"]


def test_nothing_typed_is_lost_when_a_line_is_wrong(
    cast: builders.Cast, regions: dict[str, Region], signed_in: SignIn
) -> None:
    first = _waiting(builders.entered(cast.office, regions))[0]
    url = reverse("accept_plan_task", args=[first.uid])
    browser = signed_in(cast.office)
    opened = {key: value or "" for key, value in browser.get(url).context["form"].initial.items()}
    page = browser.post(url, {**opened, "steps": "2026-02-30 修完"}).content.decode()
    assert "没有这一天" in page
    assert "2026-02-30 修完" in page
    assert not PlanTask.objects.exists()


def test_steps_and_money_are_typed_and_read_back_the_same() -> None:
    typed = "2026-06-10 修\n2026-03-01至2026-05-31 摸底\n每3个月1次 研究\n每周2次 走访\n不定期 宣传"
    assert steps_text(read_steps(typed)) == typed
    assert money_text(read_money("省级资金 9万\n自筹 100")) == "省级资金 90000.00\n自筹 100.00"


def test_weeks_count_to_the_end_of_the_year() -> None:
    assert next_due(2026, 0, 1, ()) == date(2026, 1, 7)
    every_week = [date(2026, 1, 1), date(2026, 1, 8)]
    assert next_due(2026, 0, 1, every_week) == date(2026, 1, 21)


def test_the_demo_shows_a_plan_with_life_in_it(cast: builders.Cast, regions: dict[str, Region]) -> None:
    people = {"xian": cast.office, "yibao": cast.transport, "caizheng": cast.finance}
    make_plans(people, {"county": regions[COUNTY]}, at=NOW)
    plan = Plan.objects.get(state=PlanState.RUNNING)
    assert plan.tasks.count() == 6
    assert StepReport.objects.exists()
    assert PlanStep.objects.filter(next_due_on__lt=TODAY).exists()
    assert plan.tasks.filter(verdict=Verdict.LAGGING).count() == 1
    assert Plan.objects.filter(state=PlanState.CONFIRMING, kind="promise").count() == 1
