"""The county's own lines of the lists' calendar, reminders, and telling departments what came of theirs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from bangfu.access.models import Unit, User
from bangfu.access.permissions import Permission
from bangfu.access.policies import require
from bangfu.core import audit
from bangfu.core.changing import recording
from bangfu.core.errors import SituationForbids
from bangfu.households.reckoning.days import local_day
from bangfu.monitoring.enums.clues import ListFrequency
from bangfu.monitoring.models import ListReminder, ListRequirement
from bangfu.monitoring.queries.list_results import judged_facts
from bangfu.monitoring.rules import dataset_title
from bangfu.screening.catalogue.definitions import GRADES

_LAST_DAY, _LAST_MONTH = 31, 12


@dataclass(frozen=True)
class Requirement:
    """Who sends a list how often and by when, and where that is written."""

    department: str
    frequency: ListFrequency
    due_day: int | None
    due_months: Sequence[int]
    valid_from: date
    basis: str
    grade: str
    unit: Unit | None = None


def set_list_requirement(
    *, by: User, at: datetime, place: str, dataset: str, facts: Requirement
) -> ListRequirement:
    """Put in the county's own line for a list; it holds from its day on, former ones stay on record.

    Raises NotPermitted, SituationForbids for a day or month that is none, or without basis.
    """
    require(by, Permission.LIST_CALENDAR_MANAGE, place)
    _check(facts)
    with recording(by=by, at=at, verb="set_list_requirement", effective_on=facts.valid_from) as change:
        row = ListRequirement.objects.create(
            place=place,
            dataset=dataset,
            department=facts.department.strip(),
            unit=facts.unit,
            frequency=facts.frequency,
            due_day=None if facts.frequency == ListFrequency.EVENT else facts.due_day,
            due_months=sorted(facts.due_months),
            valid_from=facts.valid_from,
            basis=facts.basis.strip(),
            grade=facts.grade,
        )
        audit.record(
            by=by,
            at=at,
            verb="set_list_requirement",
            place=place,
            summary=dataset_title(dataset),
            data={"dataset": dataset},
            change=change,
        )
    return row


def _check(facts: Requirement) -> None:
    if not facts.basis.strip() or facts.grade not in GRADES:
        raise SituationForbids("请写依据和依据等级。没有保存。")
    if facts.frequency == ListFrequency.EVENT:
        return
    if facts.due_day is None or not 1 <= facts.due_day <= _LAST_DAY:
        raise SituationForbids("请填几号以前，1 到 31；月底填 31。")
    if any(not 1 <= month <= _LAST_MONTH for month in facts.due_months):
        raise SituationForbids("月份是 1 到 12。")
    if facts.frequency != ListFrequency.MONTHLY and not facts.due_months:
        raise SituationForbids("每学期、每年报的，请填哪几个月。")


def remind_list(
    *, by: User, at: datetime, place: str, dataset: str, due_on: date, note: str = ""
) -> ListReminder:
    """Note that a department was reminded of a list due on a day. Raises NotPermitted."""
    require(by, Permission.LIST_CALENDAR_MANAGE, place)
    with transaction.atomic():
        row = ListReminder.objects.create(
            place=place, dataset=dataset, due_on=due_on, note=note.strip(), reminded_by=by, reminded_at=at
        )
        audit.record(
            by=by,
            at=at,
            verb="remind_list",
            place=place,
            summary=f"{dataset_title(dataset)}，应报 {due_on}",
            data={"dataset": dataset},
        )
    return row


def return_results(*, by: User, at: datetime, place: str, dataset: str, month: date) -> int:
    """Mark that the verdicts of a month went back to the department that sent the list; how many.

    Raises NotPermitted, SituationForbids when there is nothing that was not returned before.
    """
    require(by, Permission.LIST_CALENDAR_MANAGE, place)
    with transaction.atomic():
        facts = judged_facts(place, dataset, month).filter(returned_on=None)
        count = facts.update(returned_on=local_day(at), returned_by=by)
        if not count:
            raise SituationForbids("这个月没有还没反馈的核实结果。")
        audit.record(
            by=by,
            at=at,
            verb="return_results",
            place=place,
            summary=f"{dataset_title(dataset)} {month:%Y-%m}，{count} 件",
            data={"dataset": dataset, "count": count},
        )
    return count


def export_results(*, by: User, at: datetime, place: str, dataset: str, month: date, count: int) -> None:
    """Note that the verdicts of a month were taken out as a workbook."""
    with transaction.atomic():
        audit.record(
            by=by,
            at=at,
            verb="export_results",
            place=place,
            summary=f"{dataset_title(dataset)} {month:%Y-%m}，{count} 件",
            data={"dataset": dataset, "count": count},
        )
