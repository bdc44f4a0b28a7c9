"""Who took a paper of a project away."""

from __future__ import annotations

from datetime import datetime

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.policies import require
from bangfu.core import audit
from bangfu.projects.models import Project


def print_project(
    *, by: User, at: datetime, project: Project, paper: str, form: str, address: str | None
) -> None:
    """Note that somebody took a paper of the project as a file. Raises NotPermitted."""
    require(by, Permission.PROJECT_VIEW, project.place)
    facts = {"project": str(project.uid), "paper": paper, "form": form}
    audit.record(by=by, at=at, verb="print_project", subject=project.subject, data=facts, address=address)


def print_wall(*, by: User, at: datetime, place: str, count: int, form: str, address: str | None) -> None:
    """Note that somebody took the sheet for the wall of a place as a file. Raises NotPermitted."""
    require(by, Permission.PROJECT_VIEW, place)
    facts = {"count": count, "form": form}
    audit.record(by=by, at=at, verb="print_wall", place=place, data=facts, address=address)
