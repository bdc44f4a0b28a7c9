"""The list of plans: as many statements for many households as for few; its counts are its lists."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bangfu.ledgers.queries import preset_counts
from bangfu.monitoring.ledgers.help import PLANS
from tests.monitoring.case_builders import begun, people, poor_household

pytestmark = pytest.mark.django_db


def monitored(regions, count: int) -> None:
    for _ in range(count):
        poor_household(regions, monitored_category="sudden")


def test_the_count_of_each_gap_is_the_length_of_its_list(regions, signed_in) -> None:
    monitored(regions, 3)
    begun(regions).carry("help")
    office = people().county
    counts = preset_counts(PLANS, office)
    assert (counts[""], counts["no_measure"], counts["not_begun"]) == (4, 3, 1)
    for id, _, query in PLANS.views:
        listed = signed_in(office).get(f"{reverse('plan_list')}?{query}").context["page"].paginator.count
        assert counts[id] == listed, id


def test_the_workbook_takes_no_more_statements_for_more_households(regions, signed_in) -> None:
    browser = signed_in(people().county)

    def statements() -> int:
        with CaptureQueriesContext(connection) as captured:
            b"".join(browser.get(reverse("plan_list"), {"format": "xlsx"}).streaming_content)
        return len(captured)

    monitored(regions, 1)
    few = statements()
    monitored(regions, 30)
    assert statements() == few
