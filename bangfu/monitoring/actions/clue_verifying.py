"""The verdict on a clue, and what follows from it; cases take up those at risk and close them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.core import audit
from bangfu.core.changing import recording
from bangfu.households.reckoning.days import local_day
from bangfu.monitoring.actions.clue_locking import check_reaches_clue, held
from bangfu.monitoring.enums.clues import ClueState, Verdict
from bangfu.monitoring.models import Clue
from bangfu.monitoring.policies import clues as policies


@dataclass(frozen=True)
class Judgement:
    """What a verification found: the verdict, on which day, in words; ``untrue_facts`` are ids of single
    facts that do not hold although others do, ``risks`` the risks seen."""

    verdict: Verdict
    verified_on: date
    reason: str
    untrue_facts: Collection[int] = ()
    risks: Collection[str] = ()


def verify_clue(*, by: User, at: datetime, clue: Clue, version: int, judgement: Judgement) -> Clue:
    """Note the verdict. At risk, the clue waits for a case; any other verdict closes it.

    The verdict goes to each fact of the clue, for the precision of rules and the answer to departments.
    Raises NotPermitted outside the reach of ``by``, SituationForbids, StaleVersion.
    """
    check_reaches_clue(by, clue, Permission.CLUE_VERIFY)
    policies.check_reason(judgement.reason, "核实到的情况")
    with recording(by=by, at=at, verb="verify_clue", effective_on=judgement.verified_on) as change:
        row = held(clue, version)
        policies.check_verifiable(row)
        policies.check_day(judgement.verified_on, local_day(at), "核实日期", row.discovered_on)
        _write(row, judgement, by, at)
        _judge_facts(row, judgement)
        data = {"verdict": judgement.verdict}
        audit.record(by=by, at=at, verb="verify_clue", subject=row.subject, data=data, change=change)
    return row


def _write(row: Clue, judgement: Judgement, by: User, at: datetime) -> None:
    at_risk = judgement.verdict == Verdict.AT_RISK
    row.state = ClueState.VERIFIED if at_risk else ClueState.CLOSED
    row.closed_at = None if at_risk else at
    row.verdict, row.verdict_reason = judgement.verdict, judgement.reason.strip()
    row.verified_on, row.verified_by = judgement.verified_on, by
    row.risks = sorted({*row.risks, *judgement.risks})
    row.save()


def _judge_facts(row: Clue, judgement: Judgement) -> None:
    waiting = row.facts.filter(verdict="")
    untrue = waiting.filter(pk__in=judgement.untrue_facts)
    untrue.update(verdict=Verdict.UNTRUE, judged_on=judgement.verified_on)
    row.facts.filter(verdict="").update(verdict=judgement.verdict, judged_on=judgement.verified_on)


def put_in_case(clue: Clue) -> Clue:
    """A case takes the clue up; for the action that opens the case, inside its recording.

    Raises SituationForbids for a clue that is not found at risk, or already in a case.
    """
    row = held(clue, None)
    policies.check_case_may_open(row)
    row.state = ClueState.IN_CASE
    row.save()
    return row


def close_with_case(clue: Clue, at: datetime) -> Clue:
    """The clue's case has ended; for the action that ends it, inside its recording."""
    row = held(clue, None)
    row.state, row.closed_at = ClueState.CLOSED, at
    row.save()
    return row
