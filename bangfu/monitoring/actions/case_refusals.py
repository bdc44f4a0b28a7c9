"""Refusing, telling the household so in a plain letter, its objection, and what becomes of that."""

from __future__ import annotations

from datetime import date, datetime

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.core.errors import SituationForbids
from bangfu.monitoring.actions.case_writing import Seen, step_of
from bangfu.monitoring.enums.cases import ObjectionState
from bangfu.monitoring.models import Case, CaseObjection, Refusal
from bangfu.monitoring.policies.cases import check_day, check_letter
from bangfu.monitoring.queries.cases import last_day_before, latest
from bangfu.workflow.actions.running import take_transition
from bangfu.workflow.versions import state_of

REFUSE, REFUSED = "refuse_case", "refused"
_BACK = {"study": "reopen_study"}


def refuse_case(
    *, by: User, at: datetime, case: Case, version: int, refused_on: date, reason: str, letter: str
) -> Refusal:
    """Refuse at the step where the case stands: the reason for the file, the letter for the household.

    Raises NotPermitted, StaleVersion; SituationForbids where the step does not decide, or for a letter that
    is empty or longer than 120 characters.
    """
    check_letter(letter)
    way = state_of(case.run).transition(REFUSE)
    if way is None:
        raise SituationForbids(f"“{state_of(case.run).title}”这一步不作决定，不能在这里退。")
    seen = Seen(by, at, case, version)
    with step_of(seen, "refuse_case", Permission(way.permission), on=refused_on) as (held, _):
        check_day("日期", refused_on, last_day_before(held), seen.today)
        refusal = Refusal.objects.create(
            case=held,
            recorded_by=by,
            step=held.run.state,
            refused_on=refused_on,
            reason=reason,
            letter=letter,
        )
        _move(held, by, at, REFUSE, reason)
    return refusal


def deliver_letter(*, by: User, at: datetime, refusal: Refusal, version: int, delivered_on: date) -> Refusal:
    """The household has the letter; ``version`` is the case's."""
    seen = Seen(by, at, refusal.case, version)
    with step_of(seen, "deliver_letter", Permission.NOTICE_OBJECT, REFUSED, on=delivered_on):
        check_day("送达日期", delivered_on, refusal.refused_on, seen.today)
        refusal.delivered_on = delivered_on
        refusal.save()
    return refusal


def object_refusal(
    *, by: User, at: datetime, case: Case, version: int, objected_on: date, words: str
) -> CaseObjection:
    """Take down the household's objection to the refusal."""
    seen = Seen(by, at, case, version)
    with step_of(seen, "object_refusal", Permission.NOTICE_OBJECT, REFUSED, on=objected_on) as (held, _):
        refusal = latest(held, Refusal)
        if refusal is None:
            raise SituationForbids("没有告知书，无从提异议。")
        if refusal.objections.filter(state=ObjectionState.WAITING).exists():
            raise SituationForbids("已有一件异议在处理。新的情况请写进那一件。")
        check_day("提出日期", objected_on, refusal.refused_on, seen.today)
        return CaseObjection.objects.create(
            case=held, recorded_by=by, refusal=refusal, objected_on=objected_on, words=words
        )


def decide_objection(
    *,
    by: User,
    at: datetime,
    objection: CaseObjection,
    version: int,
    decided_on: date,
    upheld: bool,
    decision: str,
) -> CaseObjection:
    """Uphold the objection, and the case goes on, or stand by the refusal; ``version`` is the case's.

    Who refused does not decide on the objection.
    """
    refusal = objection.refusal
    if refusal.recorded_by_id == by.pk:
        raise SituationForbids("当初是您退的，异议要由另一个人来处理。")
    seen = Seen(by, at, objection.case, version)
    with step_of(seen, "decide_objection", Permission.CASE_REVIEW, REFUSED, on=decided_on) as (held, _):
        row = CaseObjection.objects.select_for_update().get(pk=objection.pk)
        if row.state != ObjectionState.WAITING:
            raise SituationForbids(f"这件异议已经“{row.get_state_display()}”。")
        check_day("处理日期", decided_on, row.objected_on, seen.today)
        row.state = ObjectionState.UPHELD if upheld else ObjectionState.DISMISSED
        row.decided_on, row.decided_by, row.decision = decided_on, by, decision
        row.save()
        if upheld:
            _move(held, by, at, _BACK.get(refusal.step, "reopen_case"), decision)
    return row


def _move(case: Case, by: User, at: datetime, transition: str, reason: str) -> None:
    take_transition(
        by=by,
        at=at,
        run=case.run,
        transition=transition,
        version=case.run.version,
        note=reason,
        data={"reason": reason},
    )
