"""Keeping the village register: dated records; the next year does not overwrite the last (C-204)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.core import audit
from bangfu.core.changing import recording
from bangfu.core.errors import SituationForbids
from bangfu.core.models import Change, Region, RegionLevel
from bangfu.households.actions.locking import current
from bangfu.households.models import VillageRecord
from bangfu.households.policies.reach import check_in_place
from bangfu.households.reckoning.days import local_day


def record_village(
    *, by: User, at: datetime, village: Region, as_of: date, values: Mapping[str, Any]
) -> VillageRecord:
    """A new record of a village as it was on ``as_of``; ``values`` are fields of VillageRecord by name.

    Raises NotPermitted outside the places of ``by``; SituationForbids for a day to come or one
    that has a record.
    """
    check_in_place(by, Permission.VILLAGE_RECORD, village.code)
    _check_day(village, as_of, local_day(at))
    with recording(by=by, at=at, verb="record_village", effective_on=as_of) as change:
        row = VillageRecord.objects.create(village=village, place=village.code, as_of=as_of, **values)
        _audit(by, at, "record_village", row, change, sorted(values))
    return row


def correct_village_record(
    *, by: User, at: datetime, record: VillageRecord, version: int, values: Mapping[str, Any]
) -> VillageRecord:
    """Mend values of a record; its day stays. Raises NotPermitted, StaleVersion when somebody was first."""
    check_in_place(by, Permission.VILLAGE_RECORD, record.place)
    with recording(by=by, at=at, verb="correct_village_record", effective_on=record.as_of) as change:
        held = current(record, version, "这份村情况")
        changed = [name for name, value in values.items() if getattr(held, name) != value]
        for name in changed:
            setattr(held, name, values[name])
        held.save()
        _audit(by, at, "correct_village_record", held, change, changed)
    return held


def _check_day(village: Region, as_of: date, today: date) -> None:
    if village.level != RegionLevel.VILLAGE:
        raise SituationForbids("村情况按行政村填，请选一个村。")
    if as_of > today:
        raise SituationForbids(f"截至日期最晚到今天（{today}）。")
    if VillageRecord.objects.filter(village=village, as_of=as_of).exists():
        raise SituationForbids(f"{village.name} {as_of} 已有一份。请改那一份，或换一个截至日期。")


def _audit(by: User, at: datetime, verb: str, row: VillageRecord, change: Change, fields: list[str]) -> None:
    audit.record(
        by=by,
        at=at,
        verb=verb,
        subject=row.village.subject,
        place=row.place,
        summary=f"村情况，截至 {row.as_of}",
        data={"fields": fields},
        change=change,
    )
