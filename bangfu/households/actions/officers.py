"""Information officers, full-time officers and duty cadres of townships and villages (C-075, C-076)."""

from __future__ import annotations

from datetime import date, datetime

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.core import audit
from bangfu.core.changing import recording
from bangfu.core.errors import SituationForbids
from bangfu.core.models import Change, Region, RegionLevel
from bangfu.households.actions.locking import locked
from bangfu.households.enums import OfficerKind
from bangfu.households.models import DutyOfficer
from bangfu.households.policies.reach import check_in_place
from bangfu.households.reckoning.days import local_day
from bangfu.households.terms import check_ends, check_start

LEVELS = (RegionLevel.TOWNSHIP, RegionLevel.VILLAGE)


def appoint_officer(
    *,
    by: User,
    at: datetime,
    region: Region,
    kind: OfficerKind,
    name: str,
    valid_from: date,
    user: User | None = None,
) -> DutyOfficer:
    """Somebody begins as an officer of a township or village; ``user`` when the person signs in.

    Raises NotPermitted; SituationForbids for another level, without a name, for a day to come, or twice.
    """
    check_in_place(by, Permission.GRID_MANAGE, region.code)
    check_start(valid_from, local_day(at))
    name = name.strip()
    if region.level not in LEVELS or not name:
        raise SituationForbids("信息员、专干和包村干部设在乡镇或村，要写姓名。")
    if DutyOfficer.objects.filter(region=region, kind=kind, name=name, valid_to=None).exists():
        raise SituationForbids(f"{name}已经是{region.name}的{OfficerKind(kind).label}。")
    with recording(by=by, at=at, verb="appoint_officer", effective_on=valid_from) as change:
        officer = DutyOfficer.objects.create(
            region=region, place=region.code, kind=kind, name=name, user=user, valid_from=valid_from
        )
        _audit(by, at, "appoint_officer", officer, change)
    return officer


def end_officer(*, by: User, at: datetime, officer: DutyOfficer, valid_to: date) -> DutyOfficer:
    """An officer's last day; raises SituationForbids when it ended already, or for a day that cannot be."""
    check_in_place(by, Permission.GRID_MANAGE, officer.place)
    with recording(by=by, at=at, verb="end_officer", effective_on=valid_to) as change:
        held = locked(officer)
        check_ends(held.valid_from, held.valid_to, valid_to, local_day(at), "这段任职")
        held.valid_to = valid_to
        held.save()
        _audit(by, at, "end_officer", held, change)
    return held


def _audit(by: User, at: datetime, verb: str, officer: DutyOfficer, change: Change) -> None:
    audit.record(
        by=by,
        at=at,
        verb=verb,
        subject=officer.region.subject,
        place=officer.place,
        summary=officer.get_kind_display(),
        data={"officer": str(officer.uid)},
        change=change,
    )
