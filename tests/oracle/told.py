"""The contract's sentences as small cases: one member of one household, some rows, one rule, one answer.

``yes`` is a hit, ``no`` is none, ``?`` stays undecided. Engine and oracle must both give it.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from tests.oracle.county import Case, Parameters, PlainCounty

Row = dict[str, Any]
YES, NO, UNKNOWN = "yes", "no", "?"

HOUSEHOLD: Row = {
    "household_key": 7,
    "region_code": "410602001001",
    "registered_household": False,
    "monitored": False,
    "members": 1,
    "per_capita_net_income": 20000.0,
    "dangerous_house": False,
}
MEMBER: Row = {
    "person_key": 1,
    "household_key": 7,
    "birth_date": dt.date(1980, 5, 4),
    "stated_birth_date": dt.date(1980, 5, 4),
    "sex": "male",
    "id_status": "valid",
    "id_problem": None,
    "id_birth_date": dt.date(1980, 5, 4),
    "id_sex": "male",
    "id_shared": False,
    "not_in_school_reason": "none",
}


@dataclass(frozen=True)
class Told:
    """What the contract tells of one case."""

    says: str  # the sentence of the contract, in brief: the test's name
    rule: str
    answer: str
    dataset: str | None = None
    rows: tuple[Row, ...] = ()
    as_of: str = "2026-10-31"
    member: Row = field(default_factory=dict)
    household: Row = field(default_factory=dict)
    parameters: Parameters = field(default_factory=Parameters)

    @property
    def case(self) -> Case:
        """The county of this sentence. An empty list was given when ``dataset`` is named without rows."""
        keys = {"person_key": MEMBER["person_key"], "household_key": MEMBER["household_key"]}
        lists = {self.dataset: [keys | row for row in self.rows]} if self.dataset else {}
        county = PlainCounty([HOUSEHOLD | self.household], [MEMBER | self.member], lists)
        return Case(county, day(self.as_of), self.parameters)


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def maybe_day(text: str | None) -> dt.date | None:
    return None if text is None else day(text)


def bill(on: str | None, visit: str | None, amount: str | None) -> Row:
    paid = None if amount is None else Decimal(amount)
    return {"settled_on": maybe_day(on), "visit_type": visit, "self_pay": paid}


def medical(says: str, answer: str, *bills: Row, rule: str = "registered", **more: Any) -> Told:
    """A case of the inpatient sum; the household is registered unless ``household`` says otherwise."""
    home = more.pop("household", {"registered_household": rule == "registered"})
    return Told(says, f"medical_self_pay_{rule}", answer, "medical_expense", bills, household=home, **more)


def outpatient(says: str, answer: str, *bills: Row, **more: Any) -> Told:
    return Told(says, "outpatient_self_pay", answer, "medical_expense", bills, **more)


def school(
    says: str, answer: str, *statuses: str | None, born: str | None = "2016-05-04", **more: Any
) -> Told:
    """A child in rows of these statuses of an enrolment list that was given."""
    child = {"birth_date": maybe_day(born)} | more.pop("member", {})
    rows = tuple({"status": status} for status in statuses)
    rule = more.pop("rule", "compulsory_school_dropout")
    return Told(says, rule, answer, "school_enrolment", rows, member=child, **more)


def house(says: str, answer: str, *assessed: tuple[str, bool | None, str | None]) -> Told:
    rows = [{"level": level, "repaired": done, "assessed_on": maybe_day(on)} for level, done, on in assessed]
    return Told(says, "dangerous_house", answer, "housing_safety", tuple(rows))


SAFE_WATER: Row = {
    "litres_per_person_day": 60.0,
    "quality_ok": True,
    "minutes_to_fetch": 5.0,
    "reliability": 95.0,
}


def water(says: str, answer: str, *points: Row) -> Told:
    return Told(says, "unsafe_water", answer, "water_safety", tuple(SAFE_WATER | point for point in points))


def jobless(
    says: str, answer: str, *rows: tuple[bool, str | None, str | None], as_of: str = "2026-10-31"
) -> Told:
    """Rows of (is a registration date given, the date, the last insured month)."""
    listed = [
        {"registered_on_given": given, "registered_on": maybe_day(on), "last_insured_month": maybe_day(month)}
        for given, on, month in rows
    ]
    return Told(says, "unemployed_three_months", answer, "unemployment", tuple(listed), as_of=as_of)


def recent(rule: str, dataset: str, column: str, on: str | None, answer: str, as_of: str, **row: Any) -> Told:
    """One dated row of a rule of the last month."""
    says = f"{rule}, {on} seen on {as_of}"
    return Told(says, rule, answer, dataset, ({column: maybe_day(on)} | row,), as_of=as_of)


def income(says: str, answer: str, yuan: float | None, monitored: bool | None = False, **more: Any) -> Told:
    home = {"per_capita_net_income": yuan, "monitored": monitored} | more.pop("household", {})
    return Told(says, "income_below_line", answer, household=home, **more)
