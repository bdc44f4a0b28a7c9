"""Who a right screening finds: the contract's rules over the generator's own knowledge.

Written from the contract alone and independent of the rule engine, so that the two can be compared.
Unknown is None: ``unknown or true`` is true, ``unknown and false`` is false.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from bangfu.synthetic import days
from bangfu.synthetic.model import Fact, Household, Person, Raw

Truth = bool | None

REGISTERED_LINE = 5_000_00
GENERAL_LINE = 20_000_00
OUTPATIENT_LINE = 500_00
INCOME_LINE = 8_500_00
SCHOOL_AGE = range(6, 16)
EXCUSED = frozenset({"因病", "因残", "残疾送教", "送教上门"})


class Answer(NamedTuple):
    """A finding or an undecided question: rule, household code, member code (None of a household rule)."""

    rule: str
    household: str
    member: str | None


class Verdict(NamedTuple):
    """What a right screening comes to."""

    findings: list[Answer]
    undecided: list[Answer]


def both(*parts: Truth) -> Truth:
    """And: false if one is, else unknown if one is."""
    if False in parts:
        return False
    return None if None in parts else True


def either(*parts: Truth) -> Truth:
    """Or: true if one is, else unknown if one is."""
    if True in parts:
        return True
    return None if None in parts else False


def opposite(part: Truth) -> Truth:
    """Not; unknown stays unknown."""
    return None if part is None else not part


class Judge:
    """Answers every rule for the households of one township and the facts about their members."""

    def __init__(self, as_of: dt.date) -> None:
        self.as_of = as_of

    def judge(self, households: Iterable[Household], facts: Iterable[Fact]) -> Verdict:
        """All findings and undecided questions; facts that are rejected or link to nobody say nothing."""
        homes = list(households)
        verdict = Verdict([], [])
        by_person: dict[str, dict[Person, list[Fact]]] = defaultdict(lambda: defaultdict(list))
        by_home: dict[str, dict[Household, list[Fact]]] = defaultdict(lambda: defaultdict(list))
        for fact in facts:
            if not fact.rejected:
                for person in fact.about:
                    by_person[fact.dataset][person].append(fact)
                for home in dict.fromkeys(person.household for person in fact.about):
                    by_home[fact.dataset][home].append(fact)
        for dataset, rules in self._member_rules().items():
            for person, rows in by_person[dataset].items():
                for rule, decide in rules.items():
                    _note(verdict, decide(person, rows), rule, person.household, person)
        for dataset, (rule, decide_home) in self._household_rules().items():
            for home, rows in by_home[dataset].items():
                _note(verdict, decide_home(rows), rule, home, None)
        self._roster(verdict, homes, by_person["school_enrolment"])
        return verdict

    def _member_rules(self) -> dict[str, dict[str, Callable[[Person, list[Fact]], Truth]]]:
        return {
            "medical_expense": {
                "medical_self_pay_registered": self._registered_self_pay,
                "medical_self_pay_general": self._general_self_pay,
                "outpatient_self_pay": self._outpatient_self_pay,
            },
            "major_disease": {"major_disease_new": lambda _, rows: self._recent(rows, "diagnosed_on")},
            "disability": {
                "disability_new": lambda _, rows: self._recent(rows, "issued_on", "level", {"1", "2"})
            },
            "social_assistance": {"social_assistance_new": lambda _, rows: self._recent(rows, "started_on")},
            "unemployment": {"unemployed_three_months": self._unemployed},
            "traffic_accident": {
                "traffic_accident_serious": lambda _, rows: self._recent(
                    rows, "happened_on", "consequence", {"death", "serious"}
                )
            },
            "death": {"death_still_listed": lambda _person, _rows: True},
        }

    def _household_rules(self) -> dict[str, tuple[str, Callable[[list[Fact]], Truth]]]:
        return {
            "housing_safety": ("dangerous_house", _dangerous),
            "water_safety": ("unsafe_water", _unsafe_water),
            "disaster": ("disaster_hit", lambda rows: self._recent(rows, "happened_on")),
        }

    def _recent(
        self, rows: list[Fact], column: str, other: str | None = None, among: Iterable[str] = ()
    ) -> Truth:
        """Some row's date lies in the last month and, where asked, its other column has one of the codes."""

        def counts(row: Fact) -> Truth:
            day = said(row, column)
            in_window = None if day is None else days.within_last_month(day, self.as_of)
            return in_window if other is None else both(in_window, _one_of(said(row, other), among))

        return either(*(counts(row) for row in rows))

    def _self_pay(
        self, rows: list[Fact], visit: str, window: Callable[[dt.date, dt.date], bool]
    ) -> int | None:
        """The sum in fen; None where a bill that may count has an unknown date, kind or amount."""
        paid = 0
        for row in rows:
            day = said(row, "settled_on")
            inside = None if day is None else window(day, self.as_of)
            counts = both(_one_of(said(row, "visit_type"), {visit}), inside)
            amount = said(row, "self_pay")
            if counts is None or (counts and amount is None):
                return None
            paid += amount if counts else 0
        return paid

    def _registered_self_pay(self, person: Person, rows: list[Fact]) -> Truth:
        paid = self._self_pay(rows, "inpatient", days.within_year_to_date)
        return both(_registered_or_monitored(person), None if paid is None else paid >= REGISTERED_LINE)

    def _general_self_pay(self, person: Person, rows: list[Fact]) -> Truth:
        paid = self._self_pay(rows, "inpatient", days.within_year_to_date)
        return both(
            opposite(_registered_or_monitored(person)), None if paid is None else paid >= GENERAL_LINE
        )

    def _outpatient_self_pay(self, _person: Person, rows: list[Fact]) -> Truth:
        paid = self._self_pay(rows, "outpatient", days.within_last_full_month)
        return None if paid is None else paid >= OUTPATIENT_LINE

    def _unemployed(self, _person: Person, rows: list[Fact]) -> Truth:
        def counts(row: Fact) -> Truth:
            registered, insured = row.values.get("registered_on"), said(row, "last_insured_month")
            long = False if registered is None else self._three_months_ago(said(row, "registered_on"))
            lapsed = None if insured is None else days.months_between(insured, self.as_of) >= 3
            return either(long, lapsed)

        return either(*(counts(row) for row in rows))

    def _three_months_ago(self, registered: dt.date | None) -> Truth:
        return None if registered is None else days.shifted(registered, 3) <= self.as_of

    def _roster(self, verdict: Verdict, homes: list[Household], schooling: dict[Person, list[Fact]]) -> None:
        for home in homes:
            income = None if home.per_capita is None else home.per_capita < INCOME_LINE
            _note(verdict, both(income, not home.monitored), "income_below_line", home, None)
            _note(verdict, home.dangerous, "dangerous_house_roster", home, None)
            for person in home.members:
                self._school(verdict, person, schooling.get(person, []))
        numbers = Counter(p.listed_number for home in homes for p in home.members if p.number_valid)
        for home in homes:
            for person in home.members:
                _identity(verdict, person, numbers)

    def _school(self, verdict: Verdict, person: Person, rows: list[Fact]) -> None:
        born = person.known_born
        of_age = None if born is None else days.age(born, self.as_of) in SCHOOL_AGE
        if of_age is False:
            return
        statuses = [said(row, "status") for row in rows]
        attending = either(*(_one_of(status, {"attending"}) for status in statuses))
        out = either(*(_one_of(status, {"dropped_out", "suspended"}) for status in statuses))
        left = either(*(_one_of(status, {"transferred", "graduated"}) for status in statuses))
        dropout = both(out, opposite(attending)) if rows else True
        excused = person.not_in_school in EXCUSED
        _note(
            verdict, both(of_age, not excused, dropout), "compulsory_school_dropout", person.household, person
        )
        unknown = both(of_age, left, opposite(either(out, attending)))
        _note(verdict, unknown if rows else False, "school_whereabouts_unknown", person.household, person)


