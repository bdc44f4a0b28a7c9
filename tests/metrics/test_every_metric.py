"""Every metric of the application: the number is the length of the list that it opens, for everybody."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.utils import timezone

from bangfu.access.permissions import Permission
from bangfu.core.models import Region
from bangfu.metrics.counting import count
from bangfu.metrics.registry import Metric, all_metrics
from bangfu.metrics.screen import known_to, list_address
from tests.cast import (
    COUNTY,
    FOREIGN_VILLAGE,
    OTHER_COUNTY,
    OTHER_VILLAGE,
    SISTER_VILLAGE,
    TOWN,
    VILLAGE,
    make_regions,
    make_user,
)
from tests.households.builders import make_household

pytestmark = pytest.mark.django_db

ASKERS = [
    ("county_office", COUNTY, ("", TOWN, SISTER_VILLAGE)),
    ("county_office", OTHER_COUNTY, ("", FOREIGN_VILLAGE)),
    ("township", TOWN, ("", VILLAGE)),
    ("village", VILLAGE, ("",)),
    ("supervisor", COUNTY, ("", TOWN)),
]
_KINDS = ({"household_type": "registered"}, {"household_type": "general"}, {"monitored_category": "marginal"})
_YES_NO_UNKNOWN = (True, False, None)


@pytest.fixture
def regions(db: None) -> dict[str, Region]:
    """Households of every kind in every village, so that no metric counts nothing everywhere."""
    regions = make_regions()
    for number in range(36):
        make_household(
            regions,
            (VILLAGE, SISTER_VILLAGE, OTHER_VILLAGE, FOREIGN_VILLAGE)[number % 4],
            1 + number % 5,
            dangerous_house=_YES_NO_UNKNOWN[number % 3],
            safe_water=_YES_NO_UNKNOWN[number // 3 % 3],
            risk_removed=_YES_NO_UNKNOWN[number // 9 % 3],
            per_capita_net_income=500_000 * (number % 4) or None,
            **_KINDS[number // 4 % 3],
        )
    return regions


@pytest.mark.parametrize(("role", "home", "places"), ASKERS)
def test_the_number_is_the_length_of_its_list(
    client: Client, regions: dict[str, Region], role: str, home: str, places: tuple[str, ...]
) -> None:
    user = make_user(role, home)
    client.force_login(user)
    today = timezone.localdate()
    compared = 0
    for metric in known_to(user):
        for place in places:
            address = list_address(metric, user, place, today)
            if address:
                assert listed(client, address) == count(metric, user, place, today), (metric.id, place)
                compared += 1
    assert compared == len(known_to(user)) * len(places)


def listed(client: Client, address: str) -> int:
    response = client.get(address)
    assert response.status_code == 200, address
    number: int = response.context["page"].paginator.count
    return number


def test_a_leader_counts_without_lists(regions: dict[str, Region]) -> None:
    """Lists of money and of projects a leader sees: they are not about persons."""
    leader, office = make_user("leader"), make_user("county_office")
    today = timezone.localdate()
    for metric in all_metrics().values():
        if metric.permission is Permission.METRIC_VIEW:
            assert list_address(metric, leader, "", today) == "", metric.id
        assert count(metric, leader, "", today) == count(metric, office, "", today)


@pytest.mark.parametrize("metric", all_metrics().values(), ids=lambda metric: metric.id)
def test_a_metric_says_what_it_counts(metric: Metric) -> None:
    assert metric.label and metric.unit
    assert metric.definition.endswith("。")
    assert (metric.unit == "%") == (metric.ratio_of is not None)


def test_a_numerator_lies_within_its_denominator(regions: dict[str, Region]) -> None:
    user, today = make_user("county_office"), date(2026, 11, 22)
    for metric in all_metrics().values():
        if metric.ratio_of is not None:
            rows = metric.rows(user, "", today).values("pk")
            outside = metric.ratio_of.rows(user, "", today).exclude(pk__in=rows).count()
            assert outside + rows.count() == count(metric.ratio_of, user, "", today), metric.id
