"""Teachers, example households, sample villages and sites: taken in, let go (C-004, C-005, C-198, C-221)."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import TypeVar

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.policies import require
from bangfu.core import audit
from bangfu.core.changing import recording
from bangfu.core.errors import SituationForbids
from bangfu.core.models import Region, RegionLevel
from bangfu.households.actions.locking import current
from bangfu.households.models import Household
from bangfu.households.policies.reach import check_reaches
from bangfu.households.reckoning.days import local_day
from bangfu.training.enums.people import PointKind, TeacherKind
from bangfu.training.models import ObservationPoint, Teacher
from bangfu.training.policies.days import check_not_future, check_order

Kept = TypeVar("Kept", Teacher, ObservationPoint)


@dataclass(frozen=True)
class TeacherFacts:
    """Who teaches what, and what qualifies them."""

    kind: TeacherKind
    name: str
    unit_name: str
    field: str
    qualification: str
    valid_from: date


@dataclass(frozen=True)
class PointFacts:
    """What there is to look at."""

    kind: PointKind
    name: str
    shows: str
    valid_from: date


def register_teacher(
    *,
    by: User,
    at: datetime,
    region: Region,
    facts: TeacherFacts,
    user: User | None = None,
    household: Household | None = None,
) -> Teacher:
    """Take somebody in who can teach; a household of the register only by who may see it.

    Raises NotPermitted; SituationForbids without a qualification, for a household as another kind, and for
    somebody who is there already.
    """
    require(by, Permission.TRAINING_MANAGE, region.code)
    check_not_future("入库日期", facts.valid_from, local_day(at))
    if not facts.qualification.strip():
        raise SituationForbids("请写资格：职称、证书、示范户认定，或因为什么选他。")
    if household is not None:
        check_reaches(by, Permission.HOUSEHOLD_VIEW, household)
        if not facts.kind.is_household:
            raise SituationForbids("选了户的，类别只能是典型户或科技示范户。")
    _check_new(region, facts)
    with recording(by=by, at=at, verb="register_teacher", effective_on=facts.valid_from) as change:
        made = Teacher.objects.create(
            region=region, place=region.code, user=user, household=household, **asdict(facts)
        )
        data = {"teacher": str(made.uid), "kind": made.kind}
        audit.record(by=by, at=at, verb="register_teacher", place=made.place, data=data, change=change)
    return made


def _check_new(region: Region, facts: TeacherFacts) -> None:
    there = Teacher.objects.filter(place=region.code, kind=facts.kind, name=facts.name, valid_to=None)
    if there.filter(unit_name=facts.unit_name).exists():
        raise SituationForbids(f"{region.name}的师资库里已有{facts.name}（{facts.kind.label}）。不用再加。")


def end_teacher(
    *, by: User, at: datetime, teacher: Teacher, version: int, valid_to: date, reason: str
) -> Teacher:
    """Somebody does not teach any more; raises NotPermitted, StaleVersion, SituationForbids."""
    return _end(by, at, teacher, version, "end_teacher", valid_to, reason)


def register_observation_point(
    *, by: User, at: datetime, region: Region, facts: PointFacts
) -> ObservationPoint:
    """Take in a sample village or a site.

    Raises NotPermitted; SituationForbids for a day to come, and a sample village that is no village.
    """
    require(by, Permission.TRAINING_MANAGE, region.code)
    check_not_future("入库日期", facts.valid_from, local_day(at))
    if facts.kind == PointKind.SAMPLE_VILLAGE and region.level != RegionLevel.VILLAGE:
        raise SituationForbids(f"样板村要选到村，{region.name}不是村。")
    with recording(by=by, at=at, verb="register_observation_point", effective_on=facts.valid_from) as change:
        made = ObservationPoint.objects.create(region=region, place=region.code, **asdict(facts))
        data = {"point": str(made.uid)}
        audit.record(
            by=by, at=at, verb="register_observation_point", place=made.place, data=data, change=change
        )
    return made


def end_observation_point(
    *, by: User, at: datetime, point: ObservationPoint, version: int, valid_to: date, reason: str
) -> ObservationPoint:
    """A place is not shown any more; raises NotPermitted, StaleVersion, SituationForbids."""
    return _end(by, at, point, version, "end_observation_point", valid_to, reason)


def _end(by: User, at: datetime, row: Kept, version: int, verb: str, valid_to: date, reason: str) -> Kept:
    require(by, Permission.TRAINING_MANAGE, row.place)
    check_not_future("最后一天", valid_to, local_day(at))
    check_order(row.valid_from, valid_to)
    with recording(by=by, at=at, verb=verb, effective_on=valid_to, reason=reason) as change:
        held = current(row, version, "这一条")
        if held.valid_to is not None:
            raise SituationForbids(f"{held.name}已在 {held.valid_to} 出库。")
        held.valid_to, held.end_reason = valid_to, reason
        held.save()
        data = {"uid": str(held.uid)}
        audit.record(by=by, at=at, verb=verb, place=held.place, data=data, change=change)
    return held
