"""Fills a new installation with two made-up counties, through the same actions that people use."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime, timedelta
from pathlib import Path

from bangfu.access.models import User
from bangfu.core.changing import SYSTEM
from bangfu.core.errors import SituationForbids
from bangfu.core.models import Region
from bangfu.demo.cases import make_cases, make_past_cases, team_of
from bangfu.demo.causes import fill_in_figures, write_causes
from bangfu.demo.clues import make_clues
from bangfu.demo.county_ledgers import make_county_ledgers
from bangfu.demo.duties import make_duties
from bangfu.demo.fund_states import make_fund_states
from bangfu.demo.funds import make_funds
from bangfu.demo.last_month import begin_last_month, go_on
from bangfu.demo.lists import make_lists
from bangfu.demo.matching import make_matching
from bangfu.demo.meetings import make_meetings
from bangfu.demo.neighbour import make_neighbour_county
from bangfu.demo.people import make_people
from bangfu.demo.plans import make_plans
from bangfu.demo.projects import make_projects
from bangfu.demo.regions import make_regions
from bangfu.demo.register import enrich
from bangfu.demo.removals import make_removals
from bangfu.demo.standards import make_standards
from bangfu.demo.sweeps import make_sweep
from bangfu.demo.targets import make_targets
from bangfu.demo.ties import make_ties
from bangfu.demo.training import make_training
from bangfu.demo.visits import make_visits
from bangfu.exchange.actions.importing import import_file, import_whole_file
from bangfu.households.reckoning.days import local_day
from bangfu.households.snapshots.taking import take_snapshot

Progress = Callable[[str, int, int], None]
STEPS = 5
_ROSTERS = ("户籍名册", "县帮扶办")


def build(lists: Path, *, at: datetime, progress: Progress) -> None:
    """Regions, people, the rosters and lists of ``lists``, what makes a register live; a county next door."""
    progress("build", 0, STEPS)
    regions = make_regions(lists, at=at)
    places = _places(regions)
    people = make_people(places, at=at)
    progress("build", 1, STEPS)
    _import_rosters(lists, people["xian"], places["county"], at)
    write_causes(people["xian"], at=at)
    fill_in_figures(people["xian"], places["county"], at=at)
    _import_lists(lists, people["xian"], places["county"], at)
    take_snapshot(by=SYSTEM, at=at, month=date(local_day(at).year - 1, 12, 31))
    progress("build", 3, STEPS)
    enrich(people, places, at=at)
    _keep_last_month(people, places["village"], at)
    make_clues(people, places, at=at)
    make_cases(people, places["village"], at=at)
    make_removals(team_of(people), places["village"], at=at)
    make_sweep(people, places["township"], at=at)
    make_ties(people, places, at=at)
    make_visits(people, places, at=at)
    make_meetings(people, places, at=at)
    make_training(people, places, at=at)
    make_county_ledgers(people, places, at=at)
    make_projects(people, places, at=at)
    make_funds(people, places, at=at)
    make_fund_states(people, places["village"], at=at)
    make_standards(people, places, at=at)
    make_plans(people, places, at=at)
    make_lists(people, places, at=at)
    make_targets(people, places, at=at)
    make_matching(people, places, at=at)
    make_duties(people, places, at=at)
    progress("build", 4, STEPS)
    make_neighbour_county(at=at)
    progress("build", STEPS, STEPS)


def _keep_last_month(people: dict[str, User], village: Region, at: datetime) -> None:
    """The snapshot of the last month's end with the clues and cases of then; what was half way goes on."""
    month_end = local_day(at).replace(day=1) - timedelta(days=1)
    make_past_cases(people, village, at=at)
    walks = begin_last_month(people, village, month_end=month_end)
    take_snapshot(by=SYSTEM, at=at, month=month_end)
    go_on(walks, today=local_day(at))


def _places(regions: list[Region]) -> dict[str, Region]:
    """The county, its first township and that township's first village: where the practice accounts work."""
    county = next(region for region in regions if len(region.code) == 6)
    township = next(region for region in regions if len(region.code) == 9)
    villages = [region for region in regions if len(region.code) == 12]
    village = next(region for region in villages if region.code.startswith(township.code))
    return {"county": county, "township": township, "village": village}


def _import_rosters(lists: Path, by: User, county: Region, at: datetime) -> None:
    for folder in _ROSTERS:
        for file in _files_in(lists / folder):
            import_file(file, by=by, at=at, place=county.code)


def _import_lists(lists: Path, by: User, county: Region, at: datetime) -> None:
    """What the departments have sent, every list of every file.

    In a very small county a list may hold bad rows only: it stays as a batch that could not be committed.
    """
    for folder in sorted(path for path in lists.iterdir() if path.is_dir() and path.name not in _ROSTERS):
        for file in _files_in(folder):
            with suppress(SituationForbids):
                import_whole_file(file, by=by, at=at, place=county.code)


def _files_in(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())
