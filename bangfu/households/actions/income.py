"""Counting a household's income: every count is a version of its own, and none is rewritten (C-051)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Max

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.core import audit
from bangfu.core.changing import recording
from bangfu.core.errors import SituationForbids
from bangfu.core.models import Change
from bangfu.households.actions.locking import current
from bangfu.households.enums import WorksheetState
from bangfu.households.models import Household, IncomeLine, IncomeWorksheet
from bangfu.households.policies.households import check_household_present
from bangfu.households.policies.income import (
    check_disputable,
    check_facts,
    check_first_of_period,
    check_recountable,
    check_revisable,
    check_signable,
)
from bangfu.households.policies.reach import check_reaches
from bangfu.households.reckoning.counting import LineFacts, net_of, per_capita, standings
from bangfu.households.reckoning.days import local_day
from bangfu.households.reckoning.periods import Period


@dataclass(frozen=True)
class WorksheetFacts:
    """What somebody filled in; self-pay and claims (fen) stand beside the sum."""

    period: Period
    persons: int
    lines: Sequence[LineFacts]
    compliant_self_pay_fen: int | None = None
    claim_fen: int | None = None
    collected_by: str = ""


def record_income_worksheet(
    *, by: User, at: datetime, household: Household, facts: WorksheetFacts
) -> IncomeWorksheet:
    """The first count of a period.

    Raises NotPermitted outside the reach of ``by``, SituationForbids for a period that is not twelve whole
    months gone by, that was counted already, or for a worksheet without a line.
    """
    check_reaches(by, Permission.INCOME_RECORD, household)
    check_household_present(household)
    check_facts(facts.period, facts.persons, facts.lines, on=local_day(at), place=household.place)
    with recording(by=by, at=at, verb="record_income_worksheet") as change:
        check_first_of_period(household, facts.period)
        sheet = _write(household, facts, number=1)
        _audit(by, at, "record_income_worksheet", sheet, change)
    return sheet


def revise_income_worksheet(
    *, by: User, at: datetime, worksheet: IncomeWorksheet, version: int, facts: WorksheetFacts
) -> IncomeWorksheet:
    """Correct an unsigned worksheet: the next version takes its place, the old one stays to be read.

    Raises as :func:`record_income_worksheet`, and StaleVersion when somebody else was first.
    """
    return _next_version("revise_income_worksheet", by, at, worksheet, version, facts)


def recount_income_worksheet(
    *, by: User, at: datetime, worksheet: IncomeWorksheet, version: int, facts: WorksheetFacts
) -> IncomeWorksheet:
    """Count a disputed worksheet again: the next version, linked to the disputed one; both results stay.

    Raises as :func:`revise_income_worksheet`.
    """
    return _next_version("recount_income_worksheet", by, at, worksheet, version, facts)


def sign_income_worksheet(
    *, by: User, at: datetime, worksheet: IncomeWorksheet, version: int, signed_on: date, signed_name: str
) -> IncomeWorksheet:
    """Note that the household signed the paper: on which day, by whom.

    Raises SituationForbids when it is signed, disputed or replaced, or for a day that is still to come.
    """
    check_reaches(by, Permission.INCOME_RECORD, worksheet.household)
    with recording(by=by, at=at, verb="sign_income_worksheet", effective_on=signed_on) as change:
        sheet = current(worksheet, version, "这张测算表")
        check_signable(sheet, signed_on, local_day(at))
        sheet.state, sheet.signed_on, sheet.signed_name = WorksheetState.SIGNED, signed_on, signed_name
        sheet.save()
        _audit(by, at, "sign_income_worksheet", sheet, change)
    return sheet


def dispute_income_worksheet(
    *, by: User, at: datetime, worksheet: IncomeWorksheet, version: int, disputed_on: date, reason: str
) -> IncomeWorksheet:
    """Note that the household does not agree, and why; a recount must follow.

    Raises SituationForbids when it is disputed or replaced already, without a reason, or for a day to come.
    """
    check_reaches(by, Permission.INCOME_RECORD, worksheet.household)
    with recording(by=by, at=at, verb="dispute_income_worksheet", effective_on=disputed_on) as change:
        sheet = current(worksheet, version, "这张测算表")
        check_disputable(sheet, disputed_on, reason, local_day(at))
        sheet.state, sheet.disputed_on, sheet.dispute_reason = WorksheetState.DISPUTED, disputed_on, reason
        sheet.save()
        _audit(by, at, "dispute_income_worksheet", sheet, change)
    return sheet


_SUCCESSIONS = {
    "revise_income_worksheet": (check_revisable, WorksheetState.REPLACED),
    "recount_income_worksheet": (check_recountable, WorksheetState.RECOUNTED),
}


def _next_version(
    verb: str, by: User, at: datetime, worksheet: IncomeWorksheet, version: int, facts: WorksheetFacts
) -> IncomeWorksheet:
    household = worksheet.household
    check, left_as = _SUCCESSIONS[verb]
    check_reaches(by, Permission.INCOME_RECORD, household)
    check_facts(facts.period, facts.persons, facts.lines, on=local_day(at), place=household.place)
    with recording(by=by, at=at, verb=verb) as change:
        held = current(worksheet, version, "这张测算表")
        check(held)
        _check_same_period(held, facts.period)
        held.state = left_as
        held.save()
        sheet = _write(household, facts, number=_last_number(held) + 1, recount_of=held)
        _audit(by, at, verb, sheet, change)
    return sheet


def _check_same_period(held: IncomeWorksheet, period: Period) -> None:
    if (held.period_from, held.period_to) != (period.first, period.last):
        raise SituationForbids("改动和重新核算须用原来的周期，这样两次的数才比得上。换周期请另填一张。")


def _last_number(sheet: IncomeWorksheet) -> int:
    same = IncomeWorksheet.objects.filter(
        household_id=sheet.household_id, period_from=sheet.period_from, period_to=sheet.period_to
    )
    return same.aggregate(last=Max("number"))["last"]


def _write(
    household: Household, facts: WorksheetFacts, *, number: int, recount_of: IncomeWorksheet | None = None
) -> IncomeWorksheet:
    lines = _lines(household, facts)
    net = net_of(lines)
    sheet = IncomeWorksheet.objects.create(
        household=household,
        number=number,
        recount_of=recount_of,
        period_kind=facts.period.kind,
        period_from=facts.period.first,
        period_to=facts.period.last,
        persons=facts.persons,
        net_fen=net,
        per_capita_fen=per_capita(net, facts.persons),
        compliant_self_pay_fen=facts.compliant_self_pay_fen,
        claim_fen=facts.claim_fen,
        collected_by=facts.collected_by,
    )
    for line in lines:
        line.worksheet = sheet
    IncomeLine.objects.bulk_create(lines)
    return sheet


def _lines(household: Household, facts: WorksheetFacts) -> list[IncomeLine]:
    stand = standings(on=facts.period.last, place=household.place)
    return [
        IncomeLine(
            position=position,
            category=stand[line.item].item.category,
            item=line.item,
            description=line.description,
            amount_fen=line.amount_fen,
            deducted=stand[line.item].item.deducted,
            counted=stand[line.item].counted,
            counted_basis=stand[line.item].basis,
            evidence=line.evidence,
        )
        for position, line in enumerate(facts.lines, start=1)
    ]


def _audit(by: User, at: datetime, verb: str, sheet: IncomeWorksheet, change: Change) -> None:
    audit.record(
        by=by,
        at=at,
        verb=verb,
        subject=sheet.household.subject,
        summary=f"收入测算表 {sheet.period_from:%Y-%m} 至 {sheet.period_to:%Y-%m} 第 {sheet.number} 版",
        data={"worksheet": str(sheet.uid)},
        change=change,
    )
