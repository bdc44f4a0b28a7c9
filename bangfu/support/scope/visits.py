"""Whose visits are a person's own: those one made or wrote down, and those to one's own households."""

from __future__ import annotations

from collections.abc import Callable

from django.db.models import Q

from bangfu.access.models import User
from bangfu.access.roles import Reach
from bangfu.access.scope import register_personal_scope
from bangfu.households.scope import grid_households, own_households, unit_households
from bangfu.support.models import Visit


def _mine(user: User) -> Q:
    return Q(visitor=user) | Q(recorded_by=user)


def _of_unit(user: User) -> Q:
    colleagues = Q(unit=user.unit_id) if user.unit_id is not None else Q(pk__in=())
    return _mine(user) | colleagues | Q(household__in=unit_households(user))


_SCOPES: dict[Reach, Callable[[User], Q]] = {
    Reach.OWN: lambda user: _mine(user) | Q(household__in=own_households(user)),
    Reach.UNIT: _of_unit,
    Reach.GRID: lambda user: _mine(user) | Q(household__in=grid_households(user)),
}


def register_visit_scopes() -> None:
    """Tell access; called when the application starts."""
    for reach, scope in _SCOPES.items():
        register_personal_scope(Visit, reach, scope)
