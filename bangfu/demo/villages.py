"""Village records of two years, and the officers of townships and villages."""

from __future__ import annotations

import random
from datetime import date, datetime
from typing import Any

from bangfu.access.models import User
from bangfu.core.models import Region, RegionLevel
from bangfu.households.actions.officers import appoint_officer
from bangfu.households.actions.villages import record_village
from bangfu.households.enums import OfficerKind
from bangfu.households.models import Household

BEFORE, AFTER = date(2020, 12, 31), date(2025, 12, 31)
_NAMES = ("段文", "李洪", "赵丽", "杨顺", "张玉", "马兰", "罗成", "王琴", "陈林", "刘芳")


def make_villages(office: User, county: Region, *, at: datetime) -> None:
    """For every village of the county: how it was in 2020 and in 2025; officers everywhere."""
    place = county.code
    chance = random.Random(7)
    for village in Region.objects.filter(code__startswith=place, level=RegionLevel.VILLAGE):
        size = Household.objects.filter(village=village).count()
        record_village(by=office, at=at, village=village, as_of=BEFORE, values=_before(chance, size))
        record_village(by=office, at=at, village=village, as_of=AFTER, values=_after(chance, size))
    for index, region in enumerate(
        Region.objects.filter(code__startswith=place, level__gte=RegionLevel.TOWNSHIP)
    ):
        appoint_officer(
            by=office,
            at=at,
            region=region,
            kind=OfficerKind.INFORMATION_OFFICER,
            name=_NAMES[index % len(_NAMES)],
            valid_from=date(2024, 1, 1),
        )


def _before(chance: random.Random, households: int) -> dict[str, Any]:
    return {
        "out_of_poverty": True,
        "out_of_poverty_year": chance.choice((2018, 2019, 2020)),
        "households": households + chance.randint(0, 6),
        "persons": 4 * households + chance.randint(0, 30),
        "natural_villages": chance.randint(2, 6),
        "groups": chance.randint(4, 9),
        "collective_income_fen": chance.randint(30_000, 120_000) * 100,
        "farmland_mu": chance.randint(900, 2400),
        "forest_mu": chance.randint(3000, 9000),
        "primary_schools": 1,
        "clinics": 1,
        "doctors": 1,
        "culture_rooms": chance.randint(0, 1),
        "public_toilets": 1,
        "waste_points": 2,
        "bus": chance.random() < 0.5,
        "paved_road": True,
        "tap_water": chance.random() < 0.7,
        "power": True,
    }


def _after(chance: random.Random, households: int) -> dict[str, Any]:
    return _before(chance, households) | {
        "households": households,
        "collective_income_fen": chance.randint(120_000, 480_000) * 100,
        "doctors": 2,
        "culture_rooms": 1,
        "public_toilets": 3,
        "waste_points": 6,
        "bus": True,
        "tap_water": True,
        "resources": "核桃、中药材、林下养殖",
    }
