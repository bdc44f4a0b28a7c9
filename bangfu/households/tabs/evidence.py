"""The tab with the papers of a household."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.subjects import reaches_subject
from bangfu.evidence.queries import papers_of
from bangfu.households.models import Household
from bangfu.households.queries.timeline import papers_recorded
from bangfu.households.tabs import FileTab


def load(household: Household, user: User, recorded_at: datetime | None) -> dict[str, Any]:
    """The papers, as they stood then."""
    papers = papers_recorded(household, user, recorded_at)
    may_attach = recorded_at is None and reaches_subject(user, Permission.EVIDENCE_ATTACH, household.subject)
    return {
        "papers": papers,
        "papers_subject": household.subject,
        "may_attach": may_attach,
        "count": len(papers),
    }


def counted(household: Household, user: User) -> tuple[QuerySet[Any], ...]:
    """The papers that the reader may see."""
    return (papers_of(household.subject, user),)


EVIDENCE = FileTab("evidence", "资料", "evidence/parts/papers.html", Permission.EVIDENCE_VIEW, load, counted)
