"""Whose due items and excuses are a person's own: their own ones, those of their unit and its people."""

from __future__ import annotations

from django.db.models import Q

from bangfu.access.models import User
from bangfu.access.roles import Reach
from bangfu.access.scope import register_personal_scope
from bangfu.duties.models import DueItem, DutyExcuse

_MODELS = (DueItem, DutyExcuse)


def own(user: User) -> Q:
    """What the person holds."""
    return Q(holder__duty_holder__user=user)


def of_unit(user: User) -> Q:
    """What the person's unit and its people hold."""
    if user.unit_id is None:
        return Q(pk__in=())
    return Q(holder__duty_holder__unit=user.unit_id)


def register_scopes() -> None:
    """Tell access which rows are a person's own."""
    for model in _MODELS:
        register_personal_scope(model, Reach.OWN, own)
        register_personal_scope(model, Reach.GRID, own)
        register_personal_scope(model, Reach.UNIT, of_unit)
