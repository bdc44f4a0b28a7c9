"""Coverage figures: what counts as covered, by dated county parameters; figures equal their lists (C-207)."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.utils import timezone

from bangfu.core.changing import SYSTEM, recording
from bangfu.core.parameters import supersede_parameter
from bangfu.households.models import Household, Member
from bangfu.households.queries.coverage import HOUSEHOLD_GROUPS, MEMBER_GROUPS, in_group, years_before
from bangfu.metrics.counting import by_region, count, figure
from bangfu.metrics.registry import all_metrics
from tests.cast import COUNTY, NOW, OTHER_COUNTY, OTHER_VILLAGE, TOWN, VILLAGE, make_user
from tests.households.round_builders import make_households

pytestmark = pytest.mark.django_db

ON = date(2026, 11, 22)
FOREIGN = "530998101001"
OURS = [id for id, metric in all_metrics().items() if metric.rows.__module__ == "bangfu.households.metrics"]


def _household(regions, place: str = VILLAGE, **facts) -> Household:
    return make_households(regions, [1], place=place, **facts)[0]


def _person(regions, place: str = VILLAGE, **facts) -> Member:
    member = _household(regions, place).members.get()
    with recording(by=SYSTEM, at=NOW, verb="build"):
        Member.objects.filter(pk=member.pk).update(**facts)
    return member


def _members(code: str, on: date = ON) -> set[int]:
    return set(in_group(Member.objects.all(), MEMBER_GROUPS[code], on).values_list("pk", flat=True))


def _households(code: str, on: date = ON) -> set[int]:
    return set(in_group(Household.objects.all(), HOUSEHOLD_GROUPS[code], on).values_list("pk", flat=True))


def _set(code: str, text: str, place: str = COUNTY) -> None:
    supersede_parameter(
        by=SYSTEM,
        at=NOW,
        code=code,
        text=text,
        place=place,
        valid_from=date(2026, 1, 1),
        basis="测试文件",
        grade="知",
    )


@pytest.mark.parametrize(
    ("resident", "employee", "insured"),
    [
        (True, False, True),
        (False, True, True),
        (None, True, True),
        (False, False, False),
        (None, None, False),
        (False, None, False),
    ],
)
def test_either_basic_insurance_covers(regions, resident, employee, insured: bool) -> None:
    member = _person(regions, resident_insurance=resident, employee_insurance=employee)
    assert (member.pk in _members("insured")) is insured


@pytest.mark.parametrize(
    ("birth", "of_age"),
    [
        (date(2020, 11, 22), True),  # 今天满 6 周岁
        (date(2020, 11, 23), False),
        (date(2010, 11, 23), True),  # 明天才满 16 周岁
        (date(2010, 11, 22), False),
        (None, False),
    ],
)
def test_school_age_has_both_ends(regions, birth, of_age: bool) -> None:
    member = _person(regions, birth_date=birth)
    assert (member.pk in _members("school_age")) is of_age


def test_a_county_may_set_its_own_school_age(regions) -> None:
    ours = _person(regions, birth_date=date(2010, 11, 1))
    theirs = _person(regions, FOREIGN, birth_date=date(2010, 11, 1))
    _set("school_age_to", "16")
    assert _members("school_age") == {ours.pk}
    assert theirs.pk not in _members("school_age")


@pytest.mark.parametrize(
    ("status", "at_school"),
    [("小学", True), ("九年级", True), ("", False), ("非在校生", False), ("学龄前儿童", False)],
)
def test_who_is_at_school(regions, status: str, at_school: bool) -> None:
    member = _person(regions, birth_date=date(2016, 1, 1), student_status=status)
    assert (member.pk in _members("schooled")) is at_school


@pytest.mark.parametrize(("value", "covered"), [(False, True), (True, False), (None, False)])
def test_a_house_that_nobody_looked_at_is_no_safe_house(regions, value, covered: bool) -> None:
    assert (_household(regions, dangerous_house=value).pk in _households("housed")) is covered


@pytest.mark.parametrize(("value", "covered"), [(True, True), (False, False), (None, False)])
def test_water(regions, value, covered: bool) -> None:
    assert (_household(regions, safe_water=value).pk in _households("watered")) is covered


def test_who_has_gone_is_not_counted(regions) -> None:
    _household(regions, state="moved_out", dangerous_house=False, safe_water=True)
    assert not _households("present") | _households("housed") | _households("register")


def test_income_target_and_its_gap(regions) -> None:
    """C-092: below the target, of those whose income is known; without a target nobody is below."""
    low = _household(regions, per_capita_net_income=599_999)
    _household(regions, per_capita_net_income=600_000)
    _household(regions)
    assert _households("below_target") == set()
    _set("income_target_per_capita", "6000")
    assert _households("below_target") == {low.pk}
    found = figure(all_metrics()["households_below_target"], make_user("county_office"), "", ON)
    assert (found.count, found.of, str(found.rate)) == (1, 2, "50.0")


def test_leap_day_births() -> None:
    assert years_before(date(2028, 2, 29), 6) == date(2022, 2, 28)
    assert years_before(date(2026, 11, 22), 6) == date(2020, 11, 22)


@pytest.fixture
def county(regions):
    """Households of all kinds in three villages and another county."""
    for place in (VILLAGE, OTHER_VILLAGE, FOREIGN):
        _household(regions, place, dangerous_house=False, safe_water=True, per_capita_net_income=1)
        _household(regions, place, household_type="general", dangerous_house=True)
        _household(regions, place, household_type="general", monitored_category="sudden")
        _person(regions, place, birth_date=date(2015, 5, 5), student_status="小学", resident_insurance=True)
        _person(regions, place, birth_date=date(2014, 5, 5), student_status="", employee_insurance=True)
    _set("income_target_per_capita", "6000")


@pytest.mark.parametrize("id", OURS)
@pytest.mark.parametrize(
    ("role", "place"), [("county_office", COUNTY), ("township", TOWN), ("village", VILLAGE)]
)
def test_every_figure_equals_the_list_it_opens(county, id: str, role: str, place: str) -> None:
    metric, user = all_metrics()[id], make_user(role, place)
    client = Client()
    client.force_login(user)
    today = timezone.localdate()
    for within in ("", VILLAGE):
        listed = client.get(metric.list_url(within, today)).context["page"].paginator.count
        assert listed == count(metric, user, within, today) > 0


@pytest.mark.parametrize("id", OURS)
def test_regions_add_up_to_the_whole(county, id: str) -> None:
    metric, user = all_metrics()[id], make_user("county_office")
    parts = by_region(metric, user, COUNTY, ON)
    assert [part.code for part in parts] == ["530999101", "530999102"]
    assert sum(part.figure.count for part in parts) == count(metric, user, COUNTY, ON)


def test_another_county_counts_its_own(county) -> None:
    metric = all_metrics()["households_register"]
    assert count(metric, make_user("county_office", OTHER_COUNTY)) == count(
        metric, make_user("township", "530999102")
    )
