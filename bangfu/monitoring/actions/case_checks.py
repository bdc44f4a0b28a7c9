"""信息比对: asking the bureaus, their answers, and what people make of negative ones."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.core import audit
from bangfu.core.changing import recording
from bangfu.core.errors import SituationForbids
from bangfu.core.parameters import value
from bangfu.households.reckoning.days import local_day
from bangfu.monitoring.actions.case_writing import Seen, held_case, step_of
from bangfu.monitoring.enums.cases import CheckResult, JudgementVerdict
from bangfu.monitoring.models import Authorisation, Case, InformationCheck, Judgement
from bangfu.monitoring.policies.bureaus import check_answers
from bangfu.monitoring.policies.cases import check_day, check_in_state
from bangfu.monitoring.queries.cases import latest

SHORTEST_REASONING = 10
"""Characters a judgement needs: 情况属实 alone says nothing."""


def request_checks(
    *, by: User, at: datetime, case: Case, version: int, asked_on: date
) -> list[InformationCheck]:
    """Ask every bureau of the parameter; those asked already stay as they are.

    Nothing is asked without the household's authorisation. Raises NotPermitted, StaleVersion,
    SituationForbids.
    """
    seen = Seen(by, at, case, version)
    with step_of(seen, "request_checks", Permission.CASE_VERIFY, "verify", on=asked_on) as (held, _):
        signed = latest(held, Authorisation)
        if signed is None:
            raise SituationForbids("没有承诺授权书，不得查询这一户的信息。请先收签字。")
        check_day("提请日期", asked_on, signed.signed_on, seen.today)
        asked = set(InformationCheck.objects.filter(case=held).values_list("bureau", flat=True))
        bureaus = value("information_check_bureaus", on=asked_on, place=held.place)
        return InformationCheck.objects.bulk_create(
            InformationCheck(case=held, recorded_by=by, bureau=bureau, asked_on=asked_on)
            for bureau in bureaus
            if bureau not in asked
        )


def answer_check(
    *,
    by: User,
    at: datetime,
    check: InformationCheck,
    version: int,
    answered_on: date,
    result: CheckResult,
    clue_kind: str = "",
    detail: str = "",
) -> InformationCheck:
    """A bureau's answer; a negative one says which clue and what exactly.

    Raises NotPermitted for who does not answer for the bureau, SituationForbids.
    """
    if result == CheckResult.NEGATIVE and not (clue_kind and detail.strip()):
        raise SituationForbids("有负面线索的，请选是哪一种，并写明具体情况。")
    check_answers(by, check, local_day(at))
    with recording(by=by, at=at, verb="answer_check", effective_on=answered_on) as change:
        held = _held_check(check, version)
        check_day("回函日期", answered_on, held.asked_on, local_day(at))
        held.answered_on, held.result, held.detail = answered_on, result, detail
        held.clue_kind = clue_kind if result == CheckResult.NEGATIVE else ""
        held.save()
        data = {"case": str(held.case.uid), "bureau": held.bureau, "result": result}
        audit.record(by=by, at=at, verb="answer_check", subject=held.case.subject, data=data, change=change)
    return held


def clear_checks(
    *, by: User, at: datetime, checks: Sequence[InformationCheck], answered_on: date
) -> list[InformationCheck]:
    """Several answers at once: no negative clue in any of them. All or none."""
    if not checks:
        raise SituationForbids("没有选中要回函的。请先勾选。")
    with recording(by=by, at=at, verb="clear_checks", effective_on=answered_on):
        return [
            answer_check(
                by=by,
                at=at,
                check=check,
                version=check.version,
                answered_on=answered_on,
                result=CheckResult.CLEAR,
            )
            for check in checks
        ]


def _held_check(check: InformationCheck, version: int) -> InformationCheck:
    rows = InformationCheck.objects.select_for_update(of=("self",)).select_related("case__subject")
    held = rows.get(pk=check.pk)
    case = held_case(held.case, None)
    check_in_state(case, "verify")
    if held.version != version or held.judgements.exists():
        raise SituationForbids(f"{held.bureau}的结果刚被别人登记或研判过。您填的还在，请看看现在的样子再办。")
    return held


def judge_clue(
    *,
    by: User,
    at: datetime,
    check: InformationCheck,
    version: int,
    judged_on: date,
    judges: str,
    verdict: JudgementVerdict,
    reasoning: str,
) -> Judgement:
    """The written judgement on a negative clue; ``version`` is the case's."""
    if len(reasoning.strip()) < SHORTEST_REASONING:
        raise SituationForbids(
            f"请写清理由，至少 {SHORTEST_REASONING} 个字：哪一年、谁的、现在怎样、为什么。"
        )
    seen = Seen(by, at, check.case, version)
    with step_of(seen, "judge_clue", Permission.CASE_JUDGE, "verify", on=judged_on) as (held, _):
        answer = InformationCheck.objects.get(pk=check.pk)
        if answer.result != CheckResult.NEGATIVE or answer.answered_on is None:
            raise SituationForbids("这个部门没有比对出负面线索，不用研判。")
        check_day("研判日期", judged_on, answer.answered_on, seen.today)
        return Judgement.objects.create(
            case=held,
            recorded_by=by,
            check_answer=answer,
            judged_on=judged_on,
            judges=judges,
            verdict=verdict,
            reasoning=reasoning,
        )
