"""What is left of an allocation: carry-over while the project goes on, balance when it is done (C-130)."""

from __future__ import annotations

from django.db.models import Q

from bangfu.funds.enums.funds import RestKind
from bangfu.projects.enums.admission import ProjectState
from bangfu.projects.models import Project

_OVER = (ProjectState.DONE, ProjectState.MAINTAINED, ProjectState.REMOVED)
BALANCE = Q(project__state__in=_OVER)
"""Allocations whose rest is a balance."""


def rest_kind(project: Project) -> RestKind:
    """How the rest of a project's money is called."""
    return RestKind.BALANCE if project.state in _OVER else RestKind.CARRY_OVER
