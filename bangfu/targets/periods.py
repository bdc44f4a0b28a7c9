"""The periods of a target: years, the quarters or the months of one year."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bangfu.targets.enums import Cut

_MONTHS = {Cut.YEAR: 12, Cut.QUARTER: 3, Cut.MONTH: 1}
_NUMERALS = "一二三四"


@dataclass(frozen=True)
class Period:
    """From a day to a day, both included."""

    label: str
    starts_on: date
    ends_on: date

    @property
    def month(self) -> date:
        """The month whose reading stands for the period's end, by its first day."""
        return self.ends_on.replace(day=1)

    @property
    def month_before(self) -> date:
        """The month whose reading stands for the period's beginning."""
        return (self.starts_on - timedelta(days=1)).replace(day=1)


def periods_of(year: int, years: int, cut: Cut) -> Sequence[Period]:
    """The periods from a year on, for so many years."""
    each = _MONTHS[cut]
    return [_period(year + at // 12, at % 12 + 1, each, cut) for at in range(0, 12 * years, each)]


def _period(year: int, month: int, months: int, cut: Cut) -> Period:
    last = month + months - 1
    label = {
        Cut.YEAR: f"{year} 年",
        Cut.QUARTER: f"{_NUMERALS[last // 3 - 1]}季度",
        Cut.MONTH: f"{month} 月",
    }
    return Period(label[cut], date(year, month, 1), date(year, last, monthrange(year, last)[1]))


def running(periods: Sequence[Period], today: date) -> int | None:
    """Which period runs today; the last one when all are over, None before the first."""
    begun = [at for at, one in enumerate(periods) if one.starts_on <= today]
    return begun[-1] if begun else None


def year_before(month: date) -> date:
    """The same month of the year before."""
    return month.replace(year=month.year - 1)
