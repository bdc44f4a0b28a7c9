"""Whose households are a person's own: paired with, in the grid, paired with colleagues of the unit."""

from __future__ import annotations

from collections.abc import Callable

from django.db.models import Model, Q, QuerySet
from django.utils import timezone

from bangfu.access.models import User
from bangfu.access.roles import Reach
from bangfu.access.scope import PersonalScope, register_personal_scope
from bangfu.access.subjects import register_subject_model
from bangfu.core.models import SubjectKind
from bangfu.evidence.models import EvidenceFile
from bangfu.households.models import GridDuty, Household, Member, Pairing


def own_households(user: User) -> QuerySet:
    """Ids of the households that the person is paired with today."""
    return Pairing.objects.filter(_today(), helper=user).values("household")


def unit_households(user: User) -> QuerySet:
    """Ids of the households that active people of the person's unit are paired with today."""
    if user.unit_id is None:
        return Pairing.objects.none().values("household")
    colleagues = Pairing.objects.filter(_today(), helper__unit=user.unit_id, helper__is_active=True)
    return colleagues.values("household")


def grid_households(user: User) -> QuerySet:
    """Ids of the households in the grids that the person looks after today."""
    grids = GridDuty.objects.filter(_today(), user=user).values("grid")
    return Household.objects.filter(grid__in=grids).values("pk")


Households = Callable[[User], QuerySet]
_REACHES: dict[Reach, Households] = {
    Reach.OWN: own_households,
    Reach.UNIT: unit_households,
    Reach.GRID: grid_households,
}


def register_scopes() -> None:
    """Tell access which rows are a person's own, and which models stand behind subjects."""
    for reach, households in _REACHES.items():
        for model, condition in _CONDITIONS:
            register_personal_scope(model, reach, _scope(households, condition))
    register_subject_model(SubjectKind.HOUSEHOLD, Household)
    register_subject_model(SubjectKind.MEMBER, Member)


def _scope(households: Households, condition: Callable[[QuerySet], Q]) -> PersonalScope:
    return lambda user: condition(households(user))


def _today() -> Q:
    today = timezone.localdate()
    return Q(valid_from__lte=today) & (Q(valid_to__isnull=True) | Q(valid_to__gte=today))


def _papers(households: QuerySet) -> Q:
    return Q(subject__household__in=households) | Q(subject__member__household__in=households)


_CONDITIONS: tuple[tuple[type[Model], Callable[[QuerySet], Q]], ...] = (
    (Household, lambda found: Q(pk__in=found)),
    (Member, lambda found: Q(household__in=found)),
    (EvidenceFile, _papers),
)
