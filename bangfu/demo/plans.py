"""A plan of the made-up county that runs, one that is being confirmed, and leaders' promises."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

from bangfu.access.models import User
from bangfu.core.models import Region
from bangfu.households.reckoning.days import local_day
from bangfu.plans.actions.confirming import accept_plan_task, leave_out_passage
from bangfu.plans.actions.entering import enter_county_plan, start_county_plan
from bangfu.plans.actions.following import check_plan_task, report_plan_step
from bangfu.plans.enums import PassageState, PlanKind, Verdict
from bangfu.plans.models import Plan, PlanStep
from bangfu.plans.policies.reporting import may_report
from bangfu.plans.terms.proposals import facts_of

_TEXT = Path(__file__).with_name("county_plan.txt")
_PROMISES = (
    "领导批示和承诺事项（演示）\n"
    "1.{year} 年 12 月 20 日前解决上寨村 45 户饮水困难。（责任单位：县帮扶办）\n"
    "2.每季度至少到联系村调研一次。（责任单位：县帮扶办、县财政局）\n"
)


def make_plans(people: dict[str, User], places: dict[str, Region], *, at: datetime) -> None:
    """Through the same actions that people use."""
    office, county, year = people["xian"], places["county"], local_day(at).year
    text = _TEXT.read_text(encoding="utf-8")
    plan = _entered(office, county, at, PlanKind.SPECIAL, f"{year} 年社会帮扶专项方案", text)
    _confirm(office, plan, at)
    start_county_plan(by=office, at=at, plan=plan, planned=plan.planned)
    _report(people, plan, at)
    _entered(office, county, at, PlanKind.PROMISE, "领导批示和承诺事项", _PROMISES.format(year=year))


def _entered(by: User, region: Region, at: datetime, kind: PlanKind, title: str, text: str) -> Plan:
    year = local_day(at).year
    return enter_county_plan(
        by=by, at=at, region=region, kind=kind, year=year, title=f"{region.name}{title}", text=text
    )


def _confirm(by: User, plan: Plan, at: datetime) -> None:
    """Tasks with a unit are accepted as they were read, others left out."""
    for passage in plan.passages.filter(state=PassageState.WAITING):
        facts = facts_of(passage.proposal)
        if facts.leads or facts.helps:
            accept_plan_task(by=by, at=at, passage=passage, version=passage.version, facts=facts)
        else:
            reason = "是工作要求，不单列任务。"
            leave_out_passage(by=by, at=at, passage=passage, version=passage.version, reason=reason)


def _report(people: dict[str, User], plan: Plan, at: datetime) -> None:
    """Half of the steps that were due are reported, by a unit of the task or by the office for it."""
    today = local_day(at)
    owed = PlanStep.objects.filter(task__plan=plan, next_due_on__lt=today).select_related("task__plan")
    for number, step in enumerate(owed.order_by("next_due_on", "pk")):
        if number % 2 == 0:
            by = next(
                user
                for user in (people["yibao"], people["caizheng"], people["xian"])
                if may_report(user, step.task)
            )
            on = min(step.next_due_on or today, today)
            report_plan_step(by=by, at=at, step=step, on=on, words="按时限做完，材料已归档。", done=True)
    _check(people["xian"], plan, at, today)


def _check(by: User, plan: Plan, at: datetime, today: date) -> None:
    for number, task in enumerate(plan.tasks.select_related("plan")[:3]):
        verdict = Verdict.LAGGING if number == 1 else Verdict.ON_TRACK
        words = "培训人次只到六成，课程还缺一批。" if number == 1 else "和时限对得上。"
        check_plan_task(by=by, at=at, task=task, on=today, verdict=verdict, words=words)
