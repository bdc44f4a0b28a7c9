"""The projects that hang on the wall: what is planned, built or just finished, with both paces (C-030)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from bangfu.access.models import User
from bangfu.access.scope import within
from bangfu.projects.enums.admission import FUNDABLE, ProjectState
from bangfu.projects.models import Project
from bangfu.projects.queries.admission import projects_seen
from bangfu.projects.queries.standards import with_figures

MOST = 600
"""Rows of one sheet: some thirty pages of A3."""


@dataclass(frozen=True)
class Pace:
    """How far payments are, in hundredths, and the finding in a word when they do not keep pace."""

    paid: int
    finding: str = ""


Paces = Callable[[User, Sequence[Project], date], Mapping[int, Pace]]
_paces: list[Paces] = []


def register_paces(source: Paces) -> None:
    """The room of payments says how far they are, by project id; called when the application starts."""
    if source not in _paces:
        _paces.append(source)


def paces_of(user: User, projects: Sequence[Project], today: date) -> dict[int, Pace]:
    """The payments of the projects, as far as the person may see them."""
    return {pk: pace for source in _paces for pk, pace in source(user, projects, today).items()}


def wall_projects(user: User, place: str, year: int, today: date) -> list[Project]:
    """The projects of a year's plan in the place, by village; without a year what is not yet done with.

    One more than a sheet takes are read at most, so that too many can be told from enough.
    """
    rows = with_figures(projects_seen(user)).filter(within("place", place), state__in=FUNDABLE)
    if year:
        rows = rows.filter(plan_year=year)
    else:
        rows = rows.filter(~Q(state=ProjectState.MAINTAINED) | Q(plan_year=today.year))
    return list(rows.prefetch_related("contracts").order_by("place", "pk")[: MOST + 1])


def plan_years(user: User) -> list[int]:
    """The years of the plans in reach, the latest first."""
    years = projects_seen(user).exclude(plan_year=None).order_by("-plan_year")
    return [year for year in years.values_list("plan_year", flat=True).distinct() if year is not None]
