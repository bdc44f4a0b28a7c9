"""The invented county's facts: who lives where, and what departments know of them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

#: The five parts of a household's income, as the roster has them; the last one is spent.
INCOME_PARTS = ("wage_income", "business_income", "property_income", "transfer_income", "business_expense")


@dataclass(slots=True, eq=False)
class Household:
    """One household; amounts in fen. ``kind`` registered/general or None where the roster leaves it blank.

    ``category`` is the monitored category's code or None; ``removed`` whether its risk is marked as removed.
    ``extra`` holds further roster columns by id.
    """

    code: str
    region_code: str
    township: str
    village: str
    group: str
    kind: str | None = "general"
    category: str | None = None
    removed: bool = False
    parts: list[int | None] = field(default_factory=list)
    per_capita: int | None = None
    dangerous: bool | None = False
    helper: str | None = None
    members: list[Person] = field(default_factory=list)
    extra: dict[str, Any] = field(default_factory=dict)
    planted: bool = False

    @property
    def head(self) -> Person:
        """The head of the household."""
        return self.members[0]

    @property
    def monitored(self) -> bool:
        """A category is set and the risk is not marked as removed."""
        return self.category is not None and not self.removed

    @property
    def registered(self) -> bool | None:
        """Whether it is a registered household; None where nothing says so."""
        if self.kind is None and self.category == "unstable" and not self.removed:
            return True
        return None if self.kind is None else self.kind == "registered"


@dataclass(slots=True, eq=False)
class Person:
    """One person as he or she is, and (``listed_…``) as the roster has it.

    ``code`` None: the roster that names the person has no member codes. ``linkable``: name, birth date and
    village point to nobody else. ``twin``: the same person in another household;
    ``copied`` marks the later one.
    """

    household: Household
    code: str | None
    name: str
    male: bool
    born: dt.date
    number: str
    relation: str
    listed_number: str | None = None
    number_valid: bool = True
    listed_born: dt.date | None = None
    listed_male: bool | None = None
    not_in_school: str | None = None
    linkable: bool = True
    twin: Person | None = None
    copied: bool = False
    extra: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.listed_number, self.listed_born, self.listed_male = self.number, self.born, self.male

    @property
    def known_born(self) -> dt.date | None:
        """The birth date that a reader of the roster knows: of a valid ID, else of the column."""
        return self.born if self.number_valid else self.listed_born

    def all_of_them(self) -> tuple[Person, ...]:
        """The members that this person's ID belongs to: two if the county lists it twice."""
        return (self, self.twin) if self.twin and self.number_valid else (self,)


@dataclass(slots=True, eq=False)
class Fact:
    """One row of one list: what it says (``values`` by column id) and whom a right reading links it to.

    ``about`` is empty for somebody who is not in the roster. ``rejected``: the row cannot be used.
    ``fixed``: planted to the letter, dirt must not change what it says.
    """

    sheet: str
    dataset: str
    about: tuple[Person, ...]
    values: dict[str, Any]
    rejected: bool = False
    repeats: int = 0
    fixed: bool = False


@dataclass(frozen=True, slots=True)
class Raw:
    """A cell to be written exactly as it is."""

    cell: Any


#: What becomes of a written row.
ACCEPTED, UNMATCHED, REJECTED, REPEATED = "accepted", "unmatched", "rejected", "repeated"

#: A row as writers get it: its fate, how often it is repeated, its values by column id.
Record = tuple[str, int, dict[str, Any]]


def record(fact: Fact) -> Record:
    """A list's fact as a row to write."""
    fate = REJECTED if fact.rejected else (ACCEPTED if fact.about else UNMATCHED)
    return fate, fact.repeats, fact.values
