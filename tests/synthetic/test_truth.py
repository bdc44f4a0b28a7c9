"""The truth's own reading of the rules, from the contract: small households with known facts."""

from __future__ import annotations

import datetime as dt
from random import Random
from typing import Any

import pytest

from bangfu.synthetic.identity import IdPool
from bangfu.synthetic.layout import list_sheets
from bangfu.synthetic.ledger import Ledger
from bangfu.synthetic.model import Person, Raw
from bangfu.synthetic.people import PLANTED_SHAPE, Builder, Village
from bangfu.synthetic.planted.common import enrol_in_monitoring, furnish
from bangfu.synthetic.quirks import list_twice, spoil_number
from bangfu.synthetic.truth import Judge, Verdict, both, either

AS_OF = dt.date(2026, 10, 31)


class Small:
    """A household of five, and another to have a second place."""

    def __init__(self) -> None:
        builder = Builder(Random(1), AS_OF, IdPool(0, 1))
        village = Village("530999100200", "青坪镇", "黑河村", 1.0)
        self.home, self.other = (builder.household(village, serial, PLANTED_SHAPE) for serial in (1, 2))
        for home in (self.home, self.other):
            furnish(home, AS_OF, Random(2))
        self.ledger = Ledger(list_sheets(2026))
        for home in (self.home, self.other):
            for child in home.members[2:4]:
                self.ledger.add("school", child, status="attending")

    def bill(self, person: Person, day: dt.date | Raw, yuan: str, visit: str = "inpatient") -> None:
        fen = int(yuan.replace(".", ""))
        self.ledger.add("inpatient", person, settled_on=day, visit_type=visit, self_pay=fen)

    def verdict(self) -> Verdict:
        return Judge(AS_OF).judge([self.home, self.other], self.ledger.facts)

    def found(self) -> set[tuple[str, str | None]]:
        return {(rule, member[-2:] if member else None) for rule, _, member in self.verdict().findings}

    def open(self) -> set[tuple[str, str | None]]:
        return {(rule, member[-2:] if member else None) for rule, _, member in self.verdict().undecided}


@pytest.fixture
def small() -> Small:
    return Small()


def test_unknown_is_neither_true_nor_false() -> None:
    assert either(None, True) is True
    assert either(None, False) is None
    assert both(None, False) is False
    assert both(None, True) is None


def test_nothing_is_found_in_an_unremarkable_household(small: Small) -> None:
    assert small.found() == small.open() == set()


@pytest.mark.parametrize(("yuan", "hit"), [("5000.00", True), ("4999.99", False)])
def test_the_line_of_registered_households(small: Small, yuan: str, hit: bool) -> None:
    small.home.kind = "registered"
    small.bill(small.home.head, dt.date(2026, 1, 1), yuan)
    assert (("medical_self_pay_registered", "01") in small.found()) is hit


def test_general_households_have_the_higher_line_and_monitored_ones_the_lower(small: Small) -> None:
    small.bill(small.home.head, AS_OF, "6000.00")
    small.bill(small.home.members[1], AS_OF, "20000.00")
    assert small.found() == {("medical_self_pay_general", "02")}
    enrol_in_monitoring(small.home, "marginal", AS_OF)
    assert small.found() == {("medical_self_pay_registered", "01"), ("medical_self_pay_registered", "02")}
    small.home.removed = True
    assert small.found() == {("medical_self_pay_general", "02")}


def test_bills_of_other_years_and_days_to_come_do_not_count(small: Small) -> None:
    small.home.kind = "registered"
    small.bill(small.home.head, dt.date(2025, 12, 31), "9000.00")
    small.bill(small.home.head, dt.date(2026, 11, 1), "9000.00")
    assert small.found() == set()


def test_a_month_for_a_date_leaves_the_sum_unknown(small: Small) -> None:
    small.home.kind = "registered"
    small.bill(small.home.head, Raw("2026年3月"), "9000.00")
    assert small.found() == set()
    assert small.open() == {("medical_self_pay_registered", "01")}


