"""What the made-up rosters lack: causes of poverty, who has no labour, rural population, income targets."""

from __future__ import annotations

import random
from datetime import date, datetime

from django.db.models import Count, Q

from bangfu.access.models import User
from bangfu.core.changing import recording
from bangfu.core.models import Region, RegionLevel
from bangfu.core.parameters import supersede_parameter
from bangfu.households.enums import HouseholdState, HouseholdType
from bangfu.households.models import Household

#: Main causes with how many in a hundred have them; the words are those of facts.md 2.1, the shares made up.
_CAUSES = {
    "因病": 29,
    "缺劳力": 15,
    "缺技术": 14,
    "因残": 12,
    "因学": 10,
    "缺资金": 8,
    "因灾": 5,
    "自身发展动力不足": 4,
    "缺土地": 3,
}
_WITHOUT_LABOUR = ("因残", "缺劳力")
_AT_ONCE = 200
_RURAL_FOR_EACH = 9
"""Rural people for each one on the register, so that the made-up incidence is about one in ten."""
_TARGETS = {2025: "21000", 2026: "22500"}
_BASIS = "演示用的虚构数字"


def write_causes(by: User, *, at: datetime) -> None:
    """Give every registered or monitored household a main cause, some a second, a few no labour at all."""
    chance = random.Random(23)
    on_register = Q(household_type=HouseholdType.REGISTERED) | ~Q(monitored_category="")
    homes = list(Household.objects.filter(on_register).order_by("id"))
    for home in homes:
        _choose(home, chance)
    fields = ("main_cause", "other_causes", "no_labour_household")
    with recording(by=by, at=at, verb="edit_household", reason="补填致贫原因"):
        Household.objects.bulk_update(homes, fields, batch_size=_AT_ONCE)


def _choose(home: Household, chance: random.Random) -> None:
    risk = home.risks[0] if home.risks else ""
    (drawn,) = chance.choices(list(_CAUSES), list(_CAUSES.values()))
    home.main_cause = risk if risk in _CAUSES else drawn
    others = [cause for cause in _CAUSES if cause != home.main_cause]
    home.other_causes = chance.sample(others, k=chance.choice((0, 0, 1, 2)))
    home.no_labour_household = home.main_cause in _WITHOUT_LABOUR and chance.random() < 0.4


def fill_in_figures(by: User, county: Region, *, at: datetime) -> None:
    """The rural population of the county and its townships, and the county's income targets."""
    persons = _persons_on_register(county)
    towns = Region.objects.filter(level=RegionLevel.TOWNSHIP, code__startswith=county.code)
    rural = {town.code: persons.get(town.code, 0) * _RURAL_FOR_EACH for town in towns}
    for code, number in {**rural, county.code: sum(rural.values())}.items():
        _put(by, at, "rural_population", str(number), code, 2025)
    for year, target in _TARGETS.items():
        _put(by, at, "income_target_per_capita", target, county.code, year)


def _persons_on_register(county: Region) -> dict[str, int]:
    homes = Household.objects.filter(
        place__startswith=county.code, household_type=HouseholdType.REGISTERED, state=HouseholdState.PRESENT
    )
    present = Count("members", filter=Q(members__state="present"))
    persons: dict[str, int] = {}
    for code, number in homes.annotate(persons=present).values_list("place", "persons"):
        persons[code[:9]] = persons.get(code[:9], 0) + number
    return persons


def _put(by: User, at: datetime, code: str, text: str, place: str, year: int) -> None:
    supersede_parameter(
        by=by,
        at=at,
        code=code,
        text=text,
        place=place,
        valid_from=date(year, 1, 1),
        basis=_BASIS,
        grade="知",
    )
