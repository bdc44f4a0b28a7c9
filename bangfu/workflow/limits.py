"""Last days: from a dated parameter in calendar or working days, with pauses, said in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bangfu.core import parameters
from bangfu.core.definitions import definition_of
from bangfu.core.models import Parameter
from bangfu.ui.formats import iso_day
from bangfu.workflow.among import among
from bangfu.workflow.calendars import WorkCalendar, calendar_now
from bangfu.workflow.definition.model import Flow, Limit, LimitUnit
from bangfu.workflow.models import FlowPause, FlowRun
from bangfu.workflow.versions import flow_of_run

SOON = "flow_soon_days"
"""The parameter: so many working days before its end a limit counts as soon due."""

Pauses = Sequence[tuple[date, date]]


@dataclass(frozen=True)
class DueView:
    """What a page says of a limit. ``left`` counts in ``unit`` and is negative when it is over."""

    due_on: date | None
    left: int | None
    unit: LimitUnit
    word: str
    kind: str
    explained: str = ""

    @property
    def signal(self) -> str:
        """The kind of light: ok, warn, bad or off."""
        return {"ok": "ok", "soon": "warn", "overdue": "bad"}.get(self.kind, "off")


class Spans:
    """The lengths of limits, asked once for each day and each place whose values differ."""

    def __init__(self) -> None:
        self._named: dict[str, set[str]] = {}
        self._counts: dict[tuple[str, date, str], int] = {}

    def count(self, parameter: str, on: date, place: str) -> int:
        """The value in force; raises ParameterMissing."""
        near = max((each for each in self._places(parameter) if place.startswith(each)), key=len, default="")
        key = (parameter, on, near)
        if key not in self._counts:
            self._counts[key] = int(parameters.value(parameter, on=on, place=near))
        return self._counts[key]

    def _places(self, parameter: str) -> set[str]:
        """The places that values of the parameter name."""
        if parameter not in self._named:
            rows = Parameter.objects.filter(code=parameter).values_list("place", flat=True)
            shipped = {each.place for each in definition_of(parameter).values}
            self._named[parameter] = shipped.union(rows.order_by().distinct())
        return self._named[parameter]


def last_day(
    limit: Limit | None,
    start: date,
    place: str,
    calendar: WorkCalendar,
    spans: Spans,
    pauses: Pauses = (),
) -> date | None:
    """The last day of a limit that began on ``start``; None without a limit.

    The parameter holds as on the first day. Raises ParameterMissing without a value.
    """
    if limit is None:
        return None
    stood_still = sum(
        calendar.between(max(first, start), last, limit.unit) for first, last in pauses if last > start
    )
    return calendar.add(start, spans.count(limit.parameter, start, place) + stood_still, limit.unit)


def last_days(limit: Limit | None, start: date, places: Iterable[str]) -> dict[str, date | None]:
    """``last_day`` for many places at once, asking only where values differ."""
    calendar, spans = calendar_now(), Spans()
    return {place: last_day(limit, start, place, calendar, spans) for place in places}


def lengths_of(flow: Flow, on: date, place: str) -> dict[str, str]:
    """How long each limit of a flow is in a place, in words, by its id."""
    return {id: _length(limit, on, place) for id, limit in flow.limits.items()}


def _length(limit: Limit, on: date, place: str) -> str:
    found = parameters.in_force(limit.parameter, on, place)
    if found is None:
        return f"时限还没有值（参数 {limit.parameter}）"
    return f"限{found.text}{limit.unit.word}" + ("（依据未核实）" if found.unverified else "")


def nearer(step: date | None, total: date | None) -> date | None:
    """The first of two last days."""
    return min((day for day in (step, total) if day is not None), default=None)


def soon_until(on: date, calendar: WorkCalendar, place: str = "") -> date:
    """What is due up to this day counts as soon due."""
    return calendar.add(on, int(parameters.value(SOON, on=on, place=place)), LimitUnit.WORKING)


def due_of(run: FlowRun, on: date) -> DueView:
    """The nearer of a run's limits on a day, with how it was reckoned."""
    calendar = calendar_now()
    view = due_view(run, on, calendar, soon_until(on, calendar, run.place))
    return DueView(view.due_on, view.left, view.unit, view.word, view.kind, explained(run, calendar))


def due_view(run: FlowRun, on: date, calendar: WorkCalendar, soon: date) -> DueView:
    """The nearer limit in words, without a question to the database beyond the parsed definition."""
    unit = unit_of(run)
    if run.has_ended:
        return DueView(None, None, unit, "已办结", "none")
    if run.paused_on is not None:
        return DueView(None, None, unit, "暂停，期限不走", "paused")
    if run.due_on is None:
        return DueView(None, None, unit, "没有期限", "none")
    left = calendar.between(on, run.due_on, unit)
    if run.due_on < on:
        over = -left or 1
        return DueView(run.due_on, -over, unit, f"已超{over}{unit.word}", "overdue")
    word = "今天到期" if run.due_on == on else f"剩{left}{unit.word}"
    return DueView(run.due_on, left, unit, word, "soon" if run.due_on <= soon else "ok")


def unit_of(run: FlowRun) -> LimitUnit:
    """In what the nearer limit of a run counts."""
    limit = limit_in_force(run)
    return limit.unit if limit else LimitUnit.CALENDAR


def limit_in_force(run: FlowRun) -> Limit | None:
    """The limit that ends first: the step's or the total one."""
    flow = flow_of_run(run)
    state = flow.states[run.state]
    total = flow.total_at(state)
    total_due = run.total_due_on if total else None
    if run.step_due_on is not None and nearer(run.step_due_on, total_due) == run.step_due_on:
        return flow.limits[state.limit]
    return total


def explained(run: FlowRun, calendar: WorkCalendar) -> str:
    """How the last days of a run come about, with parameter and basis."""
    flow = flow_of_run(run)
    state = flow.states[run.state]
    parts = [
        _told("本环节", flow.limits.get(state.limit), run.entered_on, run.step_due_on, run.place),
        _told("全程", flow.total_at(state), run.discovered_on, run.total_due_on, run.place),
        _weekends_only(run, flow, calendar),
    ]
    return "".join(part for part in parts if part)


def _told(what: str, limit: Limit | None, start: date, due: date | None, place: str) -> str:
    if limit is None or due is None:
        return ""
    value = parameters.explain(limit.parameter, start, place)
    basis = value.basis + ("，依据未核实" if value.unverified else "")
    span = f"{value.text}{limit.unit.word}"
    return f"{what}限{span}（{basis}），从 {iso_day(start)} 算起，到 {iso_day(due)}。"


def _weekends_only(run: FlowRun, flow: Flow, calendar: WorkCalendar) -> str:
    ends = [day for day in (run.step_due_on, run.total_due_on) if day is not None]
    working = any(limit.unit is LimitUnit.WORKING for limit in flow.limits.values())
    years = calendar.unknown_years(run.discovered_on, max(ends)) if ends and working else []
    return f"{'、'.join(map(str, years))}年还没有节假日表，只扣了周末。" if years else ""


def pauses_of(runs: Iterable[int]) -> Mapping[int, list[tuple[date, date]]]:
    """The finished pauses of runs, by run id."""
    found: dict[int, list[tuple[date, date]]] = {}
    for pause in FlowPause.objects.filter(run__in=among(runs), resumed_on__isnull=False):
        found.setdefault(pause.run_id, []).append((pause.paused_on, pause.resumed_on))
    return found
