"""Writes rows of departments' lists about people, and knows whom a right reading links each row to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from bangfu.synthetic.layout import Sheet
from bangfu.synthetic.model import Fact, Person


class Ledger:
    """The facts of one township, in the order they were added."""

    def __init__(self, sheets: Mapping[str, Sheet]) -> None:
        self._sheets = sheets
        self.facts: list[Fact] = []

    def add(self, sheet: str, person: Person, fixed: bool = False, **values: Any) -> Fact:
        """A row about somebody of the county's rosters, named as the department would name him or her.

        Of people whose ID in the roster is wrong or missing only lists with birth date and village tell, and
        without an ID: in other lists nothing would say who is meant.
        """
        where = self._sheets[sheet]
        told = _named(person) | values
        fact = Fact(sheet, where.dataset, person.all_of_them(), told, fixed=fixed)
        if person.number_valid:
            return self._keep(fact)
        told["id_number"] = None
        if not where.places_people:
            return fact
        if person.linkable and person.listed_born:
            told["birth_date"] = person.listed_born
        else:
            fact.about = ()
        return self._keep(fact)

    def add_stranger(
        self, sheet: str, like: Person, name: str, born: dt.date, number: str, **values: Any
    ) -> Fact:
        """A row about somebody who is in no roster and says to live where ``like`` lives."""
        told = (
            _named(like) | {"name": name, "birth_date": born, "id_number": number, "head_name": name} | values
        )
        return self._keep(Fact(sheet, self._sheets[sheet].dataset, (), told))

    def _keep(self, fact: Fact) -> Fact:
        self.facts.append(fact)
        return fact


def _named(person: Person) -> dict[str, Any]:
    home = person.household
    return {
        "name": person.name,
        "id_number": person.number,
        "birth_date": person.born,
        "township": home.township,
        "village": home.village,
        "household_code": home.code,
        "head_name": home.head.name,
    }
