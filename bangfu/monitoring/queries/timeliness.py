"""How long the main loop takes: discovery → decision → helper and plan → first measure (C-188).

A case stands in a stage by what the database says of it; numbers and lists use the same annotation, so that a
number is the length of its list.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Case as Either
from django.db.models import CharField, DateField, F, OuterRef, Q, QuerySet, Subquery, Value, When

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.monitoring.enums.cases import CaseKind
from bangfu.monitoring.enums.figures import Stage, Standing
from bangfu.monitoring.models import Case, Measure
from bangfu.workflow.models import FlowStep
from bangfu.workflow.versions import marked_states

STEPS = {Stage.PLANNED: "plan", Stage.HELPED: "help"}
"""The marks of the steps of the flow whose limit is the stage's; a version may call the step otherwise."""
_UNDECIDED = Q(approval=None) & ~Q(run__state="refused")

DONE, COUNTED = "done", "counted"
"""Within the limit or late; and these with the overdue, of which a share is taken."""


def timed_cases(user: User, permission: Permission, on: date) -> QuerySet[Any]:
    """The identifications in reach with, for each stage, ``<stage>_on`` (the day it was done), ``_from`` and
    ``_due`` (between which its limit runs) and ``_is`` (a Standing or empty), as of ``on``.

    The limits of helper and plan, and of the first measure, run from the step of the flow; their days count
    from the decision. ``helped_on`` is the real start of a measure.
    """
    rows = Case.objects.visible_to(user, permission).filter(kind=CaseKind.IDENTIFICATION)
    dated = rows.annotate(
        decided_on=F("approval__approved_on"),
        decided_from=F("discovered_on"),
        decided_due=F("run__total_due_on"),
        planned_on=_of_step(Stage.PLANNED, "left_on"),
        planned_from=_of_step(Stage.PLANNED, "entered_on"),
        planned_due=_due(Stage.PLANNED),
        helped_on=_first_measure(),
        helped_from=_of_step(Stage.HELPED, "entered_on"),
        helped_due=_due(Stage.HELPED),
    )
    return dated.annotate(
        decided_is=_standing(Stage.DECIDED, Q(approval__isnull=False), _UNDECIDED, on),
        planned_is=_standing(Stage.PLANNED, Q(planned_on__isnull=False), Q(planned_on=None), on),
        helped_is=_standing(
            Stage.HELPED, Q(approval__isnull=False, helped_on__isnull=False), Q(helped_on=None), on
        ),
    )


def _of_step(stage: Stage, field: str) -> Subquery:
    marked = at_stage(stage, "run__definition", "state")
    steps = FlowStep.objects.filter(marked, run=OuterRef("run")).order_by("-number")
    return Subquery(steps.values(field)[:1], output_field=DateField())


def _due(stage: Stage) -> Either:
    """While a run stands in the step, its own last day counts: a pause has moved it."""
    here = When(at_stage(stage, "run__definition", "run__state"), then=F("run__step_due_on"))
    return Either(here, default=_of_step(stage, "due_on"), output_field=DateField())


def at_stage(stage: Stage, definition: str, state: str) -> Q:
    """Rows that stand at the stage's step, by the version that their run was started with."""
    by_state: dict[str, list[int]] = {}
    for pk, id in marked_states(CaseKind.IDENTIFICATION, STEPS[stage]).items():
        by_state.setdefault(id, []).append(pk)
    marked = Q(pk__in=())
    for id, definitions in by_state.items():
        # 各版都叫一个名字的，不必再问是哪一版
        same = Q(**{state: id})
        marked |= same if len(by_state) == 1 else same & Q(**{f"{definition}__in": definitions})
    return marked


def _first_measure() -> Subquery:
    begun = Measure.objects.filter(household=OuterRef("household"), started_on__gte=OuterRef("discovered_on"))
    return Subquery(begun.order_by("started_on").values("started_on")[:1])


def _standing(stage: Stage, done: Q, open_: Q, on: date) -> Either:
    """A limit that stands still, and a run that has ended, are not overdue."""
    due, day = f"{stage}_due", f"{stage}_on"
    going = open_ & Q(closed_on=None, run__paused_on=None)
    return Either(
        When(
            done & (Q(**{f"{due}__isnull": True}) | Q(**{f"{day}__lte": F(due)})), then=_said(Standing.WITHIN)
        ),
        When(done, then=_said(Standing.LATE)),
        When(going & Q(**{f"{due}__lt": on}), then=_said(Standing.OVERDUE)),
        default=Value(""),
        output_field=CharField(),
    )


def _said(standing: Standing) -> Value:
    return Value(standing.value)


def standing_in(rows: QuerySet[Any], stage: Stage, standing: str) -> QuerySet[Any]:
    """The cases that stand so in a stage: a Standing, ``DONE`` or ``COUNTED``."""
    chosen = {DONE: (Standing.WITHIN, Standing.LATE), COUNTED: tuple(Standing)}
    return rows.filter(**{f"{stage}_is__in": chosen.get(standing, (standing,))})


def began_on(row: Any, stage: Stage) -> date | None:
    """The day from which a stage's days count: the discovery, then the decision."""
    started: date | None = row.discovered_on if stage is Stage.DECIDED else row.decided_on
    return started


def days_of(began: date | None, done: date | None) -> int | None:
    """Calendar days; help before the decision (green channel) is 0; None for what is not done."""
    return None if began is None or done is None else max(0, (done - began).days)
