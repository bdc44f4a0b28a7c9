"""What falls due in projects in a month: plans, contracts, notices, steps, and what upper rooms add."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.core.models import SubjectKind
from bangfu.projects.enums.admission import ProjectState
from bangfu.projects.models import Contract, Posting, Project
from bangfu.workflow.models import FlowRun
from bangfu.workflow.versions import flow_of_run

_VIEW = Permission.PROJECT_VIEW
_RUNNING = (ProjectState.PLANNED, ProjectState.UNDERWAY)


@dataclass(frozen=True)
class Deadline:
    """What is due on a day in a project; ``tab`` of the project's page is where it is done."""

    on: date
    what: str
    project: Project
    tab: str = ""


Source = Callable[[User, date, date], Iterable[Deadline]]
_more: list[Source] = []


def register_deadlines(source: Source) -> None:
    """An upper room's deadlines: ``source(user, first, last)``; called when the application starts."""
    if source not in _more:
        _more.append(source)


def deadlines_between(user: User, first: date, last: date) -> list[Deadline]:
    """Everything in reach that is due from ``first`` to ``last``, by day."""
    found = [each for source in (*_SOURCES, *_more) for each in source(user, first, last)]
    return sorted(found, key=lambda each: (each.on, each.project.place, each.what))


def _plans(user: User, first: date, last: date) -> Iterator[Deadline]:
    rows = Project.objects.visible_to(user, _VIEW).filter(state__in=_RUNNING).select_related("region")
    for project in rows.filter(starts_on__range=(first, last), state=ProjectState.PLANNED):
        yield Deadline(project.starts_on, "计划开工", project, "works")
    for project in rows.filter(ends_on__range=(first, last)):
        yield Deadline(project.ends_on, "计划竣工", project, "works")


def _contracts(user: User, first: date, last: date) -> Iterator[Deadline]:
    seen = Contract.objects.visible_to(user, _VIEW).filter(void_reason="")
    rows = seen.select_related("project__region")
    for contract in rows.filter(ends_on__range=(first, last), project__state__in=_RUNNING):
        yield Deadline(contract.ends_on, f"合同竣工（{contract.number}）", contract.project, "works")
    for contract in rows.filter(warranty_until__range=(first, last)):
        word = "质保期满，质保金可退" if contract.retention else "质保期满"
        yield Deadline(contract.warranty_until, f"{word}（{contract.number}）", contract.project, "works")


def _postings(user: User, first: date, last: date) -> Iterator[Deadline]:
    rows = Posting.objects.visible_to(user, _VIEW).filter(ends_on__range=(first, last), withdrawn_on=None)
    for posting in rows.select_related("project__region"):
        word = f"{posting.get_level_display()}{posting.get_stage_display()}期满"
        yield Deadline(posting.ends_on, word, posting.project, "deciding")


def _steps(user: User, first: date, last: date) -> Iterator[Deadline]:
    """The limits of the steps in which projects stand."""
    projects = Project.objects.visible_to(user, _VIEW).select_related("region")
    runs = FlowRun.objects.filter(subject__kind=SubjectKind.PROJECT, due_on__range=(first, last))
    due = {run.subject_id: run for run in runs.select_related("definition")}
    for project in projects.filter(subject__in=due):
        run = due[project.subject_id]
        if run.due_on:
            yield Deadline(run.due_on, f"“{flow_of_run(run).states[run.state].title}”期限", project)


_SOURCES: tuple[Source, ...] = (_plans, _contracts, _postings, _steps)


def month_of(day: date) -> tuple[date, date]:
    """The first and the last day of a month."""
    first = day.replace(day=1)
    return first, (first + timedelta(days=32)).replace(day=1) - timedelta(days=1)
