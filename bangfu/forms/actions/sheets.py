"""Filling a sheet, saying why nobody was reached (C-184)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.core import audit
from bangfu.core.changing import recording
from bangfu.core.errors import SituationForbids
from bangfu.forms.answers import Answered, changed_facts, opening
from bangfu.forms.enums import SheetKind, TaskState, UnreachedReason
from bangfu.forms.models import Sheet, Sweep, SweepTask
from bangfu.forms.policies import Judged, Typed, check_day, check_sheet, check_unchanged
from bangfu.forms.receivers import tell
from bangfu.households.actions.proposing import propose_change
from bangfu.households.enums import ChangeSource
from bangfu.households.models import Household, Member
from bangfu.households.policies.reach import check_reaches
from bangfu.households.reckoning.days import local_day

IN_QUESTION = "要进一步排查"
"""The answer to ``opinion`` that asks for an inspection even where no answer means a risk."""


def record_sheet(
    *,
    by: User,
    at: datetime,
    task: SweepTask,
    kind: SheetKind,
    typed: Mapping[str, Sequence[str]],
    filled_on: date,
    met: str,
    household_version: int,
    task_version: int,
    batch: str = "",
) -> Sheet:
    """Keep a filled sheet: proposed changes and the clue of a risk go on in the same step.

    Raises as :func:`bangfu.forms.policies.check_sheet`.
    """
    given = Typed(typed, filled_on, household_version, task_version)
    with recording(by=by, at=at, verb="record_sheet", effective_on=filled_on, batch=batch) as change:
        held = _held(task)
        judged = check_sheet(by, held, kind, given, local_day(at))
        household, answered = held.household, judged.answered
        sheet = Sheet.objects.create(
            task=held,
            household=household,
            kind=kind,
            form=judged.version,
            filled_on=filled_on,
            filled_by=by,
            met=met.strip(),
            answers=answered.values,
            risks=answered.risks,
            reused=_reused(household, judged),
            household_version=household_version,
            batch=batch,
        )
        _move(held, kind, answered, filled_on)
        _propose(by, at, household, judged)
        if answered.risks:
            tell(by=by, at=at, sheet=sheet)
        audit.record(
            by=by,
            at=at,
            verb="record_sheet",
            subject=household.subject,
            summary=sheet.get_kind_display(),
            data={"risks": len(answered.risks)},
            change=change,
        )
    return sheet


def leave_unreached(
    *, by: User, at: datetime, task: SweepTask, version: int, reason: UnreachedReason, note: str, on: date
) -> SweepTask:
    """Say why nobody of the household was seen; a sheet filled later takes its place.

    Raises NotPermitted, StaleVersion, SituationForbids for another reason without words or a sheet in hand.
    """
    check_reaches(by, Permission.SWEEP_RECORD, task.household)
    check_day(task.sweep, on, local_day(at))
    if reason == UnreachedReason.OTHER and not note.strip():
        raise SituationForbids("选“其他”的，请写明原因。")
    with recording(by=by, at=at, verb="leave_unreached", effective_on=on) as change:
        held = _held(task)
        check_unchanged(held, version)
        if held.state not in (TaskState.WAITING, TaskState.UNREACHED):
            raise SituationForbids(f"这一户{held.get_state_display()}，不用再写没见到的原因。")
        held.state, held.unreached_reason = TaskState.UNREACHED, reason
        held.unreached_note, held.done_on = note.strip(), on
        held.save()
        audit.record(by=by, at=at, verb="leave_unreached", subject=task.household.subject, change=change)
    return held


def _held(task: SweepTask) -> SweepTask:
    """The task as it stands, held until the step is done; its household comes along as the person saw it."""
    held: SweepTask = SweepTask.objects.select_for_update().get(pk=task.pk)
    held.household = task.household
    held.sweep = Sweep.objects.select_related("screening_form", "inspection_form").get(pk=task.sweep_id)
    return held


def _move(task: SweepTask, kind: SheetKind, answered: Answered, on: date) -> None:
    risky = bool(answered.risks) or answered.values.get("opinion") == IN_QUESTION
    if kind == SheetKind.SCREENING:
        task.state = TaskState.IN_QUESTION if risky else TaskState.SCREENED
    else:
        task.state = TaskState.INSPECTED
    task.has_risk = task.has_risk or bool(answered.risks)
    task.unreached_reason = task.unreached_note = ""
    task.done_on = on
    task.save()


def _reused(household: Household, judged: Judged) -> int:
    known = opening(judged.form, household, judged.members)
    return sum(judged.answered.values.get(key) == value for key, value in known.items())


def _propose(by: User, at: datetime, household: Household, judged: Judged) -> None:
    """One proposal a household or member, with the sheet as its source."""
    found: dict[Member | None, dict[str, Any]] = defaultdict(dict)
    values = judged.answered.values
    for member, fact, value in changed_facts(judged.form, household, judged.members, values):
        found[member][fact] = value
    for member, facts in found.items():
        propose_change(
            by=by,
            at=at,
            household=household,
            member=member,
            values=facts,
            seen_version=(member or household).version,
            source=ChangeSource.FORM,
            source_note=str(judged.version),
        )
