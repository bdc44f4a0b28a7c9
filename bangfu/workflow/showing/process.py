"""The process bar: the steps of a run with date, person and papers; what is missing stands in red."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.urls import reverse

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.ui.formats import iso_day, short_day
from bangfu.workflow.definition.model import Flow, State
from bangfu.workflow.evaluating import lacking_papers, needs_of
from bangfu.workflow.limits import due_of
from bangfu.workflow.models import FlowRun
from bangfu.workflow.queries import HistoryEntry, history_of
from bangfu.workflow.reach import reaches, takes_part
from bangfu.workflow.versions import flow_of_run

PANEL = "#step-panel"


def process_bar(run: FlowRun, user: User, on: date) -> dict[str, Any]:
    """What ``workflow/parts/process_bar.html`` shows of a run on a day."""
    flow, history = flow_of_run(run), history_of(run)
    latest = {entry.state: entry for entry in history}
    ahead = _ahead(flow, run)
    lacking = lacking_papers(run, [id for id in latest if id not in ahead and id != run.state])
    opens = reaches(user, Permission.EVIDENCE_VIEW, run)
    due = due_of(run, on)
    begun = "发现" if flow.total_limit else "起"
    steps = [
        _step(state, run, latest.get(state.id), state.id in ahead, lacking, opens, on)
        for state in _in_order(flow, history, ahead, run)
    ]
    return {
        "heading": flow.title,
        "note": f"第 {run.definition.number} 版 · {iso_day(run.discovered_on)} {begun}",
        "due": due,
        "diagram_url": f"{reverse('flow_file', args=[run.uid])}#drawn" if takes_part(user, run) else "",
        "blocked": _blocked(lacking),
        "steps": steps,
    }


def _ahead(flow: Flow, run: FlowRun) -> list[str]:
    """The states still to come on the ordinary way, without the present one."""
    found: list[str] = []
    onward = flow.states[run.state].onward
    while onward is not None and onward.to not in found and onward.to != run.state:
        found.append(onward.to)
        onward = flow.states[onward.to].onward
    return found


def _in_order(flow: Flow, history: Sequence[HistoryEntry], ahead: Sequence[str], run: FlowRun) -> list[State]:
    """What was passed, where the run stands, what comes."""
    passed = dict.fromkeys(entry.state for entry in history if entry.state not in ahead)
    passed.pop(run.state, None)
    return [flow.states[id] for id in [*passed, run.state, *ahead]]


def _blocked(lacking: Mapping[str, str]) -> dict[str, str] | None:
    if not lacking:
        return None
    return {"word": f"前面的环节有 {len(lacking)} 处缺件", "url": PANEL, "label": "去补"}


def _step(
    state: State,
    run: FlowRun,
    entry: HistoryEntry | None,
    is_ahead: bool,
    lacking: Mapping[str, str],
    opens: bool,
    on: date,
) -> dict[str, Any]:
    if state.id == run.state and not run.has_ended:
        return _present(state, run, on)
    if is_ahead or entry is None:
        return {"name": state.title, "state": "todo"}
    missing = lacking.get(state.id)
    return {
        "name": state.title,
        "state": "miss" if missing else "done",
        "date": short_day(entry.left_on or entry.entered_on, on),
        "person": entry.person,
        "evidence": _evidence(entry, missing, opens),
        "late": entry.was_late,
    }


def _present(state: State, run: FlowRun, on: date) -> dict[str, Any]:
    missing = needs_of([run], on)[run.pk].missing
    due = f"应 {short_day(run.step_due_on, on)}" if run.step_due_on else f"{short_day(run.entered_on, on)} 起"
    word = {"kind": "bad", "word": f"差 {len(missing)} 项", "url": PANEL} if missing else None
    return {"name": state.title, "state": "now", "date": due, "person": "待办", "evidence": word}


def _evidence(entry: HistoryEntry, missing: str | None, opens: bool) -> dict[str, str] | None:
    if missing:
        return {"kind": "bad", "word": missing, "url": PANEL}
    if not entry.papers:
        return None
    last = entry.papers[-1].evidence
    url = reverse("open_evidence", args=[last.uid]) if opens else ""
    return {"kind": "ok", "word": f"材料 {len(entry.papers)} 份", "icon": "file-text", "url": url}
