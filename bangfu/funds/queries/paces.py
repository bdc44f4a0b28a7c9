"""How far payments are, for the sheet of projects on the wall (C-030)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from bangfu.access.models import User
from bangfu.funds.queries.progress import lag_of, projects_paced
from bangfu.projects.models import Project
from bangfu.projects.queries.wall import Pace


def wall_paces(user: User, projects: Sequence[Project], today: date) -> dict[int, Pace]:
    """The share paid of each project in whole hundredths; nothing for who may not see funds."""
    asked = [project.pk for project in projects]
    rows: Any = projects_paced(user, today).filter(pk__in=asked)
    return {row.pk: Pace(row.pay_percent, _word(row)) for row in rows}


def _word(project: Project) -> str:
    lag = lag_of(project)
    return lag.label if lag else ""
