"""The pages of the main loop take as many queries for many cases and clues as for few; pinned."""

from __future__ import annotations

import pytest

from bangfu.access.models import User
from bangfu.bench.cases import owed, pages
from bangfu.bench.filling import fill
from bangfu.bench.filling_cases import WAY, fill_cases, fill_clues
from bangfu.bench.pages import asker
from bangfu.ledgers.workbench import all_cells
from bangfu.monitoring.models import Case, Clue

pytestmark = pytest.mark.django_db

AT_MOST = {"workbench": 36, "clue_list": 12, "case_list": 12, "todo_list": 15}


def queries_of(addresses: list[str], username: str) -> int:
    ask = asker(username)
    ask(addresses[0])
    return max(ask(address)[1] for address in addresses)


def test_pages_of_a_filled_county_take_a_fixed_number_of_queries() -> None:
    fill(600, 1)
    owed(cadres=40)
    fill_cases(250)
    fill_clues(250)
    for name, addresses in pages().items():
        for username in ("county", "township"):
            assert queries_of(addresses, username) <= AT_MOST[name], (name, username)


def test_the_filled_county_owes_what_the_workbench_counts() -> None:
    fill(600, 1)
    made = owed(cadres=40)
    assert min(made.values()) > 600
    waiting = {cell.label: cell.count for cell in all_cells(User.objects.get(username="county"))}
    labels = ("责任事项逾期", "议定事项超期", "议定事项待核", "督办单待复核", "问题没有下发")
    assert all(waiting[label] for label in labels), waiting


def test_the_filled_cases_stand_in_every_step_and_the_clues_in_the_pool() -> None:
    fill(120, 1)
    fill_cases(100)
    fill_clues(40)
    assert set(Case.objects.values_list("run__state", flat=True)) == {*WAY, "closed"}
    assert Clue.objects.count() == 40
