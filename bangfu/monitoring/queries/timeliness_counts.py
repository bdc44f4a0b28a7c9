"""Timeliness by region and by month: how many, the median, the share within the limit, the overdue."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from statistics import median
from typing import Any

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.scope import within
from bangfu.monitoring.enums.figures import Stage, Standing
from bangfu.monitoring.queries.timeliness import began_on, days_of, timed_cases

SMALLEST_SHOWN = 5
"""Groups smaller than this are withheld on shared screens, as metrics do."""


@dataclass
class Tally:
    """One stage of one group of cases. ``days`` are calendar days of those done, in no order."""

    days: list[int] = field(default_factory=list)
    within: int = 0
    overdue: int = 0

    @property
    def done(self) -> int:
        """How many were done."""
        return len(self.days)

    @property
    def counted(self) -> int:
        """Done, and not done though the limit is over: what the share is of."""
        return self.done + self.overdue

    @property
    def median(self) -> float | None:
        """The middle of the days; None for none."""
        return median(self.days) if self.days else None

    @property
    def share(self) -> int | None:
        """Per cent within the limit of all that should have been done; None for none."""
        return round(100 * self.within / self.counted) if self.counted else None


Tallies = dict[Stage, Tally]


@dataclass(frozen=True)
class Counted:
    """The tallies of the whole, by region code (of the asked lengths) and by month of discovery."""

    whole: Tallies
    by_region: dict[str, Tallies]
    by_month: dict[str, Tallies]


def count_timeliness(
    user: User, place: str, on: date, *, regions: Iterable[str] = (), months: Iterable[str] = ()
) -> Counted:
    """Tally the identifications discovered in ``months`` (2026-11) within ``place``; one query."""
    asked, lengths = set(months), {len(code) for code in regions}
    rows = timed_cases(user, Permission.METRIC_VIEW, on).filter(
        within("place", place), discovered_on__gte=_first_day(min(asked))
    )
    whole = _tallies()
    by_region: dict[str, Tallies] = defaultdict(_tallies)
    by_month: dict[str, Tallies] = defaultdict(_tallies)
    for row in rows.order_by().values_list(*_FIELDS, named=True):
        month = f"{row.discovered_on:%Y-%m}"
        if month not in asked:
            continue
        groups = [whole, by_month[month], *(by_region[row.place[:length]] for length in lengths)]
        for stage in Stage:
            _add([group[stage] for group in groups], row, stage)
    return Counted(whole, dict(by_region), dict(by_month))


_FIELDS = (
    "place",
    "discovered_on",
    *(f"{stage}_{what}" for stage in Stage for what in ("on", "is")),
)


def _first_day(month: str) -> date:
    return date.fromisoformat(f"{month}-01")


def _tallies() -> Tallies:
    return {stage: Tally() for stage in Stage}


def _add(tallies: list[Tally], row: Any, stage: Stage) -> None:
    standing = getattr(row, f"{stage}_is")
    if not standing:
        return
    days = days_of(began_on(row, stage), getattr(row, f"{stage}_on"))
    for tally in tallies:
        if standing == Standing.OVERDUE:
            tally.overdue += 1
        else:
            tally.days.append(days or 0)
            tally.within += standing == Standing.WITHIN


def withheld(groups: dict[str, int], smallest: int = SMALLEST_SHOWN) -> set[str]:
    """Which groups are too small to show; if only one is, the next smallest goes with it, else the total
    would give it away."""
    by_size = sorted((size, code) for code, size in groups.items() if size)
    hidden = {code for size, code in by_size if size < smallest}
    if len(hidden) == 1:
        hidden |= {code for _, code in by_size[1:2]}
    return hidden
