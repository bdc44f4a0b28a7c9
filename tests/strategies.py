"""Random counties: small, full of blanks, with amounts and dates on and beside every boundary."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
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

AMOUNTS = ["0", "0.01", "-0.01", "250", "499.99", "500", "500.01", "2500", "4999.99", "5000", "5000.01"]
AMOUNTS += ["10000", "-10000", "15000", "19999.99", "20000", "20000.01", "300000000000.01"]
INCOMES = [7999.99, 8000.0, 8499.99, 8500.0, 8500.01, 8999.99, 9000.0, 0.0, -1200.0]


def days() -> st.SearchStrategy[dt.date]:
    """Dates of a screening: month ends, leap days, the turn of a year, and any other."""
    hard = st.sampled_from([dt.date.fromisoformat(day) for day in HARD_DAYS])
    return hard | st.dates(dt.date(2024, 1, 1), dt.date(2028, 12, 31))


def boundaries(as_of: dt.date) -> list[dt.date]:
    """The days around as-of on which some rule changes its mind, and their neighbours."""
    edges = [as_of, dt.date(as_of.year, 1, 1), dt.date(as_of.year, 12, 31)]
    for months in range(0, 5):
        year, month = divmod(as_of.year * 12 + as_of.month - 1 - months, 12)
        last = calendar.monthrange(year, month + 1)[1]
        edges += [dt.date(year, month + 1, day) for day in {1, min(as_of.day, last), last}]
    leap = [dt.date(2024, 2, 29)]
    return sorted({edge + step * DAY for edge in edges for step in (-1, 0, 1)} | set(leap))


def births(as_of: dt.date) -> list[dt.date]:
    """Birth dates around the sixth and the sixteenth birthday on as-of, leap days among them."""
    born = [dt.date(2012, 2, 29), dt.date(2020, 2, 29), dt.date(2018, 8, 31), dt.date(2018, 9, 1)]
    for years in (6, 16):
        first = dt.date(as_of.year - years, as_of.month, min(as_of.day, 28))
        born += [first + step * DAY for step in range(-1, 5)]
        for cutoff in (dt.date(as_of.year - years, 8, 31), dt.date(as_of.year - years - 1, 8, 31)):
            born += [cutoff, cutoff + DAY]
    return [*born, dt.date(1960, 5, 4), dt.date(as_of.year - 10, 6, 15)]


def maybe(values: list[Any]) -> st.SearchStrategy[Any]:
    """One of the values, or unknown."""
    return st.sampled_from([None, *values])


def _listed(as_of: dt.date) -> Mapping[str, st.SearchStrategy[dict[str, Any]]]:
    """What a row of each list holds."""
    day, money = maybe(boundaries(as_of)), maybe([Decimal(amount) for amount in AMOUNTS])
    statuses = maybe(["attending", "suspended", "dropped_out", "transferred", "graduated"])
    visit_types = st.sampled_from(["inpatient"] * 4 + ["outpatient"] * 3 + [None])
    columns: dict[str, dict[str, st.SearchStrategy[Any]]] = {
        "medical_expense": {"settled_on": day, "visit_type": visit_types, "self_pay": money},
        "major_disease": {"diagnosed_on": day},
        "disability": {"level": maybe(["1", "2", "3", "4"]), "issued_on": day},
        "school_enrolment": {"status": statuses},
        "social_assistance": {"kind": maybe(["minimum_living", "other"]), "started_on": day},
        "housing_safety": {
            "level": maybe(list("ABCD")),
            "assessed_on": day,
            "repaired": maybe([True, False]),
        },
        "water_safety": {
            "litres_per_person_day": maybe([19.99, 20.0, 20.01, 60.0]),
            "quality_ok": maybe([True, False]),
            "minutes_to_fetch": maybe([10.0, 20.0, 20.01]),
            "reliability": maybe([89.99, 90.0, 95.0]),
        },
        "disaster": {"kind": maybe(["洪涝"]), "happened_on": day},
        "traffic_accident": {"consequence": maybe(["death", "serious", "minor"]), "happened_on": day},
        "death": {"died_on": day},
    }
    listed = {name: st.fixed_dictionaries(described) for name, described in columns.items()}
    return listed | {"unemployment": _unemployment(as_of)}


def _unemployment(as_of: dt.date) -> st.SearchStrategy[dict[str, Any]]:
    """Not registered (a blank date), or registered on a day that may be unknown."""
    months = maybe(sorted({edge.replace(day=1) for edge in boundaries(as_of)}))
    never = {"registered_on_given": st.just(False), "registered_on": st.none(), "last_insured_month": months}
    registered = never | {"registered_on_given": st.just(True), "registered_on": maybe(boundaries(as_of))}
    return st.fixed_dictionaries(never) | st.fixed_dictionaries(registered)


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
def cases(draw: st.DrawFn, households: int = 4, members: int = 7, rows: int = 4) -> Case:
    """A county of at most so many households and members, at most so many rows a list, at some date."""
    as_of = draw(days())
    homes = _households(draw, draw(st.integers(1, households)))
    people = _members(draw, draw(st.integers(1, members)), homes, as_of)
    given_lists = {
        name: _list_rows(draw, listed, people, rows)
        for name, listed in _listed(as_of).items()
        if draw(st.sampled_from([True, True, True, False]))
    }
    return Case(PlainCounty(homes, people, given_lists), as_of, draw(parameters()))


def _households(draw: st.DrawFn, count: int) -> list[dict[str, Any]]:
    columns = {
        "region_code": st.sampled_from(["410602001001", "520101001001", None]),
        "registered_household": maybe([True, False]),
        "monitored": maybe([True, False]),
        "members": st.integers(1, 7),
        "per_capita_net_income": maybe(INCOMES),
        "dangerous_house": maybe([True, False]),
    }
    return [{"household_key": key} | draw(st.fixed_dictionaries(columns)) for key in range(-1, count - 1)]


def _members(
    draw: st.DrawFn, count: int, homes: list[dict[str, Any]], as_of: dt.date
) -> list[dict[str, Any]]:
    birth = maybe(births(as_of))
    columns = {
        "household_key": st.sampled_from([home["household_key"] for home in homes]),
        "birth_date": birth,
        "stated_birth_date": birth,
        "sex": maybe(["male", "female"]),
        "not_in_school_reason": st.sampled_from(
            ["none", "none", "none", "other", None, "illness", "disability", "home_teaching"]
        ),
        "id_shared": st.booleans(),
    }
    people = [{"person_key": key} | draw(st.fixed_dictionaries(columns)) for key in range(count)]
    return [person | draw(st.sampled_from(_identities(person))) for person in people]


def _identities(person: Mapping[str, Any]) -> list[dict[str, Any]]:
    """What an ID may say: nothing, something impossible, or a birth date and a sex."""
    blank = {"id_problem": None, "id_birth_date": None, "id_sex": None}
    faulty = [
        blank | {"id_status": "invalid", "id_problem": problem, "id_shared": False}
        for problem in ("length", "province", "birth_date", "check_digit")
    ]
    missing = blank | {"id_status": "missing", "id_shared": False}
    born = person["birth_date"] or dt.date(1970, 1, 1)
    valid = [
        blank | {"id_status": "valid", "birth_date": born, "id_birth_date": born, "id_sex": sex}
        for sex in ("male", "female")
    ]
    return [missing, *faulty, *valid, *valid]


def _list_rows(
    draw: st.DrawFn, listed: st.SearchStrategy[dict[str, Any]], people: list[dict[str, Any]], most: int
) -> list[dict[str, Any]]:
    keys = [{"person_key": p["person_key"], "household_key": p["household_key"]} for p in people]
    rows = st.lists(st.tuples(st.sampled_from(keys), listed), max_size=most)
    return [key | facts for key, facts in draw(rows)]
