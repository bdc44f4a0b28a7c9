"""A case of one side of the world, with a record of every kind that has an address of its own."""

from __future__ import annotations

from typing import Any

from bangfu.access.models import User
from bangfu.core.models import Subject, SubjectKind
from bangfu.households.models import Household
from bangfu.monitoring import models as monitoring
from bangfu.monitoring.enums.cases import CaseKind, CheckResult
from bangfu.monitoring.enums.help import MeasureKind
from bangfu.workflow.actions.running import start_flow
from tests.cast import NOW, TODAY


def make_cases(household: Household, user: User, word: str) -> dict[str, Any]:
    """An identification with a negative answer, a refusal, an objection, a plan and a measure."""
    case = _case(household, user, word)
    check = monitoring.InformationCheck.objects.create(
        case=case,
        recorded_by=user,
        bureau=f"{word}公安",
        asked_on=TODAY,
        answered_on=TODAY,
        result=CheckResult.NEGATIVE,
        clue_kind="vehicle",
        detail=f"{word}有车",
    )
    monitoring.BureauUnit.objects.create(
        place=household.place[:6], bureau=check.bureau, unit=user.unit, valid_from=TODAY
    )
    refusal = monitoring.Refusal.objects.create(
        case=case,
        recorded_by=user,
        step="study",
        refused_on=TODAY,
        reason=f"{word}原因",
        letter=f"{word}告知",
    )
    objection = monitoring.CaseObjection.objects.create(
        case=case, recorded_by=user, refusal=refusal, objected_on=TODAY, words=f"{word}不同意"
    )
    return {
        "case": case,
        "check": check,
        "refusal": refusal,
        "case_objection": objection,
        **_help(household, user, word),
    }


def _case(household: Household, user: User, word: str) -> monitoring.Case:
    subject = Subject.objects.create(kind=SubjectKind.CASE, place=household.place, label=f"{word}个案")
    run = start_flow(
        by=user,
        at=NOW,
        code=CaseKind.IDENTIFICATION,
        subject=subject,
        place=household.place,
        discovered_on=TODAY,
        label=f"{word}户识别认定",
    )
    return monitoring.Case.objects.create(
        subject=subject,
        household=household,
        place=household.place,
        kind=CaseKind.IDENTIFICATION,
        run=run,
        discovered_on=TODAY,
        risks=["因病"],
    )


def _help(household: Household, user: User, word: str) -> dict[str, Any]:
    plan = monitoring.AssistancePlan.objects.create(
        household=household, number=1, needs=f"{word}需求", goal=f"{word}目标", drafted_by=user
    )
    measure = monitoring.Measure.objects.create(
        household=household,
        plan=plan,
        kind=MeasureKind.HEALTH,
        content=f"{word}措施",
        planned_from=TODAY,
    )
    return {"plan": plan, "measure": measure}
