"""What a unit plans for its village, really brings, and sums up (C-037, C-212, C-215)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from bangfu.access.models import User
from bangfu.core import audit
from bangfu.core.changing import recording
from bangfu.core.errors import SituationForbids
from bangfu.core.models import Change, Region
from bangfu.evidence.models import EvidenceFile
from bangfu.households.actions.locking import current
from bangfu.households.reckoning.days import local_day
from bangfu.support.enums.units import PlanStanding
from bangfu.support.models import Brought, Party, YearPlan, YearSummary
from bangfu.support.policies.assistance import check_brought, check_record_for, check_stands_for, check_year


@dataclass(frozen=True)
class Planned:
    """What a village needs and what the unit will do about it; the planned sum in fen."""

    needs: str
    measures: str
    planned_fen: int | None = None


@dataclass(frozen=True)
class Brings:
    """One thing that was brought: what kind, on which day, what, and how much (fen) or how many."""

    kind: str
    on: date
    what: str
    amount_fen: int | None = None
    count: int | None = None
    paper: EvidenceFile | None = None


def plan_year(
    *, by: User, at: datetime, party: Party, region: Region, year: int, planned: Planned
) -> YearPlan:
    """A unit's plan for a village for a year, as a draft; one that is a draft is written anew.

    Raises NotPermitted; SituationForbids without a tie, for another year, and for a plan that is adopted.
    """
    check_record_for(by, party, region.code)
    today = local_day(at)
    check_year(year, today, over=False)
    check_stands_for(party, region, max(today, date(year, 1, 1)))
    with recording(by=by, at=at, verb="plan_year") as change:
        Party.objects.select_for_update(of=("self",)).get(pk=party.pk)
        plan = YearPlan.objects.filter(party=party, region=region, year=year).first()
        if plan is not None and plan.standing != PlanStanding.DRAFT:
            raise SituationForbids(f"{region.name} {year} 年的计划{plan.get_standing_display()}，不能再改。")
        plan = plan or YearPlan(party=party, region=region, place=region.code, year=year)
        plan.needs, plan.measures = planned.needs.strip(), planned.measures.strip()
        plan.planned_fen = planned.planned_fen
        plan.save()
        _note(by, at, "plan_year", party, change, plan=str(plan.uid), year=year)
    return plan


def adopt_year_plan(*, by: User, at: datetime, plan: YearPlan, version: int, adopted_on: date) -> YearPlan:
    """A draft becomes the plan; raises NotPermitted, StaleVersion, SituationForbids for any other."""
    check_record_for(by, plan.party, plan.place)
    with recording(by=by, at=at, verb="adopt_year_plan", effective_on=adopted_on) as change:
        held = current(plan, version, "这份计划")
        if held.standing != PlanStanding.DRAFT:
            raise SituationForbids(f"这份计划{held.get_standing_display()}，不用再定。")
        if adopted_on > local_day(at):
            raise SituationForbids(f"定下日期最晚到今天（{local_day(at)}）。")
        held.standing, held.adopted_on = PlanStanding.ADOPTED, adopted_on
        held.save()
        _note(by, at, "adopt_year_plan", held.party, change, plan=str(held.uid))
    return held


def finish_year_plan(*, by: User, at: datetime, plan: YearPlan, version: int, result: str) -> YearPlan:
    """What came of a plan; raises NotPermitted, StaleVersion, SituationForbids before it is adopted."""
    check_record_for(by, plan.party, plan.place)
    with recording(by=by, at=at, verb="finish_year_plan") as change:
        held = current(plan, version, "这份计划")
        if held.standing == PlanStanding.DRAFT:
            raise SituationForbids("计划还没有定下，先定计划，再写完成情况。")
        if not result.strip():
            raise SituationForbids("请写完成情况：做了什么，没做成的写原因。")
        held.standing, held.result, held.finished_on = PlanStanding.FINISHED, result.strip(), local_day(at)
        held.save()
        _note(by, at, "finish_year_plan", held.party, change, plan=str(held.uid))
    return held


def record_brought(*, by: User, at: datetime, party: Party, region: Region, brings: Brings) -> Brought:
    """Something a unit really brought to a place. Raises NotPermitted; SituationForbids without a tie, for a
    day to come, and without the figure that its kind asks for.
    """
    check_record_for(by, party, region.code)
    check_brought(brings.kind, brings.on, brings.amount_fen, brings.count, local_day(at))
    check_stands_for(party, region, brings.on)
    with recording(by=by, at=at, verb="record_brought", effective_on=brings.on) as change:
        row = Brought.objects.create(
            party=party,
            region=region,
            place=region.code,
            kind=brings.kind,
            on=brings.on,
            what=brings.what.strip(),
            amount_fen=brings.amount_fen,
            count=brings.count,
            paper=brings.paper,
        )
        _note(by, at, "record_brought", party, change, brought=str(row.uid), kind=brings.kind)
    return row


def withdraw_brought(*, by: User, at: datetime, brought: Brought, version: int, reason: str) -> Brought:
    """Take down what was typed wrongly; it stays, crossed out, with the reason, and no sum counts it."""
    check_record_for(by, brought.party, brought.place)
    if not reason.strip():
        raise SituationForbids("请写撤下的原因，例如：金额填错，已另登记。")
    with recording(by=by, at=at, verb="withdraw_brought", reason=reason) as change:
        held = current(brought, version, "这条成果")
        if held.withdrawn_reason:
            raise SituationForbids("这条成果已经撤下了。")
        held.withdrawn_reason = reason.strip()
        held.save()
        _note(by, at, "withdraw_brought", held.party, change, brought=str(held.uid))
    return held


def hand_in_summary(*, by: User, at: datetime, party: Party, year: int, text: str) -> YearSummary:
    """A unit's yearly summary; handed in again it replaces the words, history keeps the former ones.

    Raises NotPermitted; SituationForbids without words and before the year's last quarter.
    """
    check_record_for(by, party)
    today = local_day(at)
    check_year(year, today, over=True)
    if not text.strip():
        raise SituationForbids("请写总结。没有保存。")
    with recording(by=by, at=at, verb="hand_in_summary", effective_on=today) as change:
        Party.objects.select_for_update(of=("self",)).get(pk=party.pk)
        row = YearSummary.objects.filter(party=party, year=year).first()
        row = row or YearSummary(party=party, place=party.place, year=year)
        row.text, row.handed_in_on = text.strip(), today
        row.save()
        _note(by, at, "hand_in_summary", party, change, year=year)
    return row


def _note(by: User, at: datetime, verb: str, party: Party, change: Change, **data: Any) -> None:
    data = {"party": str(party.uid), **data}
    audit.record(by=by, at=at, verb=verb, subject=party.subject, data=data, change=change)
