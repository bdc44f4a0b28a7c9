"""Grids of a village, their households, their workers (C-076, C-080)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.core import audit
from bangfu.core.changing import recording
from bangfu.core.errors import SituationForbids
from bangfu.core.models import Change, Region, RegionLevel
from bangfu.households.actions.locking import locked
from bangfu.households.enums import HouseholdState
from bangfu.households.models import Grid, GridDuty, Household
from bangfu.households.policies.reach import check_in_place
from bangfu.households.reckoning.days import local_day
from bangfu.households.terms import check_ends, check_start


def add_grid(*, by: User, at: datetime, village: Region, name: str) -> Grid:
    """A new grid of a village; raises NotPermitted, SituationForbids for a name that is taken."""
    check_in_place(by, Permission.GRID_MANAGE, village.code)
    name = name.strip()
    if village.level != RegionLevel.VILLAGE or not name:
        raise SituationForbids("网格建在行政村下面，要有名称。")
    if Grid.objects.filter(village=village, name=name, valid_to=None).exists():
        raise SituationForbids(f"{village.name}已有“{name}”。请换一个名称。")
    with recording(by=by, at=at, verb="add_grid") as change:
        grid = Grid.objects.create(village=village, place=village.code, name=name)
        _audit(by, at, "add_grid", grid, change)
    return grid


def close_grid(*, by: User, at: datetime, grid: Grid, closed_on: date) -> Grid:
    """Close a grid; raises SituationForbids while it has households, or for a day to come.

    Duties in it end on the same day.
    """
    check_in_place(by, Permission.GRID_MANAGE, grid.place)
    count = grid.households.filter(state=HouseholdState.PRESENT).count()
    if count:
        raise SituationForbids(f"“{grid.name}”里还有 {count} 户。请先把它们划到别的网格，再停用。")
    check_ends(None, grid.valid_to, closed_on, local_day(at), "这个网格")
    with recording(by=by, at=at, verb="close_grid", effective_on=closed_on) as change:
        GridDuty.objects.filter(grid=grid, valid_to=None).update(valid_to=closed_on)
        grid.valid_to = closed_on
        grid.save()
        _audit(by, at, "close_grid", grid, change)
    return grid


def assign_grid(*, by: User, at: datetime, grid: Grid, households: Sequence[Household]) -> int:
    """Put households into a grid of their village; gives how many moved.

    Raises NotPermitted; SituationForbids for a closed grid, for none, or for households of another village.
    """
    check_in_place(by, Permission.GRID_MANAGE, grid.place)
    if grid.valid_to is not None:
        raise SituationForbids(f"“{grid.name}”已停用，不能再划入户。")
    if not households:
        raise SituationForbids("还没有选户。请先在表里打勾。")
    if any(household.village_id != grid.village_id for household in households):
        raise SituationForbids("选的户里有别的村的。网格只管本村的户，什么都没有改。")
    with recording(by=by, at=at, verb="assign_grid") as change:
        rows = Household.objects.filter(pk__in=[household.pk for household in households])
        moved = rows.exclude(grid=grid).update(grid=grid)
        _audit(by, at, "assign_grid", grid, change, households=moved)
    return moved


def start_grid_duty(*, by: User, at: datetime, grid: Grid, worker: User, valid_from: date) -> GridDuty:
    """A grid worker begins in a grid; raises SituationForbids when the person is on duty there already."""
    check_in_place(by, Permission.GRID_MANAGE, grid.place)
    check_start(valid_from, local_day(at))
    if grid.valid_to is not None:
        raise SituationForbids(f"“{grid.name}”已停用，不能再安排网格员。")
    if GridDuty.objects.filter(grid=grid, user=worker, valid_to=None).exists():
        raise SituationForbids(f"{worker.name}已经在管“{grid.name}”。")
    with recording(by=by, at=at, verb="start_grid_duty", effective_on=valid_from) as change:
        duty = GridDuty.objects.create(grid=grid, user=worker, valid_from=valid_from)
        _audit(by, at, "start_grid_duty", grid, change, worker=str(worker.uid))
    return duty


def end_grid_duty(*, by: User, at: datetime, duty: GridDuty, valid_to: date) -> GridDuty:
    """A grid worker's last day; raises SituationForbids when it ended already, or cannot end so."""
    check_in_place(by, Permission.GRID_MANAGE, duty.grid.place)
    with recording(by=by, at=at, verb="end_grid_duty", effective_on=valid_to) as change:
        held = locked(duty)
        check_ends(held.valid_from, held.valid_to, valid_to, local_day(at), "这段任职")
        held.valid_to = valid_to
        held.save()
        _audit(by, at, "end_grid_duty", held.grid, change, worker=str(held.user.uid))
    return held


def _audit(by: User, at: datetime, verb: str, grid: Grid, change: Change, **data: Any) -> None:
    audit.record(
        by=by,
        at=at,
        verb=verb,
        subject=grid.village.subject,
        place=grid.place,
        summary=grid.name,
        data={"grid": str(grid.uid), **data},
        change=change,
    )
