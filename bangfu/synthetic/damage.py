"""What goes wrong between a department's register and the file that arrives, and what rows count as."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from random import Random

from bangfu.synthetic import identity, names
from bangfu.synthetic.layout import Sheet
from bangfu.synthetic.model import ACCEPTED, REJECTED, Fact, Raw, Record

_DATES = (
    "settled_on",
    "diagnosed_on",
    "issued_on",
    "started_on",
    "assessed_on",
    "happened_on",
    "died_on",
    "registered_on",
)


def ruined(number: str) -> Raw:
    """An ID as a spreadsheet leaves it that took it for a number."""
    return Raw(float(number[:17] + "0"))


def damage(facts: list[Fact], sheets: Mapping[str, Sheet], rng: Random) -> None:
    """Damage about one row in sixty; planted rows, linked by nothing else, are left alone."""
    for fact in facts:
        drawn = rng.random()
        if fact.fixed or drawn >= 0.0165 or not sheets[fact.sheet].dress.uneven:
            continue
        for share, harm in _HARMS:
            drawn -= share
            if drawn < 0:
                harm(fact, sheets[fact.sheet])
                break


def _repeat(fact: Fact, sheet: Sheet) -> None:
    if sheet.dress.merged is None:
        fact.repeats = 1


def _lose_number(fact: Fact, sheet: Sheet) -> None:
    if _found_by_name(fact, sheet):
        fact.values["id_number"] = None


def _mistype_number(fact: Fact, sheet: Sheet) -> None:
    if "id_number" not in sheet.ids or fact.values["id_number"] is None:
        return
    if not _found_by_name(fact, sheet):
        fact.about = ()
        fact.values |= dict.fromkeys(("birth_date", "village", "head_name"))
    fact.values["id_number"] = identity.wrong_check_digit(fact.values["id_number"])


def _found_by_name(fact: Fact, sheet: Sheet) -> bool:
    known = [person for person in fact.about if person.linkable and person.number_valid]
    return sheet.places_people and len(known) == 1


def _rename(fact: Fact, sheet: Sheet) -> None:
    if fact.values["id_number"] is not None and "id_number" in sheet.ids:
        fact.values["name"] = "王改名"


def _ruin_number(fact: Fact, sheet: Sheet) -> None:
    if "id_number" in sheet.ids and fact.values["id_number"] is not None:
        fact.values["id_number"] = ruined(fact.values["id_number"])
        fact.rejected = True


def _garble_date(fact: Fact, sheet: Sheet) -> None:
    for column in _DATES:
        if column in sheet.ids:
            fact.values[column] = Raw("不详")
            fact.rejected = True
            return


def _garble_amount(fact: Fact, sheet: Sheet) -> None:
    if "self_pay" in sheet.ids:
        fact.values["self_pay"] = Raw("三千多")
        fact.rejected = True


def _name_nobody(fact: Fact, sheet: Sheet) -> None:
    if "disability_number" not in sheet.ids:
        fact.values |= {"name": None, "id_number": None}
        fact.rejected = True


def _month_only(fact: Fact, sheet: Sheet) -> None:
    for column in _DATES:
        day = fact.values.get(column)
        if column in sheet.ids and isinstance(day, dt.date):
            fact.values[column] = Raw(f"{day:%Y-%m}")
            return


_HARMS: tuple[tuple[float, Callable[[Fact, Sheet], None]], ...] = (
    (0.006, _repeat),
    (0.003, _lose_number),
    (0.002, _mistype_number),
    (0.001, _rename),
    (0.0015, _ruin_number),
    (0.001, _garble_date),
    (0.0005, _garble_amount),
    (0.0005, _name_nobody),
    (0.001, _month_only),
)


def ghost(values: dict[str, object], name: str, number: str, kind: int) -> Record:
    """A roster row that cannot be used, like a real member's ``values``; the person is in no other row."""
    row = values | {"name": name, "id_number": number, "member_code": None, "relation": "其他"}
    if kind == 0:
        row["id_number"] = ruined(number)
    elif kind == 1:
        row["birth_date"] = Raw("不详")
    elif kind == 2:
        row["household_code"] = None
    else:
        row |= {"name": None, "id_number": None}
    return REJECTED, 0, row


GHOST_KINDS = 4


def roster_damage(records: list[Record], rng: Random) -> list[Record]:
    """Some rows of a roster twice."""
    return [
        (fate, 1 if fate == ACCEPTED and rng.random() < 0.003 else repeats, values)
        for fate, repeats, values in records
    ]


def invented_name(rng: Random) -> str:
    """A name for somebody in no roster."""
    male = rng.random() < 0.5
    return names.surname(rng) + names.given_name(rng, male)
