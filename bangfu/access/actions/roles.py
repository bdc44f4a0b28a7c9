"""Roles in places: given and taken by security administrators, never to or from themselves."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction

from bangfu.access.models import RoleAssignment, User
from bangfu.access.permissions import Permission
from bangfu.access.policies import can_change_roles, can_hold, require
from bangfu.access.roles import role_bundles
from bangfu.core import audit
from bangfu.core.changing import Actor
from bangfu.core.errors import SituationForbids
from bangfu.core.models import Region


def assign_role(
    *,
    by: Actor,
    at: datetime,
    user: User,
    role: str,
    region: Region,
    valid_from: date,
    valid_to: date | None = None,
) -> RoleAssignment:
    """Give a role in a place from a day until another (both included; None: until further notice).

    Raises NotPermitted outside the places of ROLE_ASSIGN; SituationForbids for oneself, an unknown role, a
    level the role is not given at, or a role that excludes one held on a common day.
    """
    require(by, Permission.ROLE_ASSIGN, region.code)
    can_change_roles(by, user)
    bundle = role_bundles().get(role)
    if bundle is None:
        raise SituationForbids("没有这个角色。请从角色目录里选。")
    with transaction.atomic():
        user = User.objects.select_for_update().get(pk=user.pk)  # 两人同时授予，后一个看得到前一个
        can_hold(user, bundle, region, valid_from, valid_to)
        assignment = RoleAssignment.objects.create(
            user=user,
            role=role,
            place=region.code,
            valid_from=valid_from,
            valid_to=valid_to,
            granted_by=by if isinstance(by, User) else None,
            granted_at=at,
        )
        _record(by, at, "assign_role", assignment)
    return assignment


def withdraw_role(*, by: Actor, at: datetime, assignment: RoleAssignment, on: date, reason: str = "") -> None:
    """End an assignment: ``on`` is the first day without it. One that never began ends before its first day.

    Raises NotPermitted, SituationForbids for one's own role or one that has ended already.
    """
    require(by, Permission.ROLE_ASSIGN, assignment.place)
    can_change_roles(by, assignment.user)
    last_day = on - timedelta(days=1)
    if assignment.valid_to is not None and assignment.valid_to <= last_day:
        raise SituationForbids("这个角色已经到期，不用再收回。")
    with transaction.atomic():
        assignment.valid_to = last_day
        assignment.save(update_fields=["valid_to"])
        _record(by, at, "withdraw_role", assignment, reason)


def _record(by: Actor, at: datetime, verb: str, assignment: RoleAssignment, reason: str = "") -> None:
    data = {
        "user": str(assignment.user.uid),
        "role": assignment.role,
        "valid_from": assignment.valid_from.isoformat(),
        "valid_to": assignment.valid_to.isoformat() if assignment.valid_to else None,
    }
    audit.record(by=by, at=at, verb=verb, place=assignment.place, summary=reason, data=data)
