"""What planted households have in common: five people, enough income, children in school.

They stand in the first village of the first township. Each holds one case of the contract: exact thresholds,
first and last days, rows that cannot be used. Nothing random happens to them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from random import Random
from typing import Any

from bangfu.synthetic import days
from bangfu.synthetic.economy import restate, settle, state_incomes
from bangfu.synthetic.events import Year
from bangfu.synthetic.ledger import Ledger
from bangfu.synthetic.model import Fact, Household, Person, Raw
from bangfu.synthetic.people import Builder

INCOME_LINE = 8_500_00  # fen a person and year


class Planting:
    """What a case may use: the builder, the ledger, the days that matter."""

    def __init__(self, builder: Builder, ledger: Ledger, as_of: dt.date, rng: Random) -> None:
        self.builder = builder
        self.ledger = ledger
        self.as_of = as_of
        self.rng = rng
        self.year = Year(rng, as_of, ledger)
        edge = days.shifted(as_of, -1)
        self.first_day, self.day_before = edge + days.ONE_DAY, edge
        self.unschooled: set[Person] = set()

    def month(self) -> Raw:
        """A month where a date should stand."""
        return Raw(f"{self.as_of.year}年{self.as_of.month}月")

    def add(self, sheet: str, person: Person, **values: Any) -> Fact:
        """A row that dirt leaves alone."""
        return self.ledger.add(sheet, person, fixed=True, **values)

    def bill(self, person: Person, day: Any, visit: str, paid: int, sheet: str | None = None) -> Fact:
        """A bill of ``paid`` yuan."""
        return self.fen_bill(person, day, visit, paid * 100, sheet)

    def fen_bill(self, person: Person, day: Any, visit: str, paid: int, sheet: str | None = None) -> Fact:
        """A bill of ``paid`` fen."""
        amounts = {"total": 3 * paid, "reimbursed": 2 * paid, "self_pay": paid}
        return self.add(sheet or visit, person, settled_on=day, visit_type=visit, **amounts)

    def enrol(self, person: Person, status: Any, school: str | None = None) -> Fact:
        """A row of the enrolment list; the person gets no other by itself."""
        self.unschooled.add(person)
        where = school or f"{person.household.township}中心学校"
        return self.add("school", person, school=where, grade="三年级", status=status)

    def keep_home(self, *people: Person) -> None:
        """Leave people out of the enrolment list."""
        self.unschooled.update(people)

    def born_on(self, person: Person, born: dt.date) -> None:
        """Give a person another birth date, and the ID that goes with it."""
        person.born, person.number = self.builder.pool.take(born, person.male)
        person.listed_born, person.listed_number = person.born, person.number

    def finish(self, home: Household) -> None:
        """Enrol the children that no case spoke of."""
        for person in home.members:
            years = days.age(person.born, self.as_of)
            if 6 <= years < 16 and person not in self.unschooled and person.twin is None:
                self.enrol(person, "attending")


def furnish(home: Household, as_of: dt.date, rng: Random) -> None:
    """An unremarkable general household: nothing in it is found by any rule."""
    settle(home, 1.0, as_of, rng)
    home.kind, home.category, home.removed, home.dangerous, home.helper = "general", None, False, False, None
    for column in ("identified_month", "risk_1", "measures", "removed_month", "removal_way"):
        home.extra.pop(column, None)
    state_incomes(home, 2 * INCOME_LINE, rng)


def income_of(home: Household, per_person: int) -> None:
    """Set the per-capita income to the fen: ``per_person`` × members in wages, nothing else."""
    home.parts = [per_person * len(home.members), 0, 0, 0, 0]
    restate(home)


def enrol_in_monitoring(home: Household, category: str, as_of: dt.date, removed: bool = False) -> None:
    """Make it a monitored household, or one whose risk is marked as removed."""
    home.category, home.removed, home.helper = category, removed, "周建国"
    since = days.shifted(as_of, -14).replace(day=1)
    home.extra |= {"identified_month": since, "risk_1": "因病", "measures": "健康帮扶"}
    if removed:
        home.extra |= {"removed_month": days.shifted(since, 8), "removal_way": "自然消除"}


Case = Callable[[Planting, Household], None]
