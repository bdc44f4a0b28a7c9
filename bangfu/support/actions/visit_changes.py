"""From a visit on which something was different to a proposed change of the register."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.core import audit
from bangfu.core.changing import recording
from bangfu.core.errors import NotPermitted, SituationForbids
from bangfu.households.actions.proposing import propose_change
from bangfu.households.enums import ChangeSource
from bangfu.households.models import Member, ProposedChange
from bangfu.support.models import Visit, VisitProposal


def propose_visit_change(
    *,
    by: User,
    at: datetime,
    visit: Visit,
    values: Mapping[str, Any],
    seen_version: int,
    member: Member | None = None,
) -> ProposedChange:
    """Propose what a visit found different, with the visit as its source.

    Raises as :func:`propose_change`; NotPermitted for a visit out of reach, SituationForbids for a
    withdrawn visit or one to a village.
    """
    if not Visit.objects.visible_to(by, Permission.VISIT_VIEW).filter(pk=visit.pk).exists():
        raise NotPermitted("您没有看这次走访的权限，没有提出建议。")
    if visit.household is None or visit.withdrawn_at is not None:
        raise SituationForbids("只能从没有撤下的入户走访提变更建议。")
    with recording(by=by, at=at, verb="propose_visit_change", effective_on=visit.on) as change:
        proposal = propose_change(
            by=by,
            at=at,
            household=visit.household,
            member=member,
            values=values,
            seen_version=seen_version,
            source=ChangeSource.VISIT,
            source_note=f"{visit.on} {visit.get_way_display()}，{visit.visitor.name}",
        )
        VisitProposal.objects.create(visit=visit, proposal=proposal)
        audit.record(by=by, at=at, verb="propose_visit_change", subject=visit.subject, change=change)
    return proposal
