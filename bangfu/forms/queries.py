"""Reading sweeps: which concern a person, how far they are, what is left."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, F, Max, Min, OuterRef, Prefetch, Q, QuerySet
from django.db.models.functions import Substr
from django.http import Http404

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.core import parameters
from bangfu.core.models import Region
from bangfu.forms.enums import LEFT, SweepState
from bangfu.forms.models import Sweep, SweepTask
from bangfu.households.models import Grid, GridDuty
from bangfu.households.terms import in_term

NO_GRID = "未分网格"


@dataclass(frozen=True)
class Progress:
    """How far a sweep is in a region or grid: households by state. ``left`` still need a sheet or a reason.

    ``code`` is the region's code, or the grid's uid (empty: in no grid); ``workers`` look after the grid.
    """

    code: str
    name: str
    states: dict[str, int]
    risky: int
    workers: tuple[str, ...] = ()

    @property
    def total(self) -> int:
        """All households."""
        return sum(self.states.values())

    @property
    def left(self) -> int:
        """Those that still need somebody."""
        return sum(self.states.get(state, 0) for state in LEFT)


def sweeps_for(user: User, permission: Permission = Permission.SWEEP_VIEW) -> QuerySet[Sweep]:
    """Sweeps of the person's places, and sweeps from above with households that the person reaches."""
    own = SweepTask.objects.visible_to(user, permission).filter(sweep=OuterRef("pk"))
    mine = Sweep.objects.visible_to(user, permission).values("pk")
    return Sweep.objects.filter(Q(pk__in=mine) | Exists(own)).select_related("region")


def sweep_for(user: User, permission: Permission, uid: UUID) -> Sweep:
    """The sweep, for who has households in it too; raises Http404."""
    found = sweeps_for(user, permission).filter(uid=uid).first()
    if found is None:
        raise Http404("这里没有您要的内容，或者它不在您管的范围里。")
    return found


def ending_soon(sweeps: QuerySet[Sweep], on: date) -> QuerySet[Sweep]:
    """Open sweeps whose last day is the day or comes within the days of their place's reminder."""
    running = sweeps.filter(state=SweepState.OPEN, ends_on__gte=on)
    near = Q(pk__in=())
    for place in running.order_by().values_list("place", flat=True).distinct():
        days = parameters.value("sweep_reminder_days", on=on, place=place)
        near |= Q(place=place, ends_on__lte=on + timedelta(days=days))
    return running.filter(near)


def past_end(sweeps: QuerySet[Sweep], on: date) -> QuerySet[Sweep]:
    """Sweeps that should have been closed."""
    return sweeps.filter(state=SweepState.OPEN, ends_on__lt=on)


def tasks_of(user: User, permission: Permission = Permission.SWEEP_VIEW) -> QuerySet[SweepTask]:
    """The households of all sweeps that the person reaches, with what lists show."""
    tasks: QuerySet[SweepTask] = SweepTask.objects.visible_to(user, permission)
    return tasks.select_related("sweep", "household__village__parent", "household__grid")


def with_workers(tasks: QuerySet[SweepTask], on: date) -> QuerySet[SweepTask]:
    """The tasks with ``household.grid.current_duties``: who looks after the grid on the day (C-189)."""
    return tasks.prefetch_related(
        Prefetch("household__grid__duties", queryset=_duties(on), to_attr="current_duties")
    )


def _duties(on: date) -> QuerySet[GridDuty]:
    return GridDuty.objects.filter(in_term(on)).select_related("user").order_by("valid_from", "pk")


def workers_of(grid: Grid | None) -> tuple[str, ...]:
    """The names of who looks after a grid that came with ``current_duties``."""
    if grid is None:
        return ()
    duties: Sequence[GridDuty] = grid.current_duties  # type: ignore[attr-defined]
    return tuple(duty.user.name for duty in duties)


def progress_of(tasks: QuerySet[SweepTask], length: int) -> Sequence[Progress]:
    """Tasks counted by the region whose code has ``length`` digits, in the order of the codes."""
    states, risky = _counted(tasks.annotate(part=Substr("place", 1, length)))
    names = dict(Region.objects.filter(code__in=states).values_list("code", "name"))
    return [Progress(code, names.get(code, code), states[code], risky[code]) for code in sorted(states)]


def grid_progress(tasks: QuerySet[SweepTask], on: date) -> Sequence[Progress]:
    """Tasks of a village counted by grid, with who looks after it on the day; those in no grid last."""
    states, risky = _counted(tasks.annotate(part=F("household__grid")))
    grids = Grid.objects.filter(pk__in=[key for key in states if key is not None]).order_by("name", "pk")
    rows = [
        Progress(str(grid.uid), grid.name, states[grid.pk], risky[grid.pk], workers_of(grid))
        for grid in grids.prefetch_related(Prefetch("duties", queryset=_duties(on), to_attr="current_duties"))
    ]
    if None in states:
        rows.append(Progress("", NO_GRID, states[None], risky[None]))
    return rows


def _counted(tasks: QuerySet[Any]) -> tuple[dict[Any, dict[str, int]], dict[Any, int]]:
    """By ``part``: the households by state, and how many have a risk."""
    rows = tasks.order_by().values("part", "state")
    states: dict[Any, dict[str, int]] = {}
    risky: dict[Any, int] = {}
    for row in rows.annotate(rows=Count("pk"), risky=Count("pk", filter=Q(has_risk=True))):
        states.setdefault(row["part"], {})[row["state"]] = row["rows"]
        risky[row["part"]] = risky.get(row["part"], 0) + row["risky"]
    return states, risky


def common_place(tasks: QuerySet[SweepTask], least: str) -> str:
    """The smallest region that holds all tasks, ``least`` at least: where a grid worker's page opens."""
    ends = tasks.order_by().aggregate(first=Min("place"), last=Max("place"))
    first, last = str(ends["first"] or ""), str(ends["last"] or "")
    fitting = [first[:size] for size in (9, 12) if first and first[:size] == last[:size]]
    return max([least, *fitting], key=len)


def totals_of(rows: Sequence[Progress]) -> dict[str, int]:
    """Households by state over all rows, and under ``risky`` those with a risk."""
    states = Counter[str]()
    for row in rows:
        states.update(row.states)
    return dict(states) | {"risky": sum(row.risky for row in rows)}


def counts_of(tasks: QuerySet[SweepTask]) -> dict[str, int]:
    """Households by state, and under ``risky`` those with a risk."""
    rows = tasks.order_by().values("state").annotate(rows=Count("pk"))
    counted = {row["state"]: row["rows"] for row in rows}
    return counted | {"risky": tasks.filter(has_risk=True).count()}
