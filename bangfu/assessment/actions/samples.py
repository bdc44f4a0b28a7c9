"""What was found at a household of a sample is written down (C-209)."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.timezone import localdate

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.policies import require
from bangfu.assessment.models import SampleAnswer
from bangfu.assessment.policies import check_answer
from bangfu.assessment.samples import group_of
from bangfu.core import audit
from bangfu.core.changing import recording
from bangfu.support.models import DrawnHousehold, Inspection


def record_sample_answer(
    *,
    by: User,
    at: datetime,
    drawn: DrawnHousehold,
    verdict: str,
    satisfied: bool | None,
    aware: bool | None,
    asked_on: date,
    note: str = "",
) -> SampleAnswer:
    """Write down what was found; asking again replaces it, and what stood there stays in the history.

    Raises NotPermitted; SituationForbids for a verdict that its group cannot have, or a wrong day.
    """
    inspection = drawn.drawn_village.inspection
    require(by, Permission.SUPERVISION_RECORD, inspection.place)
    group = group_of(drawn.household)
    check_answer(group, verdict, asked_on, inspection, localdate(at))
    with recording(by=by, at=at, verb="record_sample_answer", effective_on=asked_on) as change:
        answer, _ = SampleAnswer.objects.update_or_create(
            drawn=drawn,
            defaults={
                "group": group,
                "verdict": verdict,
                "satisfied": satisfied,
                "aware": aware,
                "asked_on": asked_on,
                "asked_by": by,
                "note": note.strip(),
            },
        )
        data = {"inspection": str(inspection.uid), "verdict": verdict}
        subject = drawn.household.subject
        audit.record(by=by, at=at, verb="record_sample_answer", subject=subject, data=data, change=change)
    return answer


def take_sample(
    *, by: User, at: datetime, inspection: Inspection, verb: str, form: str, address: str | None
) -> None:
    """Note that somebody took a sheet or the result as a file (``verb``)."""
    data = {"inspection": str(inspection.uid), "form": form}
    audit.record(by=by, at=at, verb=verb, subject=inspection.subject, data=data, address=address)
