"""What of sweeps waits for whom, by grid and under the bell; sheets on the file (C-183, C-189)."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from bangfu.access.models import User
from bangfu.core.changing import recording
from bangfu.core.models import Region
from bangfu.forms.enums import SweepState
from bangfu.forms.models import Sweep
from bangfu.forms.queries import ending_soon, past_end
from bangfu.forms.tabs import load_sheets
from bangfu.forms.work import WORK
from bangfu.households.models import Grid, GridDuty
from bangfu.ledgers.workbench import cells_of
from tests.cast import NOW, OTHER_VILLAGE, VILLAGE, make_user
from tests.forms.conftest import sweep_of
from tests.forms.test_sweeps import FINE, fill
from tests.households.builders import make_household

pytestmark = pytest.mark.django_db
LAST = date(2026, 11, 30)


def page_of(user: User, sweep: Sweep, **query: str) -> dict:
    client = Client()
    client.force_login(user)
    return client.get(reverse("sweep_page", args=[sweep.uid]), query).context


@pytest.mark.parametrize(
    ("on", "soon", "past"),
    [
        (date(2026, 11, 26), False, False),
        (date(2026, 11, 27), True, False),
        (LAST, True, False),
        (date(2026, 12, 1), False, True),
    ],
)
def test_a_sweep_presses_from_three_days_before_its_end(
    regions: dict[str, Region], on: date, soon: bool, past: bool
) -> None:
    sweep_of(regions)
    assert ending_soon(Sweep.objects.all(), on).exists() is soon
    assert past_end(Sweep.objects.all(), on).exists() is past


def test_the_workbench_counts_what_is_left_and_opens_its_list(regions: dict[str, Region]) -> None:
    for name in ("段一", "段二"):
        make_household(regions, head_name=name)
    make_household(regions, OTHER_VILLAGE)
    sweep = sweep_of(regions)
    fill(sweep.tasks.filter(place=VILLAGE)[0], FINE)
    clerk = make_user("village", VILLAGE)
    (left, *_) = cells_of(clerk, WORK)
    assert left.count == 1
    client = Client()
    client.force_login(clerk)
    assert client.get(left.url).context["page"].paginator.count == 1
    with recording(by=clerk, at=NOW, verb="close_sweep"):
        Sweep.objects.update(state=SweepState.CLOSED)
    assert cells_of(clerk, WORK)[0].count == 0


def test_the_grids_of_a_village_with_their_workers_and_what_is_left(regions: dict[str, Region]) -> None:
    worker = make_user("grid_worker", VILLAGE)
    homes = [make_household(regions, head_name=name) for name in ("段一", "段二", "段三")]
    with recording(by=worker, at=NOW, verb="assign_grid"):
        grid = Grid.objects.create(village=regions[VILLAGE], place=VILLAGE, name="第1网格")
        GridDuty.objects.create(grid=grid, user=worker, valid_from=date(2024, 1, 1))
        for home in homes[:2]:
            home.grid = grid
            home.save()
    sweep = sweep_of(regions)
    fill(sweep.tasks.get(household=homes[0]), FINE)
    clerk = make_user("village", VILLAGE)
    rows = page_of(clerk, sweep)["rows"]
    shown = [(row["name"], row["workers"], row["total"], row["left"]) for row in rows]
    assert shown == [("第1网格", worker.name, 2, 1), ("未分网格", "", 1, 1)]
    client = Client()
    client.force_login(clerk)
    for row in rows:
        assert client.get(row["left_url"]).context["page"].paginator.count == row["left"]


def test_a_grid_worker_opens_on_the_own_grid(regions: dict[str, Region]) -> None:
    worker = make_user("grid_worker", VILLAGE)
    mine, other = make_household(regions), make_household(regions, OTHER_VILLAGE)
    with recording(by=worker, at=NOW, verb="assign_grid"):
        grid = Grid.objects.create(village=regions[VILLAGE], place=VILLAGE, name="第1网格")
        GridDuty.objects.create(grid=grid, user=worker, valid_from=date(2024, 1, 1))
        mine.grid = grid
        mine.save()
    sweep = sweep_of(regions)
    context = page_of(worker, sweep)
    assert context["by_grid"]
    assert [row["total"] for row in context["rows"]] == [1]
    assert sweep.tasks.filter(household=other).exists()


def test_the_file_of_a_household_shows_its_sheets(regions: dict[str, Region]) -> None:
    household = make_household(regions)
    sweep = sweep_of(regions)
    clerk = make_user("village", VILLAGE)
    before = load_sheets(household, clerk, None)
    assert (before["sheets"], len(before["waiting"]), before["may_record"]) == ([], 1, True)
    fill(sweep.tasks.get(), FINE | {"disaster": ["是"]})
    client = Client()
    client.force_login(clerk)
    page = client.get(reverse("household_file", args=[household.uid]), {"tab": "sheets"}).content.decode()
    assert "近 12 个月遭了灾" in page
    assert load_sheets(household, clerk, None)["count"] == 1
