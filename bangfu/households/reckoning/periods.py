"""Which twelve whole months an income worksheet counts (facts.md 2.3)."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from bangfu.core.errors import SituationForbids
from bangfu.core.parameters import value
from bangfu.households.enums import PeriodKind

MONTHS = 12


@dataclass(frozen=True)
class Period:
    """From ``first`` to ``last``, both included."""

    kind: PeriodKind
    first: date
    last: date

    @property
    def months(self) -> str:
        """Such as ``2025-11 至 2026-10``."""
        return f"{self.first:%Y-%m} 至 {self.last:%Y-%m}"


def identification_period(day: date) -> Period:
    """The twelve whole months before the month of ``day``: 2021-06 → 2020-06-01 to 2021-05-31."""
    return _twelve_months_until(PeriodKind.IDENTIFICATION, _month_before(day))


def recent_period(day: date) -> Period:
    """The twelve whole months before the month of ``day``, for a removal or a look in between."""
    return _twelve_months_until(PeriodKind.RECENT, _month_before(day))


def annual_period(day: date, *, place: str = "") -> Period:
    """The last finished year of the yearly update: 10-01 to 09-30, or as the county's parameter says."""
    first_month = int(value("income_year_first_month", on=day, place=place))
    end = _month_before(date(day.year, first_month, 1))
    if end >= day:
        end = _month_before(date(day.year - 1, first_month, 1))
    return _twelve_months_until(PeriodKind.ANNUAL, end)


def check_period(period: Period, *, on: date, place: str) -> None:
    """Raise SituationForbids unless it is twelve whole months that are over, and of its kind."""
    if period != _twelve_months_until(period.kind, period.last) or period.last != month_end(period.last):
        raise SituationForbids("核算周期应是 12 个完整的月，从某月 1 日到第 12 个月的最后一天。")
    if period.last >= on:
        raise SituationForbids(f"核算周期到 {period.last} 才结束，还不能核算。请选已经过完的 12 个月。")
    if period.kind is PeriodKind.ANNUAL and period != annual_period(_day_after(period.last), place=place):
        first = annual_period(on, place=place).first.month
        raise SituationForbids(f"年度更新的周期从 {first} 月 1 日起算。其他起止月份请选“其他 12 个月”。")


def twelve_months_from(kind: PeriodKind, first: date) -> Period:
    """The twelve months that begin with the month of ``first``."""
    start = first.replace(day=1)
    return Period(kind, start, date.fromordinal(start.replace(year=start.year + 1).toordinal() - 1))


def month_end(day: date) -> date:
    """The last day of the month of ``day``."""
    return day.replace(day=monthrange(day.year, day.month)[1])


def months_between(first: date, last: date) -> int:
    """How many months from the month of ``first`` to that of ``last``, both included."""
    return (last.year - first.year) * MONTHS + last.month - first.month + 1


def _month_before(day: date) -> date:
    return date.fromordinal(day.replace(day=1).toordinal() - 1)


def _day_after(day: date) -> date:
    return date.fromordinal(day.toordinal() + 1)


def _twelve_months_until(kind: PeriodKind, last: date) -> Period:
    following = _day_after(month_end(last))
    return Period(kind, following.replace(year=following.year - 1), last)
