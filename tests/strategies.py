"""Random counties: full of blanks, with amounts and dates on and beside every boundary.

A county is made from a drawn seed, so that one example holds many households; hypothesis varies date, size,
parameters and which lists are given.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from random import Random
from typing import Any

from hypothesis import strategies as st

from tests.oracle.county import Case, Parameters, PlainCounty

DAY = dt.timedelta(days=1)
HARD_DAYS = ["2024-02-29", "2025-02-28", "2028-02-29", "2026-03-01", "2026-03-31", "2026-05-31", "2026-10-31"]
HARD_DAYS += [
    "2026-01-01",
    "2026-01-31",
    "2025-12-31",
    "2026-11-30",
    "2027-03-29",
    "2026-07-30",
    "2024-03-01",
]
HARD_DAYS += ["2026-08-31", "2026-08-30"]

AMOUNTS = ["0", "0.01", "-0.01", "250", "499.99", "500", "500.01", "2500", "4999.99", "5000", "5000.01"]
AMOUNTS += ["10000", "-10000", "15000", "19999.99", "20000", "20000.01", "300000000000.01"]
INCOMES = [7999.99, 8000.0, 8499.99, 8500.0, 8500.01, 8999.99, 9000.0, 0.0, -1200.0]
YES_NO = [None, True, False]

Choices = Mapping[str, list[Any]]
Row = dict[str, Any]


def days() -> st.SearchStrategy[dt.date]:
    """Dates of a screening: month ends, leap days, the turn of a year, and any other."""
    hard = st.sampled_from([dt.date.fromisoformat(day) for day in HARD_DAYS])
    return hard | st.dates(dt.date(2024, 1, 1), dt.date(2028, 12, 31))


def boundaries(as_of: dt.date) -> list[dt.date]:
    """The days around as-of on which some rule changes its mind, and their neighbours."""
    edges = {as_of, dt.date(as_of.year, 1, 1), dt.date(as_of.year, 12, 31)}
    for months in range(5):
        year, month = divmod(as_of.year * 12 + as_of.month - 1 - months, 12)
        last = calendar.monthrange(year, month + 1)[1]
        edges |= {dt.date(year, month + 1, day) for day in (1, min(as_of.day, last), last)}
    near = {edge + step * DAY for edge in edges for step in (-1, 0, 1)}
    return sorted(near | {dt.date(2024, 2, 29)})


def births(as_of: dt.date) -> list[dt.date]:
    """Birth dates around the sixth and the sixteenth birthday on as-of, leap days among them."""
    born = [dt.date(2012, 2, 29), dt.date(2020, 2, 29), dt.date(1960, 5, 4), dt.date(as_of.year - 10, 6, 15)]
    for years in (6, 16):
        first = dt.date(as_of.year - years, as_of.month, min(as_of.day, 28))
        born += [first + step * DAY for step in range(-1, 5)]
        cutoffs = [dt.date(as_of.year - years - before, 8, 31) for before in (0, 1)]
        born += [cutoff + step * DAY for cutoff in cutoffs for step in (0, 1)]
    return born


def _listed(as_of: dt.date) -> Mapping[str, Choices]:
    """What each column of each list may hold. A date after ``_given`` False is blank."""
    day, money = [None, *boundaries(as_of)], [None, *map(Decimal, AMOUNTS)]
    months = [None, *sorted({edge.replace(day=1) for edge in boundaries(as_of)})]
    statuses = [None, "attending", "suspended", "dropped_out", "transferred", "graduated"]
    return {
        "medical_expense": {
            "settled_on": day + boundaries(as_of),
            "visit_type": ["inpatient"] * 5 + ["outpatient"] * 3 + [None],
            "self_pay": money + money[1:],
        },
        "major_disease": {"diagnosed_on": day},
        "disability": {"level": [None, "1", "2", "3", "4"], "issued_on": day},
        "school_enrolment": {"status": statuses},
        "social_assistance": {"kind": [None, "minimum_living", "other"], "started_on": day},
        "housing_safety": {"level": [None, *"ABCD"], "assessed_on": [None, *day[:6]], "repaired": YES_NO},
        "water_safety": {
            "litres_per_person_day": [None, 19.99, 20.0, 20.0, 60.0],
            "quality_ok": [None, True, True, True, False],
            "minutes_to_fetch": [None, 10.0, 20.0, 20.0, 20.01],
            "reliability": [None, 89.99, 90.0, 90.0, 95.0],
        },
        "unemployment": {
            "registered_on_given": [True, False],
            "registered_on": day,
            "last_insured_month": months,
        },
        "disaster": {"kind": [None, "洪涝"], "happened_on": day},
        "traffic_accident": {"consequence": [None, "death", "serious", "minor"], "happened_on": day},
        "death": {"died_on": day},
    }


def _household_columns() -> Choices:
    return {
        "region_code": ["410602001001", "520101001001", None],
        "registered_household": YES_NO,
        "monitored": YES_NO,
        "members": [1, 3, 7],
        "per_capita_net_income": [None, *INCOMES],
        "dangerous_house": YES_NO,
    }


def _member_columns(as_of: dt.date, households: int) -> Choices:
    return {
        "household_key": list(range(-1, households - 1)),
        "birth_date": [None, *births(as_of)],
        "stated_birth_date": [None, *births(as_of)],
        "sex": [None, "male", "female"],
        "not_in_school_reason": [*["none"] * 8, "other", None, "illness", "disability", "home_teaching"],
        "id_shared": [True, False],
        "id_status": ["valid", "valid", "invalid", "missing"],
        "id_problem": ["length", "province", "birth_date", "check_digit"],
        "id_sex": ["male", "female"],
    }


def _member(row: Row) -> Row:
    """The columns of one member made to agree with what is known of the ID."""
    if row["id_status"] == "valid":
        born = row["birth_date"] or dt.date(1970, 1, 1)
        return row | {"birth_date": born, "id_birth_date": born, "id_problem": None}
    nothing = {"id_birth_date": None, "id_sex": None, "id_shared": False}
    return row | nothing | ({"id_problem": None} if row["id_status"] == "missing" else {})


def _made(chance: Random, columns: Choices) -> Row:
    row = {name: chance.choice(values) for name, values in columns.items()}
    return row | ({"registered_on": None} if row.get("registered_on_given") is False else {})


def _county(chance: Random, as_of: dt.date, households: int, members: int, given: set[str]) -> PlainCounty:
    homes = [{"household_key": key - 1} | _made(chance, _household_columns()) for key in range(households)]
    columns = _member_columns(as_of, households)
    people = [{"person_key": key} | _member(_made(chance, columns)) for key in range(members)]
    lists = {}
    for name, listed in _listed(as_of).items():
        if name in given:
            who = chance.choices(people, k=chance.randint(0, 2 * members))
            lists[name] = [_keys(person) | _made(chance, listed) for person in who]
    return PlainCounty(homes, people, lists)


def _keys(person: Row) -> Row:
    return {key: person[key] for key in ("person_key", "household_key")}


@st.composite
def parameters(draw: st.DrawFn) -> Parameters:
    """The defaults, or other values for some of them."""
    if draw(st.booleans()):
        return Parameters()
    return Parameters(
        registered_line=draw(st.sampled_from([Decimal(5000), Decimal("4999.99")])),
        general_line=draw(st.sampled_from([Decimal(20000), Decimal(10000)])),
        outpatient_line=draw(st.sampled_from([Decimal(500), Decimal("500.01")])),
        monitored_like_registered=draw(st.booleans()),
        school_entry_cutoff=draw(st.sampled_from([None, "08-31", "01-01"])),
        litres=draw(st.sampled_from([20.0, 40.0])),
        minutes=draw(st.sampled_from([20.0, 10.0])),
        reliability=draw(st.sampled_from([90.0, 95.0])),
        unemployed_months=draw(st.sampled_from([3, 1, 2])),
        income_line=draw(st.sampled_from([8500.0, 8000.0])),
        income_lines=draw(st.sampled_from([{}, {"41": 9000.0}])),
    )


@st.composite
def cases(draw: st.DrawFn, members: int) -> Case:
    """A county of at most so many members at some date, under some parameters."""
    as_of = draw(days())
    missing = draw(st.sets(st.sampled_from(sorted(_listed(as_of))), max_size=3))
    size = draw(st.sampled_from([1, 4, members // 4, members, members]))
    chance = Random(draw(st.integers(0, 2**32 - 1)))
    county = _county(chance, as_of, max(1, size // 3), size, set(_listed(as_of)) - missing)
    return Case(county, as_of, draw(parameters()))
