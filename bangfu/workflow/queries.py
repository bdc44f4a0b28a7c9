"""The readers of this room."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import Http404

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.scope import has_permission, scope_q
from bangfu.workflow.models import FlowCopy, FlowPause, FlowRun, FlowStep, StepPaper
from bangfu.workflow.reach import takes_part
from bangfu.workflow.versions import flow_of_run


@dataclass(frozen=True)
class HistoryEntry:
    """One passage through a state: since when, until when, who took it on, how and with what words."""

    number: int
    state: str
    title: str
    entered_on: date
    due_on: date | None
    left_on: date | None
    left_at: datetime | None
    person: str
    transition: str
    note: str
    number_given: str
    returned: bool
    papers: tuple[StepPaper, ...]

    @property
    def was_late(self) -> bool:
        """Whether it was done after its last day."""
        return self.due_on is not None and self.left_on is not None and self.left_on > self.due_on


def history_of(run: FlowRun) -> list[HistoryEntry]:
    """Every step of a run, the first one first; two queries."""
    flow = flow_of_run(run)
    papers: dict[int, list[StepPaper]] = defaultdict(list)
    for paper in StepPaper.objects.filter(run=run).select_related("evidence").order_by("pk"):
        papers[paper.step_id].append(paper)
    entries = []
    for step in FlowStep.objects.filter(run=run).select_related("left_by__unit").order_by("number"):
        state = flow.states[step.state]
        way = state.transition(step.transition) if step.transition else None
        entries.append(
            HistoryEntry(
                number=step.number,
                state=step.state,
                title=state.title,
                entered_on=step.entered_on,
                due_on=step.due_on,
                left_on=step.left_on,
                left_at=step.left_at,
                person=_person(step),
                transition=way.title if way else "",
                note=step.note,
                number_given=step.number_given,
                returned=step.returned,
                papers=tuple(papers[step.pk]),
            )
        )
    return entries


def _person(step: FlowStep) -> str:
    if step.left_at is None:
        return ""
    return step.left_by.name if step.left_by else "系统"


def pauses_in(run: FlowRun) -> QuerySet[FlowPause]:
    """When the limits of a run stood still, and why."""
    return FlowPause.objects.filter(run=run).select_related("paused_by", "resumed_by").order_by("pk")


def run_seen_by(user: User, uid: UUID) -> FlowRun:
    """A run in which the person takes part; raises Http404 for any other."""
    rows = FlowRun.objects.select_related("definition", "subject").defer("definition__text")
    run = rows.filter(uid=uid).first()
    if run is None or not takes_part(user, run):
        raise Http404("这里没有您要的内容，或者它不在您管的范围里。")
    return run


def todo_runs(user: User) -> QuerySet[FlowRun]:
    """The runs that wait for this person: the owner's permission is theirs in that place."""
    return FlowRun.objects.filter(_owned(user)).select_related("definition").defer("definition__text")


def _owned(user: User) -> Q:
    """One condition for each permission, so that each walks the index of permission and place."""
    found = Q(pk__in=())
    for permission in _step_permissions():
        if has_permission(user, permission):
            found |= Q(owner_permission=permission) & scope_q(FlowRun, user, permission)
    return found


def _step_permissions() -> list[Permission]:
    """The permissions that own a step of an open run."""
    owners = (
        FlowRun.objects.exclude(owner_permission="").order_by().values_list("owner_permission", flat=True)
    )
    return [Permission(each) for each in owners.distinct()]


def done_steps(user: User) -> QuerySet[FlowStep]:
    """The steps that this person took, of runs that still lie in their places."""
    rows = FlowStep.objects.filter(left_by=user).visible_to(user, Permission.TODO_VIEW)
    return rows.select_related("run__definition").defer("run__definition__text")


def started_runs(user: User) -> QuerySet[FlowRun]:
    """The runs that this person began, of those that still lie in their places."""
    rows = FlowRun.objects.visible_to(user, Permission.TODO_VIEW).filter(started_by=user)
    return rows.select_related("definition").defer("definition__text")


def copies_for(user: User) -> QuerySet[FlowCopy]:
    """What was copied to those who hold a permission that this person holds in the place."""
    found = Q(pk__in=())
    sent = FlowCopy.objects.order_by().values_list("permission", flat=True).distinct()
    for permission in (Permission(each) for each in sent):
        found |= Q(permission=permission) & scope_q(FlowCopy, user, permission)
    return FlowCopy.objects.filter(found).select_related("run__definition").defer("run__definition__text")
