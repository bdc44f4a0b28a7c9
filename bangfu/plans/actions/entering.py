"""A plan is entered with its text; its money is set and it starts to run."""

from __future__ import annotations

from datetime import datetime

from django.utils.timezone import localdate

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.policies import require
from bangfu.core import audit
from bangfu.core.changing import recording
from bangfu.core.models import Region, Subject, SubjectKind
from bangfu.plans.actions.writing import held_plan, noted
from bangfu.plans.enums import PassageKind, PassageState, PlanKind, PlanState
from bangfu.plans.models import Passage, Plan
from bangfu.plans.policies.plans import check_startable, check_text
from bangfu.plans.reading.reader import read_plan
from bangfu.plans.reading.shapes import AmountRole, Piece, PlanReading
from bangfu.plans.terms.proposals import proposal_of

_MANAGE = Permission.COUNTY_PLAN_MANAGE
_LABEL = 100


def enter_county_plan(
    *, by: User, at: datetime, region: Region, kind: PlanKind, year: int, title: str, text: str
) -> Plan:
    """Keep the text and what the reader makes of it. Raises NotPermitted, SituationForbids."""
    require(by, _MANAGE, region.code)
    check_text(text)
    reading = read_plan(text, year)
    with recording(by=by, at=at, verb="enter_county_plan") as change:
        plan = Plan.objects.create(
            subject=Subject.objects.create(kind=SubjectKind.PLAN, place=region.code, label=title[:_LABEL]),
            region=region,
            place=region.code,
            kind=kind,
            year=year,
            title=title.strip(),
            text=text,
            planned=_planned(reading),
            entered_on=localdate(at),
            entered_by=by,
        )
        for position, piece in enumerate(reading.pieces, start=1):
            _passage(plan, position, piece, reading)
        noted("enter_county_plan", plan, by, at, change, tasks=len(reading.tasks))
    return plan


def _planned(reading: PlanReading) -> int | None:
    """The one total that stands outside the tasks; None for none or several."""
    totals = [amount.high for amount in reading.planned if amount.role == AmountRole.TOTAL]
    return totals[0] if len(totals) == 1 else None


def _passage(plan: Plan, position: int, piece: Piece, reading: PlanReading) -> None:
    mentions = [*reading.left, *reading.questions]
    Passage.objects.create(
        plan=plan,
        position=position,
        start=piece.span.start,
        end=piece.span.end,
        kind=PassageKind(piece.kind.value),
        level=piece.level,
        chapter="　".join(piece.path)[:200],
        title=piece.title[:100],
        proposal=proposal_of(piece.task) if piece.task else {},
        doubts=list(piece.task.doubts) if piece.task else [],
        left=[[each.words, each.reason] for each in mentions if piece.span.holds(each.span)],
        state=PassageState.WAITING if piece.task else PassageState.NOTED,
    )


def start_county_plan(*, by: User, at: datetime, plan: Plan, planned: int | None) -> Plan:
    """Every stretch is decided: the units begin. ``planned`` is the whole money in fen, None for none.

    Raises NotPermitted; SituationForbids while something waits.
    """
    require(by, _MANAGE, plan.place)
    with recording(by=by, at=at, verb="start_county_plan") as change:
        row = held_plan(plan)
        check_startable(row)
        row.planned, row.state = planned, PlanState.RUNNING
        row.save()
        noted("start_county_plan", row, by, at, change, tasks=row.tasks.count())
    return row


def print_county_plan(
    *, by: User, at: datetime, plan: Plan, paper: str, form: str, address: str | None
) -> None:
    """Note that somebody took a notice about the plan as a file. Raises NotPermitted."""
    require(by, Permission.COUNTY_PLAN_VIEW, plan.place)
    facts = {"plan": str(plan.uid), "paper": paper, "form": form}
    audit.record(by=by, at=at, verb="print_county_plan", subject=plan.subject, data=facts, address=address)
