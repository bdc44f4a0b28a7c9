"""A clue on its way to the people who verify it: dispatched, taken up, returned, closed without a visit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.scope import has_permission
from bangfu.core import audit
from bangfu.core.changing import recording
from bangfu.core.errors import SituationForbids
from bangfu.households.reckoning.days import local_day
from bangfu.monitoring.actions.clue_locking import check_reaches_clue, held
from bangfu.monitoring.enums.clues import ClueState, Verdict
from bangfu.monitoring.models import Clue
from bangfu.monitoring.policies import clues as policies


def dispatch_clue(
    *,
    by: User,
    at: datetime,
    clue: Clue,
    version: int,
    assigned_to: User | None = None,
    note: str = "",
) -> Clue:
    """Send a clue to its village, or to one person there, to be verified.

    Without a person it is everybody's who may verify in the village. Raises NotPermitted, SituationForbids,
    StaleVersion.
    """
    check_reaches_clue(by, clue, Permission.CLUE_DISPATCH)
    _check_can_verify(assigned_to)
    with recording(by=by, at=at, verb="dispatch_clue", reason=note) as change:
        row = held(clue, version)
        policies.check_dispatchable(row)
        row.state, row.assigned_to = ClueState.DISPATCHED, assigned_to
        row.dispatch_note, row.return_reason = note.strip(), ""
        row.save()
        audit.record(by=by, at=at, verb="dispatch_clue", subject=row.subject, change=change)
    return row


def _check_can_verify(person: User | None) -> None:
    if person is not None and not has_permission(person, Permission.CLUE_VERIFY):
        raise SituationForbids(
            f"{person.name}没有“{Permission.CLUE_VERIFY.label}”的权限，没有派发。请另选一人。"
        )


@dataclass(frozen=True)
class BatchDispatch:
    """How many clues went out; how many stayed, for somebody had them already or no village is known."""

    dispatched: int
    stayed: int


def dispatch_clues(*, by: User, at: datetime, clues: Sequence[Clue], note: str = "") -> BatchDispatch:
    """Send many clues to their villages: one transaction, as many statements for one as for thousands.

    Clues that are not new, or whose village nobody knows, stay as they are.
    """
    wanted = [clue.pk for clue in clues]
    with recording(by=by, at=at, verb="dispatch_clues", reason=note) as change:
        rows = Clue.objects.visible_to(by, Permission.CLUE_DISPATCH).filter(
            pk__in=wanted, state=ClueState.NEW, village__isnull=False
        )
        count = rows.update(
            state=ClueState.DISPATCHED, assigned_to=None, dispatch_note=note.strip(), return_reason=""
        )
        audit.record(
            by=by,
            at=at,
            verb="dispatch_clues",
            summary=f"派发 {count} 条",
            data={"count": count},
            change=change,
        )
    return BatchDispatch(count, len(wanted) - count)


def accept_clue(*, by: User, at: datetime, clue: Clue, version: int) -> Clue:
    """Take a dispatched clue up; raises NotPermitted, SituationForbids, StaleVersion."""
    check_reaches_clue(by, clue, Permission.CLUE_VERIFY)
    with recording(by=by, at=at, verb="accept_clue") as change:
        row = held(clue, version)
        policies.check_acceptable(row)
        row.state, row.assigned_to = ClueState.VERIFYING, by
        row.save()
        audit.record(by=by, at=at, verb="accept_clue", subject=row.subject, change=change)
    return row


def return_clue(*, by: User, at: datetime, clue: Clue, version: int, reason: str) -> Clue:
    """Give a dispatched clue back to who dispatches, with the reason (not of this village, moved away…)."""
    check_reaches_clue(by, clue, Permission.CLUE_VERIFY)
    policies.check_reason(reason, "退回的原因")
    with recording(by=by, at=at, verb="return_clue", reason=reason) as change:
        row = held(clue, version)
        policies.check_returnable(row)
        row.state, row.assigned_to, row.return_reason = ClueState.NEW, None, reason.strip()
        row.save()
        audit.record(by=by, at=at, verb="return_clue", subject=row.subject, change=change)
    return row


CLOSING_VERDICTS = (Verdict.HELPED, Verdict.DUPLICATE, Verdict.UNTRUE)


def close_clue(*, by: User, at: datetime, clue: Clue, version: int, verdict: Verdict, reason: str) -> Clue:
    """Close a clue at the desk: helped already, a duplicate, or untrue on the face of it.

    A clue found at risk keeps that verdict. Raises NotPermitted, SituationForbids, StaleVersion.
    """
    check_reaches_clue(by, clue, Permission.CLUE_DISPATCH)
    policies.check_reason(reason, "办结的原因")
    with recording(by=by, at=at, verb="close_clue", reason=reason) as change:
        row = held(clue, version)
        policies.check_closable(row)
        if row.verdict != Verdict.AT_RISK:
            if verdict not in CLOSING_VERDICTS:
                raise SituationForbids("没有入户核实的，只能按“已帮扶”“重复”“不属实”办结。")
            row.verdict = verdict
        row.state, row.closed_at = ClueState.CLOSED, at
        row.verdict_reason = "\n".join(filter(None, (row.verdict_reason, reason.strip())))
        row.save()
        _judge_facts(row, at)
        audit.record(
            by=by, at=at, verb="close_clue", subject=row.subject, data={"verdict": row.verdict}, change=change
        )
    return row


def _judge_facts(row: Clue, at: datetime) -> None:
    row.facts.filter(verdict="").update(verdict=row.verdict, judged_on=local_day(at))
