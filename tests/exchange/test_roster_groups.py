"""The villagers' group of a roster: its name, and the place where the group is a region with a code."""

from __future__ import annotations

import pytest

from bangfu.access.models import User
from bangfu.core.changing import SYSTEM, recording
from bangfu.core.models import Region, RegionLevel, Subject, SubjectKind
from bangfu.exchange.datasets import committers
from bangfu.households.models import Household, Member
from tests.cast import NOW, TOWN, VILLAGE, make_regions, make_user
from tests.exchange.rosters import HEADER, Row, committed, family

pytestmark = pytest.mark.django_db
GROUP_CODE = f"{VILLAGE}003"


@pytest.fixture
def clerk() -> User:
    regions = make_regions()
    with recording(by=SYSTEM, at=NOW, verb="add_region"):
        subject = Subject.objects.create(kind=SubjectKind.VILLAGE, place=GROUP_CODE, label="3组")
        Region.objects.create(
            code=GROUP_CODE, name="3组", level=RegionLevel.GROUP, parent=regions[VILLAGE], subject=subject
        )
    return make_user("township", TOWN)


def bring(rows: list[Row], by: User, group: str, title: str = "村民小组") -> dict[str, int]:
    """Commit the rows with a group; the counts of the receipt."""
    grouped = [{**row, title: group} for row in rows]
    counts: dict[str, int] = committed(grouped, by, header=(*HEADER, title)).receipt["counts"]
    return counts


def places() -> list[str]:
    return list(Member.objects.order_by("id").values_list("place", flat=True))


@pytest.mark.parametrize("title", ["村民小组", "组", "小组", "自然村"])
def test_the_group_is_read_under_each_of_its_titles(clerk: User, title: str) -> None:
    bring(family("H1", "杨志明"), clerk, "大树脚", title)
    home = Household.objects.get()
    assert (home.group_name, home.place) == ("大树脚", VILLAGE)


@pytest.mark.parametrize("said", ["3组", "第3村民小组", "3", "３小组"])
def test_a_group_with_a_code_is_the_place(clerk: User, said: str) -> None:
    bring(family("H1", "杨志明", "杨丽"), clerk, said)
    home = Household.objects.get()
    assert (home.place, home.subject.place, home.village.code) == (GROUP_CODE, GROUP_CODE, VILLAGE)
    assert places() == [GROUP_CODE] * 2
    assert {member.subject.place for member in Member.objects.all()} == {GROUP_CODE}


def test_a_known_household_comes_to_its_group_with_all_its_people(clerk: User) -> None:
    rows = family("H1", "杨志明", "杨小军", "杨丽")
    committed(rows, clerk)
    assert bring(rows[:2], clerk, "3组")["changed"] == 2
    assert Household.objects.get().place == GROUP_CODE
    assert places() == [GROUP_CODE] * 3  # 杨丽不在这份名册里
    assert bring(rows[:2], clerk, "3组")["same"] == 2


def test_a_group_without_a_code_takes_the_household_back_to_the_village(clerk: User) -> None:
    rows = family("H1", "杨志明", "杨丽")
    bring(rows, clerk, "3组")
    bring(rows, clerk, "大树脚")
    assert (Household.objects.get().group_name, Household.objects.get().place) == ("大树脚", VILLAGE)
    assert places() == [VILLAGE] * 2


@pytest.mark.parametrize("titled", [True, False])
def test_a_roster_that_says_nothing_of_groups_leaves_them(clerk: User, titled: bool) -> None:
    rows = family("H1", "杨志明")
    bring(rows, clerk, "3组")
    counts = bring(rows, clerk, "") if titled else committed(rows, clerk).receipt["counts"]
    assert counts["same"] == 1
    assert (Household.objects.get().group_name, Household.objects.get().place) == ("3组", GROUP_CODE)


def test_the_roster_template_asks_for_it() -> None:
    (dataset,) = (one.dataset for one in committers() if one.dataset.id == "household_roster")
    assert [column.titles[0] for column in dataset.sheet.columns][3:5] == ["村", "村民小组"]
