"""A number is counted within the asker's scope, and is the length of the list it opens (interface.md)."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from django.http import Http404

from bangfu.core.models import Region
from bangfu.metrics import registry
from bangfu.metrics.counting import Figure, by_region, count, figure
from tests.cast import COUNTY, FOREIGN_VILLAGE, OTHER_COUNTY, OTHER_TOWN, TOWN, VILLAGE, make_user
from tests.metrics.sample import ALL, SHARE

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("households")]


@pytest.mark.parametrize(
    ("role", "home", "place", "expected"),
    [
        ("county_office", COUNTY, "", 4),
        ("county_office", COUNTY, TOWN, 3),
        ("county_office", COUNTY, VILLAGE, 2),
        ("county_office", COUNTY, FOREIGN_VILLAGE, 0),
        ("county_office", OTHER_COUNTY, "", 1),
        ("township", TOWN, "", 3),
        ("township", TOWN, COUNTY, 3),
        ("helper", COUNTY, "", 0),
    ],
)
def test_counts_within_the_scope(role: str, home: str, place: str, expected: int) -> None:
    assert count(ALL, make_user(role, home), place) == expected


def test_a_ratio_keeps_both_numbers() -> None:
    user = make_user("county_office")
    assert figure(SHARE, user) == Figure(2, 4)
    assert figure(SHARE, user).rate == Decimal("50.0")


@pytest.mark.parametrize(
    ("number", "rate"),
    [
        (Figure(5), None),
        (Figure(0, 0), None),
        (Figure(1, 3), Decimal("33.3")),
        (Figure(2, 3), Decimal("66.7")),
        (Figure(1, 2000), Decimal("0.1")),
        (Figure(3, 3), Decimal("100.0")),
    ],
)
def test_rates_have_one_decimal_half_up(number: Figure, rate: Decimal | None) -> None:
    assert number.rate == rate


@pytest.mark.parametrize(
    ("number", "smallest"),
    [
        (Figure(7), 7),
        (Figure(0), 0),
        (Figure(7, 9), 2),
        (Figure(9, 9), 9),
        (Figure(0, 3), 3),
        (Figure(0, 0), 0),
    ],
)
def test_the_smallest_group_a_figure_tells_of(number: Figure, smallest: int) -> None:
    assert number.smallest_group == smallest


def test_regions_stand_in_the_order_of_their_codes_and_add_up() -> None:
    user = make_user("county_office")
    towns = by_region(SHARE, user)
    assert [(one.code, one.figure) for one in towns] == [(TOWN, Figure(1, 3)), (OTHER_TOWN, Figure(1, 1))]
    assert sum(one.figure.count for one in towns) == count(SHARE, user)
    villages = by_region(ALL, user, TOWN)
    assert [(one.name, one.figure.count) for one in villages] == [("上寨村", 2), ("下河村", 1)]
    assert by_region(ALL, user, VILLAGE) == []


def test_regions_out_of_reach_are_not_there() -> None:
    with pytest.raises(Http404):
        by_region(ALL, make_user("county_office"), OTHER_COUNTY)


def test_a_scope_of_places_of_several_levels_counts_each(regions: dict[str, Region]) -> None:
    from datetime import date

    from bangfu.access.models import RoleAssignment
    from tests.cast import NOW

    user = make_user("township", OTHER_TOWN)
    RoleAssignment.objects.create(
        user=user, role="village", place=VILLAGE, valid_from=date(2020, 1, 1), granted_at=NOW
    )
    assert [(one.code, one.figure.count) for one in by_region(ALL, user)] == [(VILLAGE, 2), (OTHER_TOWN, 1)]


def test_an_id_is_given_once_and_a_denominator_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "_metrics", {})
    with pytest.raises(registry.MetricError, match="denominator"):
        registry.register(SHARE)
    registry.register(ALL)
    assert registry.register(ALL) is ALL
    registry.register(SHARE)
    with pytest.raises(registry.MetricError, match="two metrics"):
        registry.register(replace(ALL, label="另一个"))
    assert list(registry.all_metrics()) == ["all_households", "registered_share"]
