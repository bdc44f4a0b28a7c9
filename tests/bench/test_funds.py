"""The filled county adds up; its pages take as many queries for many entries as for few. C-031."""

from __future__ import annotations

import pytest

from bangfu.bench.filling import fill
from bangfu.bench.filling_funds import fill_funds
from bangfu.bench.funds import check_accounts, pages
from bangfu.bench.pages import asker
from tests.funds.balance import unbalanced

pytestmark = pytest.mark.django_db

AT_MOST = 45
"""Queries of any of these pages, sign-in and menu included."""


def test_a_filled_county_adds_up_and_its_pages_ask_a_fixed_number_of_questions() -> None:
    fill(60, persons=1)
    made = fill_funds(200)
    check_accounts()
    assert unbalanced() == []
    assert made["projects"] == 200 and made["payments"] > 600
    ask = asker("county")
    for name, addresses in pages().items():
        ask(addresses[0])
        assert max(ask(address)[1] for address in addresses[:3]) <= AT_MOST, name
