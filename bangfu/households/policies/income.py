"""What may be done with an income worksheet; each check raises SituationForbids, in Chinese."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from bangfu.core.errors import SituationForbids
from bangfu.households.enums import WorksheetState
from bangfu.households.models import Household, IncomeWorksheet
from bangfu.households.reckoning.counting import LineFacts
from bangfu.households.reckoning.income_items import income_items
from bangfu.households.reckoning.periods import Period, check_period


def check_facts(period: Period, persons: int, lines: Sequence[LineFacts], *, on: date, place: str) -> None:
    """The period is over and whole, somebody lives there, and every line has a known item and an amount."""
    check_period(period, on=on, place=place)
    if persons < 1:
        raise SituationForbids("家庭人口数至少是 1 人，否则算不出人均。")
    if not lines:
        raise SituationForbids("一笔也没有填。没有收入的户，请填一项金额为 0 的，并在内容里写明情况。")
    for line in lines:
        if line.item not in income_items():
            raise SituationForbids(f"没有“{line.item}”这个项目。请从项目表里选。")
        if line.amount_fen < 0:
            raise SituationForbids("金额一律填正数。支出和扣减的项目由系统减去。")


def check_first_of_period(household: Household, period: Period) -> None:
    """No worksheet of the same period yet."""
    held = (
        household.worksheets.filter(period_from=period.first, period_to=period.last)
        .order_by("-number")
        .first()
    )
    if held is not None:
        raise SituationForbids(
            f"{period.months} 已有第 {held.number} 版（{held.get_state_display()}）。"
            "没签字的请改那一版；农户有异议的请登记异议后重新核算。"
        )


def check_revisable(sheet: IncomeWorksheet) -> None:
    """Only what nobody signed yet is corrected."""
    if sheet.state != WorksheetState.DRAFT:
        raise SituationForbids(
            f"这一版“{sheet.get_state_display()}”，不能直接改。农户签了字还要改的，先登记异议，再重新核算。"
        )


def check_recountable(sheet: IncomeWorksheet) -> None:
    """Only a disputed worksheet is counted again."""
    if sheet.state != WorksheetState.DISPUTED:
        raise SituationForbids(f"这一版“{sheet.get_state_display()}”，没有异议，不用重新核算。")


def check_signable(sheet: IncomeWorksheet, signed_on: date, today: date) -> None:
    """Unsigned, undisputed, on a day after the period and not to come."""
    if sheet.state != WorksheetState.DRAFT:
        raise SituationForbids(f"这一版“{sheet.get_state_display()}”，不能再登记签字。")
    _check_day("签字日期", signed_on, sheet, today)


def check_disputable(sheet: IncomeWorksheet, disputed_on: date, reason: str, today: date) -> None:
    """Unsigned or signed, with a reason, on a day after the period and not to come."""
    if sheet.state not in (WorksheetState.DRAFT, WorksheetState.SIGNED):
        raise SituationForbids(f"这一版“{sheet.get_state_display()}”，不能再登记异议。")
    if not reason.strip():
        raise SituationForbids("请写农户说哪里不对，重新核算时要用。")
    _check_day("提出异议日期", disputed_on, sheet, today)


def is_allowed(check: Callable[[IncomeWorksheet], None], sheet: IncomeWorksheet) -> bool:
    """Whether a check of the state lets the worksheet pass; what the page shows as buttons."""
    try:
        check(sheet)
    except SituationForbids:
        return False
    return True


def _check_day(label: str, day: date, sheet: IncomeWorksheet, today: date) -> None:
    if not sheet.period_to < day <= today:
        raise SituationForbids(f"{label}应在周期结束（{sheet.period_to}）之后，最晚到今天（{today}）。")
