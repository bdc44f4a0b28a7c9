"""Whether a person may act in a place, and whether the situation allows what is done to users and roles."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from bangfu.access.models import RoleAssignment, Unit, User
from bangfu.access.permissions import Permission
from bangfu.access.roles import RoleBundle, role_bundles
from bangfu.access.scope import permits
from bangfu.core.changing import SYSTEM, Actor
from bangfu.core.errors import NotPermitted, SituationForbids
from bangfu.core.models import Region, RegionLevel

_LEVELS = {level.name.lower(): level for level in RegionLevel}


def require(by: Actor, permission: Permission, place: str) -> None:
    """Raise NotPermitted unless ``by`` has the permission in ``place``; the installation itself has all."""
    if by is SYSTEM:
        return
    if not (isinstance(by, User) and permits(by, permission, place)):
        raise NotPermitted(
            f"您在这里没有“{permission.label}”的权限，什么都没有改动。要办，请找有这项权限的同事。"
        )


def can_change_roles(by: Actor, user: User) -> None:
    """Nobody gives or takes a role of their own: raises SituationForbids."""
    if by.pk is not None and by.pk == user.pk:
        raise SituationForbids("不能改自己的角色。请另一位安全管理员来办。")


def can_hold(user: User, bundle: RoleBundle, region: Region, valid_from: date, valid_to: date | None) -> None:
    """Whether a role fits a place and what the person has already: raises SituationForbids."""
    if not user.is_active:
        raise SituationForbids(f"{user.name}的账号已停用，不能授予角色。请先恢复账号。")
    if valid_to is not None and valid_to < valid_from:
        raise SituationForbids("结束日期早于开始日期。请改正日期。")
    if region.level not in {_LEVELS[name] for name in bundle.levels}:
        levels = "、".join(_LEVELS[name].label for name in bundle.levels)
        raise SituationForbids(f"“{bundle.label}”只能授予在{levels}一级，{region.name}不是。请另选区划。")
    _refuse_clash(user, bundle, region, valid_from, valid_to)


def _refuse_clash(
    user: User, bundle: RoleBundle, region: Region, valid_from: date, valid_to: date | None
) -> None:
    for held in overlapping(user, valid_from, valid_to):
        if held.role == bundle.code and held.place == region.code:
            raise SituationForbids(f"{user.name}在{region.name}已经是“{bundle.label}”。不用再授予。")
        if held.role in bundle.excludes:
            other = role_bundles()[held.role].label
            raise SituationForbids(
                f"“{bundle.label}”和“{other}”不能由同一人担任（三员分立）。请先收回后者，或另选一人。"
            )


def overlapping(user: User, valid_from: date, valid_to: date | None) -> list[RoleAssignment]:
    """The person's assignments with a day in common with the given days."""
    before_end = Q() if valid_to is None else Q(valid_from__lte=valid_to)
    after_start = Q(valid_to__isnull=True) | Q(valid_to__gte=valid_from)
    return list(user.assignments.filter(before_end & after_start))


def can_manage(by: Actor, user: User) -> None:
    """An administrator manages others, not the own account: raises SituationForbids."""
    if by.pk is not None and by.pk == user.pk:
        raise SituationForbids("不能停用、解锁或重置自己的账号。请另一位系统管理员来办；改口令请到“改口令”。")


def can_take_people(unit: Unit) -> None:
    """Whether somebody may be added to a unit: raises SituationForbids."""
    if not unit.is_active:
        raise SituationForbids(f"{unit.name}已停用，不能再加人。请另选单位。")
