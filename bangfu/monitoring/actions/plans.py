"""Assistance plans: drafted, adopted, replaced by the next version (C-186)."""

from __future__ import annotations

from datetime import date, datetime

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.core import audit
from bangfu.core.changing import recording
from bangfu.core.errors import SituationForbids, StaleVersion
from bangfu.households.actions.locking import locked
from bangfu.households.models import Household
from bangfu.households.policies.households import check_household_present
from bangfu.households.policies.reach import check_reaches
from bangfu.households.reckoning.days import local_day
from bangfu.monitoring.enums.help import PlanState
from bangfu.monitoring.models import AssistancePlan, Measure
from bangfu.monitoring.policies.cases import check_day
from bangfu.monitoring.policies.help import check_development, check_help_may_begin, helpers_now
from bangfu.monitoring.queries.cases import open_case_of


def draft_plan(*, by: User, at: datetime, household: Household, needs: str, goal: str) -> AssistancePlan:
    """The next version of a household's plan; a draft that is there is rewritten.

    Raises NotPermitted; SituationForbids for a household that is not monitored and not on the green channel.
    """
    check_reaches(by, Permission.PLAN_MANAGE, household)
    with recording(by=by, at=at, verb="draft_plan") as change:
        held = locked(household)
        check_household_present(held)
        case = open_case_of(held)
        check_help_may_begin(held, case)
        plan = held.plans.filter(state=PlanState.DRAFT).first() or AssistancePlan(
            household=held, case=case, number=held.plans.count() + 1
        )
        plan.needs, plan.goal, plan.drafted_by = needs, goal, by
        plan.save()
        Measure.objects.filter(household=held, plan__isnull=True).update(plan=plan)
        data = {"plan": str(plan.uid), "number": plan.number}
        audit.record(by=by, at=at, verb="draft_plan", subject=held.subject, data=data, change=change)
    return plan


def adopt_plan(
    *, by: User, at: datetime, plan: AssistancePlan, version: int, adopted_on: date
) -> AssistancePlan:
    """The draft becomes the plan that holds; the one before is replaced.

    Raises NotPermitted, StaleVersion; SituationForbids without exactly one helper, without measures, and for
    a household with labour without a development measure.
    """
    check_reaches(by, Permission.PLAN_MANAGE, plan.household)
    with recording(by=by, at=at, verb="adopt_plan", effective_on=adopted_on) as change:
        household = locked(plan.household)
        draft = AssistancePlan.objects.select_for_update().get(pk=plan.pk)
        if draft.version != version or draft.state != PlanState.DRAFT:
            raise StaleVersion(f"这一版方案刚被别人办过，现在“{draft.get_state_display()}”。请刷新后再看。")
        measures = list(Measure.objects.filter(household=household))
        _check_ready(household, measures, adopted_on, local_day(at))
        household.plans.filter(state=PlanState.ADOPTED).update(state=PlanState.REPLACED)
        draft.state, draft.adopted_on = PlanState.ADOPTED, adopted_on
        draft.helper = helpers_now(household)[0]
        draft.save()
        data = {"plan": str(draft.uid), "number": draft.number, "measures": len(measures)}
        audit.record(by=by, at=at, verb="adopt_plan", subject=household.subject, data=data, change=change)
    return draft


def _check_ready(household: Household, measures: list[Measure], on: date, today: date) -> None:
    check_day("定下日期", on, date.min, today)
    helpers = helpers_now(household)
    if len(helpers) != 1:
        raise SituationForbids(f"帮扶责任人现在有 {len(helpers)} 名。每户恰有一名机关干部，请先结好对。")
    if not measures:
        raise SituationForbids("方案里还没有措施。缺什么补什么，至少写一项。")
    check_development(household, measures, on)
