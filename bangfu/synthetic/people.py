"""Households and the people in them: couples, children, grandparents, people alone."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from random import Random

from bangfu.synthetic import days, names
from bangfu.synthetic.identity import COUNTY_CODE, IdPool
from bangfu.synthetic.model import Household, Person

#: Each shape of household and its share among rural households [知].
SHAPES = (
    ("alone", 0.12),
    ("couple", 0.16),
    ("parents_children", 0.33),
    ("three_generations", 0.31),
    ("one_parent", 0.08),
)
PLANTED_SHAPE = (
    "planted"  # head, wife, a son of 10, a daughter of 13, a grandmother: so the cases count on it
)


@dataclass(frozen=True)
class Village:
    """A village and how much its households earn compared with the county's middle."""

    code: str
    township: str
    name: str
    earnings: float


class Builder:
    """Makes the households of one township, people's numbers and names without repeats."""

    def __init__(self, rng: Random, as_of: dt.date, pool: IdPool) -> None:
        self.rng = rng
        self.as_of = as_of
        self.pool = pool
        self._taken: set[tuple[str, dt.date]] = set()

    def household(self, village: Village, serial: int, shape: str | None = None) -> Household:
        """The next household of a village; ``serial`` from 1."""
        group = f"{(serial - 1) // 40 + 1}组"
        home = Household(f"{village.code}{serial:04d}", village.code, village.township, village.name, group)
        self._fill(home, shape or self._shape())
        return home

    def _shape(self) -> str:
        drawn = self.rng.random()
        for shape, share in SHAPES:
            drawn -= share
            if drawn < 0:
                return shape
        return SHAPES[0][0]

    def _fill(self, home: Household, shape: str) -> None:
        rng = self.rng
        if shape == PLANTED_SHAPE:
            self._planted_family(home)
            return
        if shape in ("alone", "couple"):
            years = 55 + int(33 * rng.random())
        else:
            years = 26 + int(28 * rng.random())
        male = shape != "one_parent" and rng.random() < 0.88
        head = self.person(home, "户主", male, years)
        if shape in ("couple", "parents_children", "three_generations"):
            self.person(home, "配偶", not male, max(20, years - 4 + int(7 * rng.random())))
        if shape in ("parents_children", "three_generations", "one_parent"):
            self._children(home, years)
        if shape == "three_generations":
            self._grandparents(home, years, head.name[0])

    def _planted_family(self, home: Household) -> None:
        self.person(home, "户主", True, 40)
        self.person(home, "配偶", False, 38)
        self.person(home, "之子", True, 10)
        self.person(home, "之女", False, 13)
        self.person(home, "之母", False, 68)

    def _children(self, home: Household, parents_years: int) -> None:
        rng = self.rng
        oldest = min(24, max(0, parents_years - 22 - int(6 * rng.random())))
        for _ in range(1 + (rng.random() < 0.55) + (rng.random() < 0.12)):
            male = rng.random() < 0.52
            self.person(home, "之子" if male else "之女", male, oldest, home.head.name[0])
            oldest -= 1 + int(5 * rng.random())
            if oldest < 0:
                return

    def _grandparents(self, home: Household, years: int, family_name: str) -> None:
        older = years + 22 + int(9 * self.rng.random())
        if older > 97:
            return
        both = self.rng.random() < 0.55
        if both or self.rng.random() < 0.35:
            self.person(home, "之父", True, older, family_name)
        if both or home.members[-1].relation != "之父":
            self.person(home, "之母", False, older - 2)

    def person(
        self, home: Household, relation: str, male: bool, years: int, family_name: str | None = None
    ) -> Person:
        """A new member, of an age in completed years; nobody else has both name and birth date."""
        oldest_day = days.born_at(years + 1, self.as_of) + days.ONE_DAY
        born = oldest_day + dt.timedelta(days=int(365 * self.rng.random()))
        born, number = self.pool.take(born, male)
        name = self._name(male, born, family_name)
        code = f"{home.code}{len(home.members) + 1:02d}"
        person = Person(home, code, name, male, born, number, relation)
        home.members.append(person)
        return person

    def _name(self, male: bool, born: dt.date, family_name: str | None) -> str:
        while True:
            if self.rng.random() < 0.01:
                name = names.dotted_name(self.rng)
            else:
                name = (family_name or names.surname(self.rng)) + names.given_name(self.rng, male)
            if (name, born) not in self._taken:
                self._taken.add((name, born))
                return name
            family_name = None


def villages(seed: int, township: int, count: int, first_number: int) -> list[Village]:
    """The villages of a township. Poverty clusters: a poor township has poor villages beside better ones."""
    rng = Random(f"{seed}/villages/{township}")
    township_earnings = 0.72 if rng.random() < 0.3 else 1.0
    name = names.township_name(township)
    made = []
    for index in range(count):
        poor = rng.random() < (0.45 if township_earnings < 1 else 0.12)
        earnings = township_earnings * (0.62 if poor else 0.92 + 0.25 * rng.random())
        code = f"{COUNTY_CODE}{township + 100:03d}{index + 200:03d}"
        made.append(Village(code, name, names.village_name(first_number + index), earnings))
    return made
