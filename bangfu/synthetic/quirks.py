"""What is wrong in the rosters themselves, as in life: IDs, sexes, birth dates, blanks, people twice."""

from __future__ import annotations

from random import Random

from bangfu.synthetic import days, identity, names
from bangfu.synthetic.model import Household, Person

_SPOIL = (
    identity.wrong_check_digit,
    identity.wrong_check_digit,
    identity.impossible_birth,
    identity.no_such_province,
    identity.one_digit_short,
)
_AWAY_FROM_LINE = 100_00  # fen: where income must be computed, it is not a matter of rounding


def spoil_number(person: Person, number: str | None) -> None:
    """Let the roster hold a wrong ID (None: no ID) for a person."""
    person.listed_number, person.number_valid = number, False


def shift_birth(person: Person) -> None:
    """Let the roster hold another birth date than the ID's; the name then finds nobody by it."""
    person.listed_born = person.born - days.ONE_DAY
    person.linkable = False


def list_twice(person: Person, other: Household) -> Person:
    """List a person in a second household under the same ID, as happens after a marriage."""
    code = f"{other.code}{len(other.members) + 1:02d}"
    copy = Person(other, code, person.name, person.male, person.born, person.number, "其他")
    copy.extra = dict(person.extra)
    copy.linkable = person.linkable = False
    copy.twin, person.twin, copy.copied = person, copy, True
    other.members.append(copy)
    return copy


def hide_income(home: Household, how: str) -> None:
    """Leave the per-capita income blank: ``computable`` from its parts, or ``unknown`` as one is missing."""
    home.extra["income_blank"] = True
    if how == "unknown":
        home.parts[1] = None
        home.per_capita = None
        home.extra["net_income"] = None


def trouble(home: Household, line: int, rng: Random) -> None:
    """Some of all that, at the rates of a well-kept register."""
    if rng.random() < 0.002:
        home.dangerous = None
    if home.category is None and rng.random() < 0.001:
        home.kind = None
    drawn = rng.random()
    if drawn < 0.0015:
        hide_income(home, "unknown")
    elif drawn < 0.006 and abs((home.per_capita or 0) - line) > _AWAY_FROM_LINE:
        hide_income(home, "computable")
    for person in home.members:
        if person.twin is None and person.code is not None:
            _trouble_person(person, rng)


def _trouble_person(person: Person, rng: Random) -> None:
    drawn = rng.random()
    if drawn < 0.001:
        spoil_number(person, names.pick(rng, _SPOIL)(person.number))
    elif drawn < 0.0016:
        spoil_number(person, None)
    elif drawn < 0.0021:
        person.listed_male = not person.male
    elif drawn < 0.0024:
        person.listed_male = None
    elif drawn < 0.0029:
        shift_birth(person)
    elif drawn < 0.0033:
        person.listed_born = None
