"""Members as rows of a roster: values by column id."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bangfu.synthetic.model import ACCEPTED, INCOME_PARTS, Household, Person, Record
from bangfu.synthetic.names import COUNTY


def household_values(home: Household) -> dict[str, Any]:
    """What a roster says of the household."""
    values = {
        "household_type": home.kind,
        "monitored_category": home.category,
        "dangerous_house": home.dangerous,
        "helper": home.helper,
        "per_capita_net_income": home.per_capita,
        **home.extra,
        **dict(zip(INCOME_PARTS, home.parts, strict=True)),
    }
    if home.category:
        values["risk_removed"] = home.removed
    if home.extra.get("income_blank"):
        values["per_capita_net_income"] = None
    return values


def member_values(person: Person) -> dict[str, Any]:
    """What a roster says of the member: codes, places, name, ID and the rest."""
    home = person.household
    return {
        "county": COUNTY,
        "township": home.township,
        "village": home.village,
        "村民小组": home.group,
        "region_code": home.region_code,
        "household_code": home.code,
        "member_code": person.code,
        "name": person.name,
        "sex": None if person.listed_male is None else "male" if person.listed_male else "female",
        "birth_date": person.listed_born,
        "id_type": "居民身份证",
        "id_number": person.listed_number,
        "relation": person.relation,
        "not_in_school_reason": person.not_in_school,
        **person.extra,
    }


def township_records(home: Household, on_each_row: bool, with_category: bool) -> Iterator[Record]:
    """The household's rows in its township's roster; people without a member code stand elsewhere.

    ``on_each_row``: the household's values stand on each row, else on the first only. ``with_category``:
    the roster says who is monitored, else only the national system's export does.
    """
    shared = household_values(home)
    if not with_category:
        shared.pop("monitored_category")
    for person in home.members:
        if person.code is not None:
            first = person is home.head
            yield ACCEPTED, 0, member_values(person) | (shared if first or on_each_row else {})


def export_records(home: Household) -> Iterator[Record]:
    """The rows of a household with a monitored category in the national system's export."""
    if home.category:
        shared = household_values(home)
        for person in home.members:
            if person.code is not None:
                yield ACCEPTED, 0, member_values(person) | shared


def supplement_records(home: Household) -> Iterator[Record]:
    """The rows of a household with a newborn in the supplementary roster, which has no member codes.

    Members that it repeats are known by their valid ID in one household.
    """
    if all(person.code is not None for person in home.members):
        return
    for person in home.members:
        if person.code is None or (person.number_valid and person.twin is None):
            yield ACCEPTED, 0, member_values(person) | {"household_phone": home.extra["household_phone"]}
