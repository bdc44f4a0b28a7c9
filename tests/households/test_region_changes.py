"""When a village's code changes or the village goes into another, its households go along, recorded."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bangfu.core.changing import SYSTEM
from bangfu.core.history import row_at
from bangfu.core.models import Region, Subject
from bangfu.core.regions import merge_region, recode_region
from bangfu.households.models import Household, Member
from tests.cast import NOW, OTHER_TOWN, OTHER_VILLAGE, SISTER_VILLAGE, TODAY, VILLAGE
from tests.households.builders import make_household

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)


def places(household: Household) -> set[str]:
    """Where household, members and their subjects lie."""
    members = Member.objects.filter(household=household)
    subjects = Subject.objects.filter(member__in=members) | Subject.objects.filter(household=household)
    household.refresh_from_db()
    rows = {household.place, *members.values_list("place", flat=True)}
    return rows | set(subjects.values_list("place", flat=True))


def test_a_new_code_of_the_village_is_the_households_too(regions: dict[str, Region]) -> None:
    household, other = make_household(regions), make_household(regions, place=OTHER_VILLAGE)
    new = f"{OTHER_TOWN}009"
    recode_region(by=SYSTEM, at=LATER, region=regions[VILLAGE], version=1, code=new, on=TODAY, basis="批复")
    assert places(household) == {new}
    assert household.village.code == new
    assert places(other) == {OTHER_VILLAGE}
    before = row_at(Household, household.pk, NOW)
    assert before is not None and before["place"] == VILLAGE


def test_a_merged_village_hands_its_households_over(regions: dict[str, Region]) -> None:
    household = make_household(regions)
    into = regions[SISTER_VILLAGE]
    merge_region(by=SYSTEM, at=LATER, region=regions[VILLAGE], version=1, into=into, on=TODAY, basis="批复")
    assert places(household) == {SISTER_VILLAGE}
    assert household.village == into
    assert household.change.verb == "merge_region"