def said(row: Fact, column: str) -> Any:
    """What a reader knows of a cell: a spelling that tells no value is unknown."""
    value = row.values.get(column)
    return None if isinstance(value, Raw) else value


def _one_of(code: str | None, among: Iterable[str]) -> Truth:
    return None if code is None else code in among


def _registered_or_monitored(person: Person) -> Truth:
    return either(person.household.registered, person.household.monitored)


def _dangerous(rows: list[Fact]) -> Truth:
    dated = [row for row in rows if said(row, "assessed_on") is not None]
    last = max((said(row, "assessed_on") for row in dated), default=None)
    latest = [row for row in rows if said(row, "assessed_on") == last]
    return either(
        *(both(_one_of(said(row, "level"), {"C", "D"}), opposite(said(row, "repaired"))) for row in latest)
    )


def _unsafe_water(rows: list[Fact]) -> Truth:
    def unsafe(row: Fact) -> Truth:
        litres, minutes = said(row, "litres_per_person_day"), said(row, "minutes_to_fetch")
        reliability = said(row, "reliability")
        return either(
            None if litres is None else litres < 20,
            opposite(said(row, "quality_ok")),
            None if minutes is None else minutes > 20,
            None if reliability is None else reliability < 90,
        )

    return either(*(unsafe(row) for row in rows))


def _identity(verdict: Verdict, person: Person, numbers: Counter[str | None]) -> None:
    home = person.household
    _note(verdict, person.listed_number is not None and not person.number_valid, "id_checksum", home, person)
    if not person.number_valid:
        return
    _note(verdict, numbers[person.listed_number] > 1, "duplicate_id_number", home, person)
    sex = None if person.listed_male is None else person.listed_male != person.male
    _note(verdict, sex, "sex_mismatch", home, person)
    born = None if person.listed_born is None else person.listed_born != person.born
    _note(verdict, born, "birth_mismatch", home, person)


def _note(verdict: Verdict, truth: Truth, rule: str, home: Household, person: Person | None) -> None:
    if truth is not False:
        answer = Answer(rule, home.code, person.code if person else None)
        (verdict.findings if truth else verdict.undecided).append(answer)
