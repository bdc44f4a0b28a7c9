"""Completed years as trees: the general form, and comparisons with a number as comparisons of dates."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlglot import exp


def date_literal(day: dt.date) -> exp.Expr:
    """A date as a tree."""
    return exp.cast(exp.Literal.string(day.isoformat()), exp.DataType.Type.DATE)


def completed_years(start: exp.Expr, end: exp.Expr | dt.date) -> exp.Expr:
    """Completed years; from 29 February they are completed on 1 March. NULL if either date is."""
    not_yet = exp.GT(this=_month_and_day(start), expression=_month_and_day(end))
    one = exp.If(this=not_yet, true=exp.Literal.number(1))
    difference = exp.Sub(this=_year(end), expression=_year(start))
    return exp.Sub(
        this=exp.Paren(this=difference), expression=exp.Case(ifs=[one], default=exp.Literal.number(0))
    )


@dataclass(frozen=True)
class Age:
    """Completed years from a date that varies (``since``) to a fixed day."""

    since: exp.Expr
    on: dt.date

    def compared(self, operator: type[exp.Binary], years: int) -> exp.Expr | None:
        """The comparison with a number of years as one of dates; None if it is none of ``< <= > >=``.

        At least n years have passed if the date is no later than n years before the day.
        """
        whole_years = years + (operator in (exp.GT, exp.LTE))  # > n is >= n + 1
        latest = _years_before(self.on, whole_years)
        if latest is None or operator not in (exp.LT, exp.LTE, exp.GT, exp.GTE):
            return None
        reached = exp.LTE if operator in (exp.GT, exp.GTE) else exp.GT
        return reached(this=self.since.copy(), expression=date_literal(latest))


def _years_before(day: dt.date, years: int) -> dt.date | None:
    """The last day since which ``years`` have been completed; None before the calendar's first year."""
    if day.year - years < dt.MINYEAR:
        return None
    if (day.month, day.day) == (2, 29):
        return dt.date(day.year - years, 3, 1) - dt.timedelta(days=1)
    return day.replace(year=day.year - years)


def _year(day: exp.Expr | dt.date) -> exp.Expr:
    if isinstance(day, dt.date):
        return exp.Literal.number(day.year)
    return exp.Extract(this=exp.var("YEAR"), expression=day.copy())


def _month_and_day(day: exp.Expr | dt.date) -> exp.Expr:
    """Month and day as one number that orders the days of a year."""
    if isinstance(day, dt.date):
        return exp.Literal.number(day.month * 100 + day.day)
    month = exp.Extract(this=exp.var("MONTH"), expression=day.copy())
    in_month = exp.Extract(this=exp.var("DAY"), expression=day.copy())
    hundreds = exp.Mul(this=month, expression=exp.Literal.number(100))
    return exp.Paren(this=exp.Add(this=hundreds, expression=in_month))
