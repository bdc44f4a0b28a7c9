"""A second made-up county next door, so that one sees what one may not see."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta

from bangfu.access.actions.roles import assign_role
from bangfu.access.actions.units import create_unit
from bangfu.access.actions.users import create_user
from bangfu.access.models import UnitKind, User
from bangfu.core.changing import SYSTEM, recording
from bangfu.core.models import Region
from bangfu.core.regions import add_region
from bangfu.demo.people import FROM
from bangfu.households.actions.registering import MemberFacts, register_household
from bangfu.synthetic.identity import id_number
from bangfu.synthetic.names import given_name, surname

CODE = "530998"
REGIONS = ((CODE, "雾山县"), (f"{CODE}100", "雾溪镇"), (f"{CODE}100200", "雾溪村"))
HOUSEHOLDS = 40
_RELATIONS = ("配偶", "之子", "之女")
_OLDEST, _DAYS = date(1950, 1, 1), 24_000


def make_neighbour_county(*, at: datetime) -> None:
    """雾山县: one village of 40 households; nobody of the practice accounts may see them."""
    chance = random.Random(CODE)
    with recording(by=SYSTEM, at=at, verb="register_household"):
        county, _, village = [add_region(by=SYSTEM, at=at, code=code, name=name) for code, name in REGIONS]
        office = _office(county, at)
        for number in range(HOUSEHOLDS):
            people = [_person(chance, number * 4 + index) for index in range(chance.randint(1, 4))]
            register_household(
                by=office,
                at=at,
                village=village,
                head=people[0],
                members=people[1:],
                group_name=f"{1 + number % 4}组",
                code=f"{village.code}{number:04d}",
            )


def _office(county: Region, at: datetime) -> User:
    unit = create_unit(
        by=SYSTEM, at=at, name=f"{county.name}帮扶办", kind=UnitKind.COUNTY_OFFICE, region=county
    )
    user, _ = create_user(by=SYSTEM, at=at, username="linxian", name="邻县业务员", unit=unit)
    assign_role(by=SYSTEM, at=at, user=user, role="county_office", region=county, valid_from=FROM)
    return user


def _person(chance: random.Random, number: int) -> MemberFacts:
    born = _OLDEST + timedelta(days=chance.randrange(_DAYS))
    male = chance.random() < 0.5
    sequence = 2 * (number % 499) + int(male)
    return MemberFacts(
        name=surname(chance) + given_name(chance, male),
        id_number=id_number(born, sequence, prefix=CODE),
        relation=chance.choice(_RELATIONS),
    )
