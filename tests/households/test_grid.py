"""Grids, their households and workers (C-076, C-080)."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from bangfu.access.permissions import Permission
from bangfu.core.errors import NotPermitted, SituationForbids
from bangfu.households.actions.grids import add_grid, assign_grid, close_grid, end_grid_duty, start_grid_duty
from bangfu.households.models import Grid, Household
from bangfu.households.queries.people import grid_workers_for, grids_of
from tests.cast import NOW, OTHER_VILLAGE, SISTER_VILLAGE, TODAY, VILLAGE, make_user
from tests.households.builders import make_household

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk(regions):
    return make_user("village", VILLAGE)


@pytest.fixture
def grid(regions, clerk) -> Grid:
    return add_grid(by=clerk, at=NOW, village=regions[VILLAGE], name="第一网格")


@pytest.fixture
def browser(clerk) -> Client:
    client = Client()
    client.force_login(clerk)
    return client


def test_a_worker_sees_the_households_of_the_grid_from_the_first_day_to_the_last(
    grid, regions, clerk
) -> None:
    worker = make_user("grid_worker", VILLAGE)
    inside, outside = make_household(regions), make_household(regions, head_name="李大山")
    seen = lambda: list(Household.objects.visible_to(worker, Permission.HOUSEHOLD_VIEW))  # noqa: E731
    assert assign_grid(by=clerk, at=NOW, grid=grid, households=[inside]) == 1
    assert seen() == []
    duty = start_grid_duty(by=clerk, at=NOW, grid=grid, worker=worker, valid_from=date(2026, 1, 1))
    assert seen() == [inside]
    end_grid_duty(by=clerk, at=NOW, duty=duty, valid_to=date(2026, 6, 30))
    assert seen() == []
    assert outside.grid_id is None


def test_only_households_of_the_village_go_in_all_or_none(grid, regions, clerk) -> None:
    ours, theirs = make_household(regions), make_household(regions, SISTER_VILLAGE, head_name="赵丽")
    with pytest.raises(SituationForbids, match="别的村"):
        assign_grid(by=clerk, at=NOW, grid=grid, households=[ours, theirs])
    assert not Household.objects.filter(grid=grid).exists()
    with pytest.raises(SituationForbids, match="还没有选户"):
        assign_grid(by=clerk, at=NOW, grid=grid, households=[])


def test_moving_counts_only_those_that_move(grid, regions, clerk) -> None:
    household = make_household(regions)
    assign_grid(by=clerk, at=NOW, grid=grid, households=[household])
    assert assign_grid(by=clerk, at=NOW, grid=grid, households=[household]) == 0


def test_a_grid_with_households_is_not_closed(grid, regions, clerk) -> None:
    household = make_household(regions)
    assign_grid(by=clerk, at=NOW, grid=grid, households=[household])
    with pytest.raises(SituationForbids, match="还有 1 户"):
        close_grid(by=clerk, at=NOW, grid=grid, closed_on=TODAY)


def test_closing_ends_the_duties_and_frees_the_name(grid, regions, clerk) -> None:
    worker = make_user("grid_worker", VILLAGE)
    duty = start_grid_duty(by=clerk, at=NOW, grid=grid, worker=worker, valid_from=date(2026, 1, 1))
    close_grid(by=clerk, at=NOW, grid=grid, closed_on=TODAY)
    duty.refresh_from_db()
    assert duty.valid_to == TODAY and grids_of(regions[VILLAGE]) == []
    assert add_grid(by=clerk, at=NOW, village=regions[VILLAGE], name="第一网格").pk != grid.pk


@pytest.mark.parametrize(
    ("day", "sentence"),
    [(date(2025, 12, 31), "早于开始日期"), (TODAY + timedelta(days=1), "最晚到今天")],
)
def test_a_duty_ends_on_a_day_that_can_be(grid, clerk, day: date, sentence: str) -> None:
    worker = make_user("grid_worker", VILLAGE)
    duty = start_grid_duty(by=clerk, at=NOW, grid=grid, worker=worker, valid_from=date(2026, 1, 1))
    with pytest.raises(SituationForbids, match=sentence):
        end_grid_duty(by=clerk, at=NOW, duty=duty, valid_to=day)


def test_twice_is_refused(grid, regions, clerk) -> None:
    worker = make_user("grid_worker", VILLAGE)
    start_grid_duty(by=clerk, at=NOW, grid=grid, worker=worker, valid_from=TODAY)
    with pytest.raises(SituationForbids, match="已经在管"):
        start_grid_duty(by=clerk, at=NOW, grid=grid, worker=worker, valid_from=TODAY)
    with pytest.raises(SituationForbids, match="已有“第一网格”"):
        add_grid(by=clerk, at=NOW, village=regions[VILLAGE], name=" 第一网格 ")


def test_another_village_may_not(grid, regions) -> None:
    stranger = make_user("village", OTHER_VILLAGE)
    with pytest.raises(NotPermitted):
        add_grid(by=stranger, at=NOW, village=regions[VILLAGE], name="第二网格")


def test_only_grid_workers_who_reach_the_place_may_be_chosen(regions, clerk) -> None:
    here = make_user("grid_worker", VILLAGE)
    make_user("grid_worker", OTHER_VILLAGE)
    make_user("helper")
    assert list(grid_workers_for(clerk, TODAY)) == [here]


def test_the_pages_make_fill_and_staff_a_grid(browser: Client, regions) -> None:
    village, household = regions[VILLAGE], make_household(regions)
    worker = make_user("grid_worker", VILLAGE)
    browser.post(reverse("add_grid", args=[village.subject.uid]), {"name": "第二网格"})
    grid = Grid.objects.get()
    browser.post(reverse("assign_grid", args=[grid.uid]), {"row": [str(household.uid)]})
    browser.post(
        reverse("start_grid_duty", args=[grid.uid]), {"person": worker.pk, "valid_from": "2026-11-01"}
    )
    page = browser.get(reverse("grid_list", args=[village.subject.uid])).content.decode()
    assert "第二网格" in page and worker.name in page and '<td class="n">1</td>' in page
    page = browser.post(reverse("assign_grid", args=[grid.uid]), {}).content.decode()
    assert "还没有选户" in page
    duty = grid.duties.get()
    browser.post(reverse("end_grid_duty", args=[duty.uid]), {"valid_to": "2026-11-10"})
    duty.refresh_from_db()
    assert duty.valid_to == date(2026, 11, 10)


def test_a_supervisor_sees_grids_and_changes_none(grid, regions) -> None:
    client = Client()
    client.force_login(make_user("supervisor"))
    page = client.get(reverse("grid_list", args=[regions[VILLAGE].subject.uid]))
    assert page.status_code == 200 and "建网格" not in page.content.decode()
    assert client.get(reverse("assign_grid", args=[grid.uid])).status_code == 403
