"""May a person act for a place or for a unit?"""

from __future__ import annotations

from bangfu.access.models import Unit, User
from bangfu.access.permissions import Permission
from bangfu.access.scope import has_permission, permits
from bangfu.core.errors import NotPermitted
from bangfu.support.terms.acting import acts_for_own_only


def may_act_for(user: User, permission: Permission, place: str, unit: Unit) -> bool:
    """Whether the permission holds in the place, or the person belongs to the unit.

    People of departments and helping units act for their own unit wherever the permission holds.
    """
    own = user.unit_id == unit.pk
    if acts_for_own_only(user):
        return own and has_permission(user, permission)
    return permits(user, permission, place) or (own and has_permission(user, permission))


def require_for(user: User, permission: Permission, place: str, unit: Unit) -> None:
    """Raise NotPermitted unless the person may act for the unit in the place."""
    if not may_act_for(user, permission, place, unit):
        raise NotPermitted(
            f"您不能替{unit.name}办“{permission.label}”，什么都没有改动。请本单位或县乡有这项权限的同事来办。"
        )


def place_for(unit: Unit, within: str) -> str:
    """Where a task of a unit lies: the unit's own place inside ``within``, else ``within`` itself."""
    return unit.place if unit.place.startswith(within) else within
