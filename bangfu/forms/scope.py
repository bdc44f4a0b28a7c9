"""Whose tasks are a person's own: those of the households that are."""

from __future__ import annotations

from django.db.models import Q

from bangfu.access.roles import Reach
from bangfu.access.scope import PersonalScope, register_personal_scope
from bangfu.access.subjects import register_subject_model
from bangfu.core.models import SubjectKind
from bangfu.forms.models import Sweep, SweepTask
from bangfu.households.scope import Households, grid_households, own_households, unit_households

_REACHES: dict[Reach, Households] = {
    Reach.OWN: own_households,
    Reach.UNIT: unit_households,
    Reach.GRID: grid_households,
}


def register_scopes() -> None:
    """Tell access which tasks are a person's own."""
    for reach, households in _REACHES.items():
        register_personal_scope(SweepTask, reach, _tasks(households))
    register_subject_model(SubjectKind.SWEEP, Sweep)


def _tasks(households: Households) -> PersonalScope:
    return lambda user: Q(household__in=households(user))
