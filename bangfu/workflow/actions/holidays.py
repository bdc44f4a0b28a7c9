"""The holiday table of a year, and the limits that it moves."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.scope import has_permission
from bangfu.core import audit
from bangfu.core.changing import recording
from bangfu.core.errors import NotPermitted, SituationForbids
from bangfu.screening.catalogue.definitions import GRADES
from bangfu.workflow.actions.pausing import reckon
from bangfu.workflow.calendars import TableDay, calendar_now
from bangfu.workflow.enums import DayKind
from bangfu.workflow.limits import Spans, pauses_of
from bangfu.workflow.models import FlowRun, Holiday

_SATURDAY = 5


def load_holidays(
    *, by: User, at: datetime, year: int, days: Sequence[TableDay], basis: str, grade: str
) -> int:
    """Replace the table of a year and reckon the limits of open runs anew; the number of runs that moved.

    Raises NotPermitted, SituationForbids for an empty table, a day of another year, twice, or without effect.
    """
    if not has_permission(by, Permission.FLOW_MANAGE):
        raise NotPermitted("您没有改节假日表的权限，什么都没有改动。")
    _possible(year, days, basis, grade)
    with recording(by=by, at=at, verb="load_holidays", reason=basis) as change:
        Holiday.objects.filter(year=year).delete()
        Holiday.objects.bulk_create(
            Holiday(year=year, day=each.day, kind=each.kind, name=each.name, basis=basis.strip(), grade=grade)
            for each in days
        )
        moved = reckon_open_runs()
        data = {"year": year, "days": len(days), "moved": moved}
        audit.record(by=by, at=at, verb="load_holidays", summary=f"{year} 年", data=data, change=change)
    return moved


def reckon_open_runs() -> int:
    """Set the last days of all open runs by the present table; how many changed. Inside a recording."""
    calendar, spans = calendar_now(), Spans()
    rows = FlowRun.objects.select_for_update(of=("self",)).exclude(owner_permission="")
    runs = list(rows.select_related("definition").defer("definition__text"))
    pauses = pauses_of([run.pk for run in runs])
    changed = []
    for run in runs:
        before = (run.step_due_on, run.total_due_on, run.due_on)
        reckon(run, pauses.get(run.pk, []), calendar, spans)
        if (run.step_due_on, run.total_due_on, run.due_on) != before:
            changed.append(run)
    FlowRun.objects.bulk_update(changed, ["step_due_on", "total_due_on", "due_on"], batch_size=200)
    return len(changed)


def _possible(year: int, days: Sequence[TableDay], basis: str, grade: str) -> None:
    if not days:
        raise SituationForbids("表里一天也没有，没有装入。请核对后再装。")
    if not basis.strip() or grade not in GRADES:
        raise SituationForbids("请写文件依据和依据等级。没有装入。")
    seen: set[date] = set()
    for each in days:
        if each.day.year != year:
            raise SituationForbids(f"{each.day} 不是 {year} 年的。没有装入，请核对。")
        if each.day in seen:
            raise SituationForbids(f"{each.day} 写了两次。没有装入，请核对。")
        if each.kind is DayKind.WORK and each.day.weekday() < _SATURDAY:
            raise SituationForbids(f"{each.day} 本来就上班，不用写成调休上班。没有装入，请核对。")
        seen.add(each.day)
