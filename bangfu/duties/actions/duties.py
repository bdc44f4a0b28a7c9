"""A county's own versions of duties: added, changed from a day on, switched off (C-041)."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.policies import require
from bangfu.core import audit
from bangfu.core.changing import recording
from bangfu.core.models import Change
from bangfu.duties.actions.recomputing import enqueue_recomputation
from bangfu.duties.computing.schedules import in_force
from bangfu.duties.definition.model import Definition
from bangfu.duties.models import DutyTemplate
from bangfu.duties.policies.duties import can_change, can_end
from bangfu.duties.versions import digest_of


def change_duty(
    *, by: User, at: datetime, place: str, duty: Definition, seen: int = 0, note: str = ""
) -> DutyTemplate:
    """A county's new version of a duty, or its first; windows that have begun stay as they were.

    ``seen`` is the newest version's number when the person opened the page, 0 for a new duty. Raises
    NotPermitted, SituationForbids, StaleVersion.
    """
    require(by, Permission.DUTY_MANAGE, place)
    with recording(by=by, at=at, verb="change_duty", reason=note, effective_on=duty.valid_from) as change:
        number, last = _numbers(duty.code, place)
        can_change(duty, place, seen, last)
        row = DutyTemplate.objects.create(
            **asdict(duty),
            place=place,
            number=number,
            digest=digest_of(duty),
            note=note.strip(),
            made_by=by,
            made_at=at,
        )
        _record(row, "change_duty", by, at, change)
    return row


def end_duty(
    *, by: User, at: datetime, place: str, code: str, on: date, seen: int, note: str
) -> DutyTemplate:
    """No window that begins from a day on is owed in the county; those that have begun are.

    Raises NotPermitted, SituationForbids, StaleVersion.
    """
    require(by, Permission.DUTY_MANAGE, place)
    with recording(by=by, at=at, verb="end_duty", reason=note, effective_on=on) as change:
        number, last = _numbers(code, place)
        versions = [row for row in DutyTemplate.objects.filter(code=code) if place.startswith(row.place)]
        row = in_force(versions, on)
        can_end(row, seen, last, note)
        assert row is not None  # can_end has refused
        row.pk, row.uid = None, DutyTemplate._meta.get_field("uid").get_default()
        row._state.adding = True
        row.version, row.number, row.place, row.is_off, row.is_shipped = 1, number, place, True, False
        row.valid_from, row.valid_to, row.note, row.made_by, row.made_at = on, None, note.strip(), by, at
        row.save()
        _record(row, "end_duty", by, at, change)
    return row


def _numbers(code: str, place: str) -> tuple[int, int]:
    """The next version's number, and the last that holds in the county; who comes second waits here."""
    rows = DutyTemplate.objects.select_for_update().filter(code=code)
    known = list(rows.values_list("number", "place"))
    last = max((number for number, where in known if place.startswith(where)), default=0)
    return max((number for number, _ in known), default=0) + 1, last


def _record(row: DutyTemplate, verb: str, by: User, at: datetime, change: Change) -> None:
    data = {"duty": row.code, "version": row.number, "from": row.valid_from.isoformat()}
    audit.record(by=by, at=at, verb=verb, place=row.place, summary=row.title, data=data, change=change)
    enqueue_recomputation(at=at)
