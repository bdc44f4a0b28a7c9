"""What a unit and a grid answer for comes from records; nothing is typed (C-180)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from bangfu.access.models import User
from bangfu.assessment.duty_lists import grid_parts, unit_parts, units_seen
from bangfu.core.changing import SYSTEM, recording
from bangfu.core.models import AuditEvent, Region
from bangfu.households.models import Grid, GridDuty
from tests.cast import NOW, OTHER_COUNTY, TODAY, VILLAGE, make_user
from tests.plans.builders import make_cast as make_plan_cast
from tests.plans.builders import running
from tests.problems.builders import Cast, make_cast, recorded

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]


@pytest.fixture
def cast(regions: dict[str, Region]) -> Cast:
    return make_cast()


def _grid(regions: dict[str, Region]) -> Grid:
    with recording(by=SYSTEM, at=NOW, verb="add_region"):
        grid = Grid.objects.create(village=regions[VILLAGE], place=VILLAGE, name="一组网格")
        worker = make_user("grid_worker", VILLAGE)
        GridDuty.objects.create(grid=grid, user=worker, valid_from=date(2026, 1, 1))
        GridDuty.objects.create(
            grid=grid,
            user=make_user("village", VILLAGE),
            valid_from=date(2025, 1, 1),
            valid_to=date(2025, 12, 31),
        )
    return grid


def test_a_unit_answers_for_its_problems_and_plan_steps(cast: Cast, regions: dict[str, Region]) -> None:
    problem = recorded(cast, regions)
    plan_cast = make_plan_cast()
    assert plan_cast.transport.unit is not None
    assert cast.bureau.unit is not None
    running(plan_cast.office, regions)
    parts = {part.title: part.lines for part in unit_parts(cast.office, cast.bureau.unit, TODAY)}
    assert [(line.what, line.stands) for line in parts["问题"]] == [(problem.title, "逾期 10 天")]
    assert parts["督办单"] == ()
    parts = {part.title: part.lines for part in unit_parts(cast.office, plan_cast.transport.unit, TODAY)}
    assert len(parts["计划任务"]) >= 1
    counts = {unit.name: unit.problem_count for unit in units_seen(cast.office, TODAY)}
    assert counts["云岭县水务局"] == 1
    assert counts["青石镇政府"] == 0


def test_a_grid_names_who_answers_today(cast: Cast, regions: dict[str, Region]) -> None:
    grid = _grid(regions)
    recorded(cast, regions)
    parts = {part.title: part.lines for part in grid_parts(cast.office, grid, TODAY)}
    assert [(line.what, line.stands) for line in parts["这个网格"]] == [("网格员", "0 户")]
    assert len(parts["这个村的问题"]) == 1


def test_the_pages(
    cast: Cast, regions: dict[str, Region], signed_in: SignIn, django_assert_max_num_queries: Any
) -> None:
    grid = _grid(regions)
    recorded(cast, regions)
    assert cast.bureau.unit is not None
    office = signed_in(cast.office)
    with django_assert_max_num_queries(16):
        assert "云岭县水务局" in office.get(reverse("unit_duty_list")).content.decode()
    assert "一组网格" in office.get(reverse("grid_duty_list")).content.decode()
    for of, uid in (("unit", cast.bureau.unit.uid), ("grid", grid.uid)):
        page = office.get(reverse(f"{of}_duties", args=[uid])).content.decode()
        assert "项目资金没有公开到村" in page
        assert office.get(reverse(f"print_{of}_duties", args=[uid]) + "?format=pdf").status_code == 200
        assert AuditEvent.objects.filter(verb=f"print_{of}_duties").count() == 1
        foreign = signed_in(make_user("county_office", OTHER_COUNTY, username=f"foreign-{of}"))
        assert foreign.get(reverse(f"{of}_duties", args=[uid])).status_code == 404
