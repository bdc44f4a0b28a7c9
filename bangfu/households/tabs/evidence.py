"""The tab with the papers of a household."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.subjects import reaches_subject
from bangfu.evidence.queries import papers_of
from bangfu.households.models import Household
from bangfu.households.tabs import FileTab


def load(household: Household, user: User, recorded_at: datetime | None) -> dict[str, Any]:
    """The papers; as of an instant in the past, those that had been brought by then."""
    papers = papers_of(household.subject, user)
    if recorded_at is not None:
        papers = papers.filter(uploaded_at__lte=recorded_at)
    may_attach = recorded_at is None and reaches_subject(user, Permission.EVIDENCE_ATTACH, household.subject)
    return {
        "papers": papers,
        "papers_subject": household.subject,
        "may_attach": may_attach,
        "count": len(papers),
    }


EVIDENCE = FileTab("evidence", "资料", "evidence/parts/papers.html", Permission.EVIDENCE_VIEW, load)
