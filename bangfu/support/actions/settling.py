"""Every helper and every office in use gets the one party that duties and ties know them by."""

from __future__ import annotations

from datetime import datetime

from bangfu.access.models import Unit, UnitKind, User
from bangfu.core import audit
from bangfu.core.changing import Actor, recording
from bangfu.duties.registry import note_ties
from bangfu.households.models import Pairing
from bangfu.support.actions.parties import party_of_unit, party_of_user

_OFFICES = (UnitKind.COUNTY_OFFICE, UnitKind.TOWNSHIP)


def settle_parties(*, by: Actor, at: datetime) -> int:
    """Make the parties that are missing, as after an import of pairings; how many were made.

    Duties are computed again when there were any.
    """
    helping = Pairing.objects.filter(valid_to=None).order_by().values("helper")
    people = list(User.objects.filter(pk__in=helping, party=None).select_related("unit"))
    offices = list(Unit.objects.filter(kind__in=_OFFICES, is_active=True, party=None))
    if not people and not offices:
        return 0
    with recording(by=by, at=at, verb="settle_parties") as change:
        for unit in offices:
            party_of_unit(unit)
        for user in people:
            party_of_user(user)
        made = len(people) + len(offices)
        audit.record(by=by, at=at, verb="settle_parties", data={"made": made}, change=change)
        note_ties(at=at)
    return made
