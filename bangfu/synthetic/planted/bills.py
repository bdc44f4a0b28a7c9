"""Planted cases of bills and incomes: exact thresholds, reversals, households of every standing."""

from __future__ import annotations

import datetime as dt

from bangfu.synthetic import days
from bangfu.synthetic.model import Household
from bangfu.synthetic.planted.common import INCOME_LINE, Case, Planting, enrol_in_monitoring, income_of
from bangfu.synthetic.quirks import hide_income


def registered_on_the_line(c: Planting, home: Household) -> None:
    """5000.00 in two bills; a fen less; outpatient 500.00 on the first and last day of the full month."""
    home.kind = "registered"
    head, wife, _, _, granny = home.members
    january = dt.date(c.as_of.year, 1, 1)
    c.bill(head, january, "inpatient", 3000)
    c.bill(head, c.as_of, "inpatient", 2000)
    c.bill(wife, january, "inpatient", 2000)
    c.fen_bill(wife, c.as_of, "inpatient", 2999_99)
    last = c.as_of.replace(day=1) - days.ONE_DAY
    c.bill(head, last.replace(day=1), "outpatient", 250)
    c.bill(head, last, "outpatient", 250)
    c.fen_bill(wife, last, "outpatient", 499_99)
    c.bill(granny, last + days.ONE_DAY, "outpatient", 900)
    c.bill(granny, last.replace(day=1) - days.ONE_DAY, "outpatient", 900)


def general_on_the_line(c: Planting, home: Household) -> None:
    """20000.00; a fen less; 5000 is nothing here."""
    head, wife, son, _, _ = home.members
    c.bill(head, c.as_of, "inpatient", 20000, "large")
    c.fen_bill(wife, c.as_of, "inpatient", 19999_99, "large")
    c.bill(son, c.as_of, "inpatient", 5000)


def reversal_and_other_years(c: Planting, home: Household) -> None:
    """A reversal takes the sum below the line; last year's and tomorrow's bills do not count."""
    home.kind = "registered"
    head, wife, son, _, _ = home.members
    c.bill(head, c.as_of, "inpatient", 9000)
    c.fen_bill(head, c.as_of, "inpatient", -4000_01)
    c.bill(wife, dt.date(c.as_of.year - 1, 12, 31), "inpatient", 9000)
    c.bill(son, c.as_of + days.ONE_DAY, "inpatient", 9000)


def monitored(c: Planting, home: Household) -> None:
    """A monitored general household is under the lower line."""
    enrol_in_monitoring(home, "marginal", c.as_of)
    c.bill(home.head, c.as_of, "inpatient", 5000)


def monitored_suddenly_poor(c: Planting, home: Household) -> None:
    """Below the income line, but already monitored."""
    enrol_in_monitoring(home, "sudden", c.as_of)
    income_of(home, INCOME_LINE - 1)


def risk_removed(c: Planting, home: Household) -> None:
    """No longer monitored: the higher line counts again, and the income line too."""
    enrol_in_monitoring(home, "marginal", c.as_of, removed=True)
    income_of(home, INCOME_LINE - 1)
    c.bill(home.head, c.as_of, "inpatient", 6000)
    c.bill(home.members[1], c.as_of, "inpatient", 20000, "large")


def type_blank_unstable(c: Planting, home: Household) -> None:
    """Blank type, monitored as 脱贫不稳定户: a registered household."""
    enrol_in_monitoring(home, "unstable", c.as_of)
    home.kind = None
    c.bill(home.head, c.as_of, "inpatient", 5000)


def type_blank(c: Planting, home: Household) -> None:
    """Blank type: 6000 may or may not be over the line, 20000 is over one of the two, 4000 over none."""
    home.kind = None
    head, wife, son, _, _ = home.members
    c.bill(head, c.as_of, "inpatient", 6000)
    c.bill(wife, c.as_of, "inpatient", 20000, "large")
    c.bill(son, c.as_of, "inpatient", 4000)


def income_on_the_line(c: Planting, home: Household) -> None:
    """8500.00: not below."""
    income_of(home, INCOME_LINE)


def income_a_fen_below(c: Planting, home: Household) -> None:
    """8499.99."""
    income_of(home, INCOME_LINE - 1)


def income_computed(c: Planting, home: Household) -> None:
    """Blank, but its five parts are there: 8000.00."""
    income_of(home, INCOME_LINE - 500_00)
    hide_income(home, "computable")


def income_unknown(c: Planting, home: Household) -> None:
    """Blank, and one of the parts is too."""
    hide_income(home, "unknown")


CASES: tuple[Case, ...] = (
    registered_on_the_line,
    general_on_the_line,
    reversal_and_other_years,
    monitored,
    monitored_suddenly_poor,
    risk_removed,
    type_blank_unstable,
    type_blank,
    income_on_the_line,
    income_a_fen_below,
    income_computed,
    income_unknown,
)
