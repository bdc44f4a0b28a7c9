"""The defined ledger and the hand-made table read the same; the pages ask few questions. C-147."""

from __future__ import annotations

import pytest

from bangfu.bench.filling import fill
from bangfu.bench.filling_ledgers import LEDGERS, fill_ledgers
from bangfu.bench.ledgers import CASES, addresses, compare, define_and_open, read, sides_of
from bangfu.bench.pages import asker

pytestmark = pytest.mark.django_db

AT_MOST = 20
"""Queries of a ledger's page, sign-in and menu included."""


def test_both_tables_read_the_same_and_a_new_definition_works_at_once() -> None:
    fill(1)
    sides = sides_of(fill_ledgers(300))
    figures: dict[str, float] = {}
    assert set(compare(sides, 2, figures)) == {f"{name}_to_hand" for name in CASES}
    assert figures["sort_defined_ms"] > 0
    counts = {name: read(sides["defined"], name)[1] for name in CASES}
    assert counts["totals"] == counts["sort"] == 300 > counts["filter_sort"] > counts["filter"] > 0
    ask = asker("county")
    for address in addresses(LEDGERS[0]):
        assert ask(address)[1] <= AT_MOST, address
    define_and_open()
