"""Made-up households through the real actions; every ID number is of the made-up county 530999 or 530998."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from itertools import count
from typing import Any

from stdnum.cn import ric

from bangfu.access.models import User
from bangfu.core.models import Region
from bangfu.households.actions.registering import MemberFacts, register_household
from bangfu.households.models import Household
from tests.cast import NOW, VILLAGE, make_user

_serial = count(1)
RELATIONS = ("配偶", "之子", "之女", "之父", "之母")
GIVEN = ("志明", "秀兰", "小军", "丽", "大山", "玉珍")


def id_number(born: date = date(1974, 5, 6), *, county: str = "530999", male: bool = True) -> str:
    """A valid number that belongs to nobody: the county does not exist."""
    # 顺序码末位男单女双；出生日推移，号码不会重
    serial = next(_serial)
    day = date.fromordinal(born.toordinal() + serial // 400)
    body = f"{county}{day:%Y%m%d}{serial % 400 * 2 + male:03d}"
    return body + ric.calc_check_digit(body + "0")


def registrar(place: str = VILLAGE) -> User:
    """The county's office of ``place``, made once."""
    username = f"registrar-{place[:6]}"
    return User.objects.filter(username=username).first() or make_user(
        "county_office", place[:6], username=username
    )


def make_household(
    regions: Mapping[str, Region],
    place: str = VILLAGE,
    members: int = 2,
    *,
    head_name: str = "杨志明",
    by: User | None = None,
    at: datetime = NOW,
    effective_on: date | None = None,
    **facts: Any,
) -> Household:
    """A household of ``members`` persons (the head is one of them) in the village ``place``."""
    people = [
        MemberFacts(
            name=head_name[0] + GIVEN[number % len(GIVEN)],
            id_number=id_number(date(1976 + number * 8, 1, 1), county=place[:6], male=number % 2 == 0),
            relation=RELATIONS[(number - 1) % len(RELATIONS)],
        )
        for number in range(1, members)
    ]
    return register_household(
        by=by or registrar(place),
        at=at,
        village=regions[place],
        head=MemberFacts(name=head_name, id_number=id_number(county=place[:6])),
        members=people,
        effective_on=effective_on,
        **facts,
    )
