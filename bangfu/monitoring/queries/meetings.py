"""One review meeting and its households."""

from __future__ import annotations

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.monitoring.models import Case, ReviewMeeting
from bangfu.monitoring.queries.cases import latest


def sitting_of(case: Case, user: User) -> list[ReviewMeeting]:
    """The records of the meeting that reviewed the case, of the households in the person's reach."""
    own = latest(case, ReviewMeeting)
    if own is None:
        return []
    rows = ReviewMeeting.objects.visible_to(user, Permission.CASE_MEET).filter(sitting=own.sitting)
    return list(rows.select_related("case__household__village").order_by("pk"))


def sat_with(meeting: ReviewMeeting) -> int:
    """How many households the meeting reviewed."""
    return ReviewMeeting.objects.filter(sitting=meeting.sitting).values("case").distinct().count()
