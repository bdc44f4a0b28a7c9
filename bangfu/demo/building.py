"""Fills a new installation with two made-up counties, through the same actions that people use."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

from bangfu.access.models import User
from bangfu.core.changing import SYSTEM
from bangfu.core.models import Region
from bangfu.demo.neighbour import make_neighbour_county
from bangfu.demo.people import make_people
from bangfu.demo.regions import make_regions
from bangfu.demo.register import enrich
from bangfu.exchange.actions.importing import import_file
from bangfu.households.snapshots.taking import take_snapshot

Progress = Callable[[str, int, int], None]
STEPS = 5
LAST_YEAR, LAST_MONTH = date(2025, 12, 31), date(2026, 10, 31)


def build(lists: Path, *, at: datetime, progress: Progress) -> None:
    """Regions, people, the rosters of ``lists``, then what makes a register live; and a county next door."""
    progress("build", 0, STEPS)
    regions = make_regions(lists, at=at)
    places = _places(regions)
    people = make_people(places, at=at)
    progress("build", 1, STEPS)
    _import_rosters(lists, people["xian"], places["county"], at)
    take_snapshot(by=SYSTEM, at=at, month=LAST_YEAR)
    progress("build", 3, STEPS)
    enrich(people, places, at=at)
    progress("build", 4, STEPS)
    take_snapshot(by=SYSTEM, at=at, month=LAST_MONTH)
    make_neighbour_county(at=at)
    progress("build", STEPS, STEPS)


def _places(regions: list[Region]) -> dict[str, Region]:
    """The county, its first township and that township's first village: where the practice accounts work."""
    county = next(region for region in regions if len(region.code) == 6)
    township = next(region for region in regions if len(region.code) == 9)
    villages = [region for region in regions if len(region.code) == 12]
    village = next(region for region in villages if region.code.startswith(township.code))
    return {"county": county, "township": township, "village": village}


def _import_rosters(lists: Path, by: User, county: Region, at: datetime) -> None:
    folders = (lists / "户籍名册", lists / "县帮扶办")
    for file in sorted(path for folder in folders for path in folder.rglob("*") if path.is_file()):
        import_file(file, by=by, at=at, place=county.code)
