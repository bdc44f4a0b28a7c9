"""What happens to people in a year: bills with heavy tails, schooling, help, accidents, property."""

from __future__ import annotations

import datetime as dt
from random import Random
from typing import Any

from bangfu.synthetic import days, names
from bangfu.synthetic.identity import disability_number
from bangfu.synthetic.ledger import Ledger
from bangfu.synthetic.model import Household, Person

#: Grades by age in completed years.
GRADES = dict(
    zip(range(6, 15), "一年级 二年级 三年级 四年级 五年级 六年级 七年级 八年级 九年级".split(), strict=True)
)


class Year:
    """Draws the events of households and enters them in the ledger."""

    def __init__(self, rng: Random, as_of: dt.date, ledger: Ledger) -> None:
        self.rng = rng
        self.as_of = as_of
        self.ledger = ledger

    def live(self, home: Household) -> None:
        """Everything that departments get to know of a household and its members."""
        for person in _known(home):
            years = days.age(person.born, self.as_of)
            self._health(person, years)
            if 6 <= years < 19:
                self._school(person, years)
            if 18 <= years < 60:
                self._work(person)
            if years >= 18:
                self._property(person)
        self._guarantees(home)

    def _chance(self, probability: float) -> bool:
        return self.rng.random() < probability

    def past(self, recent: float, oldest: int = 1500) -> dt.date:
        """A day up to as-of: with the given chance in the last month or on its edges, else long before."""
        edge = days.shifted(self.as_of, -1)
        if self._chance(0.06):
            return names.pick(self.rng, (self.as_of, edge + days.ONE_DAY, edge))
        if self._chance(recent):
            return edge + dt.timedelta(days=1 + int(28 * self.rng.random()))
        return edge - dt.timedelta(days=int(oldest * self.rng.random()))

    def _health(self, person: Person, years: int) -> None:
        rng = self.rng
        if self._chance(0.24 if years > 60 else 0.05):
            self._stays(person, years)
        if years > 45 and self._chance(0.12):
            self._outpatient(person)
        if self._chance(0.006 if years > 40 else 0.001):
            when = self.past(0.12)
            self.ledger.add("disease", person, disease=names.pick(rng, names.DISEASES), diagnosed_on=when)
        if self._chance(0.045 if years > 50 else 0.01):
            self._disability(person)
        if self._chance(0.003):
            consequence = names.pick(rng, ("minor", "minor", "serious", "serious", "death"))
            self.ledger.add("traffic", person, happened_on=self.past(0.15), consequence=consequence)
        if self._chance(0.0006 if years > 60 else 0.00005):
            self.ledger.add("death", person, died_on=self.past(0.3, 300))

    def _stays(self, person: Person, years: int) -> None:
        first = self.as_of.replace(month=1, day=1) - dt.timedelta(days=25)
        span = (self.as_of - first).days + 10
        taken = set()
        for _ in range(1 + self._chance(0.35) + self._chance(0.12)):
            day = first + dt.timedelta(days=int(span * self.rng.random()))
            if day in taken:
                continue
            taken.add(day)
            paid = int(self.rng.lognormvariate(7.25 if years > 60 else 6.9, 1.05) * 100)
            self.bill(person, day, "inpatient", paid)
            if self._chance(0.01):
                self.bill(person, day, "inpatient", -paid // 2)

    def _outpatient(self, person: Person) -> None:
        start = days.shifted(self.as_of.replace(day=1), -2)
        taken = set()
        for _ in range(1 + int(4 * self.rng.random())):
            day = start + dt.timedelta(days=int(90 * self.rng.random()))
            if day not in taken and day <= self.as_of:
                self.bill(person, day, "outpatient", int(self.rng.lognormvariate(4.6, 0.9) * 100))
            taken.add(day)

    def bill(
        self, person: Person, day: dt.date, visit: str, paid: int, sheet: str | None = None, **more: Any
    ) -> None:
        """A bill of ``paid`` fen of the patient's own, in the sheet where such bills go."""
        total = paid * 2 + paid // 3
        where = sheet or ("large" if visit == "inpatient" and paid > 12_000_00 else visit)
        amounts: dict[str, Any] = {"total": total, "reimbursed": total - paid, "self_pay": paid}
        self.ledger.add(where, person, settled_on=day, visit_type=visit, **amounts, **more)

    def _disability(self, person: Person) -> None:
        category = int(7 * self.rng.random())
        level = names.pick(self.rng, ("1", "2", "3", "3", "4", "4"))
        reissue = 1 if self._chance(0.1) else 0
        self.ledger.add(
            "disability",
            person,
            disability_number=disability_number(person.number, category + 1, int(level), reissue),
            category=names.DISABILITIES[category],
            level=level,
            issued_on=self.past(0.06),
        )

    def _school(self, person: Person, years: int) -> None:
        drawn = self.rng.random()
        if years > 15:
            if drawn < 0.85:
                self.ledger.add("high", person, school="云岭县第一中学", grade="高中", status="attending")
            return
        if drawn < 0.004:
            self._absent(person)
        elif drawn < 0.008:
            self.enrol(person, years, "dropped_out")
        elif drawn < 0.010:
            self.enrol(person, years, "suspended")
        elif drawn < 0.013:
            self.enrol(person, years, "graduated" if years > 14 else "transferred")
        else:
            self.enrol(person, years, "attending")
            if drawn > 0.997:
                self.enrol(person, years, "transferred", "邻县中心小学")

    def _absent(self, person: Person) -> None:
        """In no row of the enrolment list; of some the roster says why."""
        if self._chance(0.5):
            person.not_in_school = names.pick(self.rng, ("因病", "残疾送教", "送教上门", "厌学", "其他"))

    def enrol(self, person: Person, years: int, status: str, school: str | None = None, **more: Any) -> None:
        """A row of the enrolment list."""
        where = school or f"{person.household.township}中心学校"
        grade = GRADES.get(years, "九年级")
        self.ledger.add("school", person, school=where, grade=grade, status=status, **more)

    def _work(self, person: Person) -> None:
        if not self._chance(0.02):
            return
        rng, registered, insured = self.rng, None, None
        if self._chance(0.5):
            edge = days.shifted(self.as_of, -3)
            registered = names.pick(rng, (edge, edge + days.ONE_DAY, self.past(0.3, 400)))
        if not self._chance(0.03):
            insured = days.shifted(self.as_of.replace(day=1), -int(8 * rng.random()))
        self.ledger.add("unemployment", person, registered_on=registered, last_insured_month=insured)

    def _property(self, person: Person) -> None:
        rng, older = self.rng, dt.timedelta(days=int(4000 * self.rng.random()))
        day = self.as_of - older
        if self._chance(0.05):
            self.ledger.add("vehicle", person, item=names.pick(rng, names.VEHICLES), registered_on=day)
        if self._chance(0.015):
            item = f"云岭县{person.name}{names.pick(rng, names.BUSINESSES)}"
            self.ledger.add("business", person, item=item, registered_on=day)
        if self._chance(0.012):
            item = f"云岭县城云岭大道{1 + int(300 * rng.random())}号"
            self.ledger.add("real_estate", person, item=item, registered_on=day)
        if self._chance(0.008):
            self.ledger.add("payroll", person, item=names.pick(rng, names.EMPLOYERS), registered_on=day)

    def _guarantees(self, home: Household) -> None:
        poor = home.per_capita is not None and home.per_capita < 9_000_00
        if self._chance(0.5 if poor else 0.02):
            self._assistance(home)
        if self._chance(0.12):
            self._house(home)
        if self._chance(0.1):
            self._water(home)
        if self._chance(0.012):
            loss = int(self.rng.lognormvariate(8, 1)) * 100
            kind = names.pick(self.rng, names.DISASTERS)
            self.ledger.add("disaster", home.head, kind=kind, happened_on=self.past(0.3, 300), loss=loss)

    def _assistance(self, home: Household) -> None:
        rng = self.rng
        kinds = ("minimum_living", "extreme_poverty", "low_income_margin", "expense_hardship", "temporary")
        kind = names.pick(rng, kinds)
        for member in home.members[: 1 + int(2 * rng.random())]:
            amount = 10_00 * (20 + int(60 * rng.random()))
            self.ledger.add("assistance", member, kind=kind, started_on=self.past(0.05), amount=amount)

    def _house(self, home: Household) -> None:
        rng = self.rng
        level = names.pick(rng, "AABBBBBBBCD")
        repaired = self._chance(0.9 if level in "CD" else 0.05)
        day = self.as_of - dt.timedelta(days=30 + int(900 * rng.random()))
        named = home.head if self._chance(0.9) else names.pick(rng, _known(home))
        self.ledger.add("housing", named, level=level, assessed_on=day, repaired=repaired)
        if self._chance(0.08):
            earlier = day - dt.timedelta(days=200)
            self.ledger.add("housing", home.head, level="D", assessed_on=earlier, repaired=False)

    def _water(self, home: Household) -> None:
        rng, fine = self.rng, self._chance(0.93)
        litres = 20 + int(60 * rng.random()) if fine else names.pick(rng, (12, 19, 20, 35))
        self.ledger.add(
            "water",
            home.head,
            litres_per_person_day=litres,
            quality_ok=fine or self._chance(0.5),
            minutes_to_fetch=int(20 * rng.random()) if fine else names.pick(rng, (20, 21, 40)),
            reliability=90 + int(11 * rng.random()) if fine else names.pick(rng, (85, 89, 90, 95)),
        )


def _known(home: Household) -> list[Person]:
    """The members that departments know: no newborns yet, and nobody twice."""
    return [person for person in home.members if person.code is not None and not person.copied]