@pytest.mark.parametrize(
    ("day", "hit"), [("2026-10-31", True), ("2026-10-01", True), ("2026-09-30", False), ("2026-11-01", False)]
)
def test_the_last_month(small: Small, day: str, hit: bool) -> None:
    small.ledger.add("disease", small.home.head, disease="胃癌", diagnosed_on=dt.date.fromisoformat(day))
    assert small.found() == ({("major_disease_new", "01")} if hit else set())


@pytest.mark.parametrize(
    ("statuses", "reason", "expected"),
    [
        ([], None, "compulsory_school_dropout"),
        ([], "残疾送教", None),
        ([], "厌学", "compulsory_school_dropout"),
        (["dropped_out"], None, "compulsory_school_dropout"),
        (["suspended"], "因病", None),
        (["suspended", "attending"], None, None),
        (["transferred"], None, "school_whereabouts_unknown"),
        (["transferred", "attending"], None, None),
    ],
)
def test_schooling(small: Small, statuses: list[str], reason: str | None, expected: str | None) -> None:
    child = small.home.members[2]
    child.not_in_school = reason
    small.ledger.facts = [fact for fact in small.ledger.facts if child not in fact.about]
    for status in statuses:
        small.ledger.add("school", child, status=status)
    assert small.found() == ({(expected, "03")} if expected else set())


def test_a_rejected_row_says_nothing(small: Small) -> None:
    child = small.home.members[2]
    next(fact for fact in small.ledger.facts if child in fact.about).rejected = True
    assert small.found() == {("compulsory_school_dropout", "03")}


@pytest.mark.parametrize(
    ("registered", "insured", "expected"),
    [
        ("2026-07-31", "2026-10-01", True),
        ("2026-08-01", "2026-10-01", False),
        (None, "2026-07-01", True),
        (None, "2026-08-01", False),
        (None, None, None),
    ],
)
def test_unemployment(
    small: Small, registered: str | None, insured: str | None, expected: bool | None
) -> None:
    dates: dict[str, Any] = {
        "registered_on": registered and dt.date.fromisoformat(registered),
        "last_insured_month": insured and dt.date.fromisoformat(insured),
    }
    small.ledger.add("unemployment", small.home.head, **dates)
    answer = {("unemployed_three_months", "01")}
    assert small.found() == (answer if expected else set())
    assert small.open() == (answer if expected is None else set())


def test_the_latest_assessment_of_a_house_counts(small: Small) -> None:
    head, wife = small.home.members[:2]
    small.ledger.add("housing", head, level="D", assessed_on=dt.date(2025, 1, 1), repaired=False)
    assert small.found() == {("dangerous_house", None)}
    small.ledger.add("housing", wife, level="B", assessed_on=dt.date(2026, 1, 1), repaired=None)
    assert small.found() == set()


def test_water_on_its_lines_is_safe(small: Small) -> None:
    safe: dict[str, Any] = {"litres_per_person_day": 20, "quality_ok": True, "minutes_to_fetch": 20}
    small.ledger.add("water", small.home.head, reliability=90, **safe)
    assert small.found() == set()
    small.ledger.add("water", small.other.head, reliability=89, **safe)
    assert small.found() == {("unsafe_water", None)}


def test_an_id_of_two_members_speaks_of_both(small: Small) -> None:
    wife = small.home.members[1]
    list_twice(wife, small.other)
    small.ledger.add("disease", wife, disease="胃癌", diagnosed_on=AS_OF)
    twice = {("duplicate_id_number", "02"), ("duplicate_id_number", "06")}
    assert small.found() == twice | {("major_disease_new", "02"), ("major_disease_new", "06")}


def test_a_missing_id_is_no_wrong_id(small: Small) -> None:
    spoil_number(small.home.head, None)
    assert small.found() == set()
    spoil_number(small.home.head, "530999198001010010")
    assert small.found() == {("id_checksum", "01")}


def test_income_below_the_line_unless_monitored_or_unknown(small: Small) -> None:
    small.home.per_capita = 8_499_99
    assert small.found() == {("income_below_line", None)}
    small.home.per_capita = None
    assert small.open() == {("income_below_line", None)}
    enrol_in_monitoring(small.home, "sudden", AS_OF)
    assert small.found() == small.open() == set()
