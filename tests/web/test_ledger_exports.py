"""Every ledger leaves as a workbook: its columns as heads, every row of it, who took it noted."""

from __future__ import annotations

from io import BytesIO

import openpyxl
import pytest
from django.urls import get_resolver, reverse

from bangfu.access.permissions import Permission
from bangfu.ledgers.definition import Ledger, all_ledgers
from tests.web.asking import ask, permissions_of
from tests.web.world import Person, World

pytestmark = pytest.mark.django_db


def ledgers() -> dict[str, Ledger]:
    """All that have a page; they are made known when the addresses are read."""
    pages = get_resolver().reverse_dict
    return {name: ledger for name, ledger in all_ledgers().items() if name in pages}


def who_exports(world: World, ledger: Ledger) -> Person | None:
    """Somebody who opens the ledger and exports; the county's office where it may."""
    needed = {ledger.permission, Permission.EXPORT}
    able = [person for person in world.people if needed <= set(permissions_of(person))]
    return min(able, key=lambda person: person.code != "county_office", default=None)


@pytest.mark.parametrize("name", sorted(ledgers()))
def test_a_ledger_leaves_as_a_workbook(world: World, name: str) -> None:
    ledger = ledgers()[name]
    person = who_exports(world, ledger)
    assert person is not None, f"nobody exports {name}"
    answer = ask(person, "GET", f"{reverse(name)}?format=xlsx")
    assert answer.status_code == 200
    book = openpyxl.load_workbook(BytesIO(answer.content))
    cells = [[str(cell) for cell in row if cell is not None] for row in book.worksheets[0].values]
    told = [" ".join(row) for row in cells]
    shown = [
        column.label.rstrip("）") for column in ledger.columns if column.default and not column.permission
    ]
    assert any(all(label in line for label in shown) for line in told), told[:5]
    count = ledger.rows(person.user).count()
    assert any(f"共 {count} 行" in line for line in told), told[:5]
