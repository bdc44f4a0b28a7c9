"""Which clues are a person's own, and what a clue's subject stands for."""

from __future__ import annotations

from collections.abc import Callable

from django.db.models import Q, Value
from django.db.models.functions import Coalesce, Concat, Left

from bangfu.access.models import User
from bangfu.access.roles import Reach
from bangfu.access.scope import register_personal_scope
from bangfu.access.subjects import register_subject_model
from bangfu.core.models import Subject, SubjectKind
from bangfu.core.subjects import label_subjects_by
from bangfu.households.scope import grid_households, own_households, unit_households
from bangfu.monitoring.enums.clues import UNKNOWN_HOUSEHOLD
from bangfu.monitoring.models import Clue

_LONGEST = Subject._meta.get_field("label").max_length or 0


def _of_grid(user: User) -> Q:
    """Of the households in the grids one looks after, and what was sent to one by name."""
    return Q(household__in=grid_households(user)) | Q(assigned_to=user)


_SCOPES: dict[Reach, Callable[[User], Q]] = {
    Reach.GRID: _of_grid,
    Reach.OWN: lambda user: Q(household__in=own_households(user)),
    Reach.UNIT: lambda user: Q(household__in=unit_households(user)),
}


def register_clue_scope() -> None:
    """Tell access and the kernel; called when the application starts."""
    for reach, scope in _SCOPES.items():
        register_personal_scope(Clue, reach, scope)
    register_subject_model(SubjectKind.CLUE, Clue)
    whose = Coalesce(Concat("household__head_name", Value("户")), Value(UNKNOWN_HOUSEHOLD))
    label_subjects_by(
        Clue, Left(Concat(whose, Value("（"), Coalesce("village__name", Value("")), Value("）")), _LONGEST)
    )
