"""The assistance plan as a paper."""

from __future__ import annotations

from datetime import date
from typing import Any

from bangfu.core.money import yuan_text
from bangfu.core.parameters import value
from bangfu.households.enums import MemberState
from bangfu.monitoring.models import Case, Measure
from bangfu.monitoring.policies.help import helpers_now
from bangfu.monitoring.queries.help import measures_of, plan_of


def plan_paper(case: Case, on: date) -> dict[str, Any]:
    """What the template ``assistance_plan`` needs."""
    household = case.household
    plan, helpers = plan_of(household), helpers_now(household)
    helper = helpers[0] if helpers else None
    words = value("labour_words", on=on, place=household.place)
    return {
        "head": household.head_name,
        "group": household.group_name,
        "people": household.member_count,
        "labourers": household.members.filter(state=MemberState.PRESENT, labour__in=words).count(),
        "category": case.get_category_display(),
        "approved_on": case.approval.approved_on if case.approval else None,
        "helper": helper.name if helper else None,
        "helper_post": helper.post if helper else None,
        "needs": plan.needs if plan else None,
        "measures": [_row(one) for one in measures_of(household)],
        "goal": plan.goal if plan else None,
    }


def _row(one: Measure) -> dict[str, Any]:
    return {
        "risk": one.risk,
        "name": f"{one.get_kind_display()}：{one.content}",
        "owner": one.in_charge,
        "starts_on": one.started_on or one.planned_from,
        "due_on": one.planned_to,
        "amount": yuan_text(one.amount_fen) if one.amount_fen is not None else None,
    }
