"""What all writers of this room share: the locked project, and the audit event."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from bangfu.access.models import User
from bangfu.core import audit
from bangfu.core.errors import StaleVersion
from bangfu.core.models import Change
from bangfu.projects.models import Project


def held(project: Project, version: int | None = None) -> Project:
    """The locked row; raises StaleVersion when somebody changed it since ``version``."""
    rows = Project.objects.select_for_update(of=("self",)).select_related("subject", "region")
    row: Project = rows.get(pk=project.pk)
    if version is not None and row.version != version:
        raise StaleVersion("这个项目刚被别人改过，没有保存。您填的还在，请和现在的样子核对后再提交。")
    return row


def noted(verb: str, project: Project, by: User, at: datetime, change: Change, **data: Any) -> None:
    """The audit event of a step; no names, no texts."""
    facts = {"project": str(project.uid), **data}
    audit.record(by=by, at=at, verb=verb, subject=project.subject, data=facts, change=change)
