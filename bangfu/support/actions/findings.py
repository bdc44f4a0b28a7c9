"""What becomes of a problem that an inspection found, besides an order (C-109)."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.timezone import localdate

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.policies import require
from bangfu.core.changing import recording
from bangfu.support.actions.inspections import noted
from bangfu.support.models import Finding
from bangfu.support.policies.supervision import check_mend


def mend_finding(*, by: User, at: datetime, finding: Finding, mended_how: str, mended_on: date) -> Finding:
    """Note that a problem was mended before the inspectors left: it needs no order.

    Said again, it is written over. Raises NotPermitted; SituationForbids when the inspection is closed, the
    problem is on an order, without words, and for a day before it was found or to come.
    """
    require(by, Permission.SUPERVISION_RECORD, finding.place)
    with recording(by=by, at=at, verb="mend_finding", effective_on=mended_on) as change:
        rows = Finding.objects.select_for_update(of=("self",)).select_related("inspection__subject", "order")
        row: Finding = rows.get(pk=finding.pk)
        check_mend(row, mended_how, mended_on, localdate(at))
        row.mended_how, row.mended_on = mended_how.strip(), mended_on
        row.save()
        if row.inspection is not None:
            noted("mend_finding", row.inspection, by, at, change, finding=str(row.uid))
    return row
