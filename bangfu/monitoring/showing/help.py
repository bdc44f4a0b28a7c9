"""A household's help as pages show it: risks against measures, the plan, each measure, warnings."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.urls import reverse

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.households.models import Household
from bangfu.households.policies.reach import reaches
from bangfu.monitoring.enums.help import MeasureKind, MeasureState, PlanState
from bangfu.monitoring.models import AssistancePlan, Measure
from bangfu.monitoring.policies.help import ALIVE, cash_share, may_help, warnings_of
from bangfu.monitoring.terms import answers

_SIGNALS = {
    MeasureState.PLANNED: "warn",
    MeasureState.UNDER_WAY: "now",
    MeasureState.DONE: "ok",
    MeasureState.STOPPED: "off",
}


def plan_view(
    household: Household,
    plan: AssistancePlan | None,
    measures: list[Measure],
    user: User,
    on: date,
) -> dict[str, Any]:
    """What ``monitoring/help/plan.html`` shows of a household."""
    manages = reaches(user, Permission.PLAN_MANAGE, household)
    records = reaches(user, Permission.MEASURE_RECORD, household)
    plain, all_ = cash_share(measures)
    return {
        "household": household,
        "plan": plan,
        "is_draft": plan is not None and plan.state == PlanState.DRAFT,
        "measures": [_measure(one, records) for one in measures],
        "matrix": matrix(household.risks, measures),
        "kinds": [kind.label for kind in _columns(household.risks)],
        "warnings": warnings_of(household, measures, on) if household.monitored_category else [],
        "cash": f"{plain} / {all_}" if all_ else "",
        "manages": manages and may_help(household),
    }


def _columns(risks: list[str]) -> list[MeasureKind]:
    wanted = {kind for kinds in answers(risks).values() for kind in kinds}
    return [kind for kind in MeasureKind if kind in wanted]


def matrix(risks: list[str], measures: list[Measure]) -> list[dict[str, Any]]:
    """For each risk and each kind that would answer it: proposed, planned, or carried out."""
    columns = _columns(risks)
    alive = [one for one in measures if one.state in ALIVE]
    return [
        {"risk": risk, "cells": [_cell(kind, kinds, alive) for kind in columns]}
        for risk, kinds in answers(risks).items()
    ]


def _cell(kind: MeasureKind, wanted: list[MeasureKind], measures: list[Measure]) -> dict[str, str]:
    if kind not in wanted:
        return {}
    held = [one for one in measures if one.kind == kind]
    if any(one.started_on for one in held):
        return {"kind": "ok", "word": "已落实"}
    return {"kind": "now", "word": "已安排"} if held else {"kind": "warn", "word": "可考虑"}


def _measure(one: Measure, records: bool) -> dict[str, Any]:
    open_ = one.state in (MeasureState.PLANNED, MeasureState.UNDER_WAY)
    return {
        "measure": one,
        "signal": {"kind": _SIGNALS[MeasureState(one.state)], "word": one.get_state_display()},
        "carry_url": reverse("carry_out_measure", args=[one.uid]) if records and open_ else "",
        "stop_url": reverse("stop_measure", args=[one.uid]) if records and open_ else "",
    }
