"""A run that ends before its way is done, because its matter is gone."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from bangfu.access.models import User
from bangfu.core import audit
from bangfu.core.changing import Actor, recording
from bangfu.workflow.locking import locked
from bangfu.workflow.models import FlowRun, FlowStep

_NOTE_LENGTH = 500
_OUTCOME_LENGTH = 40


def end_flow(*, by: Actor, at: datetime, run: FlowRun, reason: str, outcome: str) -> FlowRun:
    """End a run where it stands: nobody owes it any more, its papers and steps are kept.

    The room that owns the matter decides whether it may; one that has ended already stays as it is.
    """
    today = timezone.localdate(at)
    with recording(by=by, at=at, verb="end_flow", reason=reason, effective_on=today) as change:
        held = locked([run.pk])[0]
        if held.has_ended:
            return held
        person = by if isinstance(by, User) else None
        open_steps = FlowStep.objects.filter(run=held, left_at=None)
        open_steps.update(left_on=today, left_at=at, left_by=person, note=reason[:_NOTE_LENGTH])
        held.ended_on, held.owner_permission = today, ""
        held.due_on = held.step_due_on = held.paused_on = None
        held.outcome = outcome[:_OUTCOME_LENGTH]
        held.save()
        data = {"run": str(held.uid), "state": held.state}
        audit.record(
            by=by, at=at, verb="end_flow", subject=held.subject, place=held.place, data=data, change=change
        )
    return held
