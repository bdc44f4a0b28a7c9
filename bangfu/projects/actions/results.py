"""Targets and actuals, households that earn from a project (C-028)."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from django.utils.timezone import localdate

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.policies import require
from bangfu.core.changing import recording
from bangfu.core.errors import SituationForbids
from bangfu.households.models import Household
from bangfu.projects.actions.writing import held, noted
from bangfu.projects.enums.deciding import LinkMode, TargetKind
from bangfu.projects.models import Linkage, Project, Target
from bangfu.projects.policies.admission import check_past


def set_target(
    *, by: User, at: datetime, project: Project, kind: TargetKind, name: str, unit: str, target: Decimal
) -> Target:
    """Set a performance target. Raises NotPermitted; SituationForbids for the same indicator twice."""
    require(by, Permission.PROJECT_APPLY, project.place)
    with recording(by=by, at=at, verb="set_target") as change:
        row = held(project)
        if row.targets.filter(name=name.strip()).exists():
            raise SituationForbids(f"已经有“{name.strip()}”这个指标，没有保存。")
        made = Target.objects.create(
            project=row, kind=kind, name=name.strip(), unit=unit.strip(), target=target
        )
        noted("set_target", row, by, at, change)
    return made


def record_actual(*, by: User, at: datetime, target: Target, actual: Decimal, measured_on: date) -> Target:
    """What a target came to. Raises NotPermitted; SituationForbids for a day to come."""
    require(by, Permission.PROJECT_RECORD, target.project.place)
    check_past(measured_on, localdate(at), "核定日期")
    with recording(by=by, at=at, verb="record_actual", effective_on=measured_on) as change:
        row = Target.objects.select_for_update(of=("self",)).get(pk=target.pk)
        row.actual, row.measured_on = actual, measured_on
        row.save()
        noted("record_actual", target.project, by, at, change)
    return row


def link_household(
    *,
    by: User,
    at: datetime,
    project: Project,
    household: Household,
    mode: LinkMode,
    year: int,
    amount: int,
) -> Linkage:
    """What a household earned from a project in a year by one mode; fen.

    Raises NotPermitted; SituationForbids when the same was noted already: it counts once.
    """
    require(by, Permission.PROJECT_RECORD, project.place)
    with recording(by=by, at=at, verb="link_household") as change:
        row = held(project)
        if not household.place.startswith(row.place):
            raise SituationForbids("这一户不在项目的实施地点，没有登记。请核对。")
        same = row.linkages.filter(household=household, mode=mode, year=year)
        if same.exists():
            raise SituationForbids(
                f"这一户 {year} 年“{LinkMode(mode).label}”已经登记过，同一笔只算一次。没有登记。"
            )
        made = Linkage.objects.create(
            project=row, household=household, mode=mode, year=year, amount=amount, recorded_by=by
        )
        noted("link_household", row, by, at, change, mode=mode)
    return made
