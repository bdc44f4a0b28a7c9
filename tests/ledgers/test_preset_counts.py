"""Preset views say how many rows lie behind them: fetched once, in one query, and true."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bangfu.access.scope import has_permission
from bangfu.households.ledgers.households import HOUSEHOLDS
from bangfu.ledgers.definition import all_ledgers
from bangfu.ledgers.queries import preset_counts
from tests.cast import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return make_user("county_office")


@pytest.fixture
def client(office) -> Client:
    client = Client()
    client.force_login(office)
    return client


def _with_presets(user) -> list:
    mounted = [one for one in all_ledgers().values() if one.id not in ("sample_list", "large_list")]
    return [one for one in mounted if one.views and has_permission(user, one.permission)]


def test_each_count_is_the_list_it_opens(client, office, households) -> None:
    for ledger in _with_presets(office):
        bar = client.get(reverse(ledger.id), {"counts": "1"}).context
        for view in bar["saved_views"]:
            listed = client.get(f"{reverse(ledger.id)}{view['url']}").context["page"].paginator.count
            assert view["count"] == listed, (ledger.id, view["label"])


def test_all_presets_of_a_ledger_are_counted_in_one_query(office, households) -> None:
    ledger = HOUSEHOLDS
    preset_counts(ledger, office)
    with CaptureQueriesContext(connection) as queries:
        counts = preset_counts(ledger, office)
    assert len(queries) == 1
    assert counts[""] == 4 and len(counts) == len(ledger.views) + 1


def test_the_page_asks_for_them_and_the_answer_does_not_ask_again(client, households) -> None:
    page = client.get(reverse("household_list"), {"sort": "head_name"}).content.decode()
    assert 'hx-get="?sort=head_name&amp;counts=1"' in page
    bar = client.get(reverse("household_list"), {"counts": "1"}).content.decode()
    assert "counts=1" not in bar and "<small>4</small>" in bar
