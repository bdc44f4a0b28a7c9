"""Which teams are a person's own: those one is or was in, and those of one's unit."""

from __future__ import annotations

from django.db.models import Q
from django.utils import timezone

from bangfu.access.models import User
from bangfu.access.roles import Reach
from bangfu.access.scope import register_personal_scope
from bangfu.access.subjects import register_subject_model
from bangfu.core.models import SubjectKind
from bangfu.households.models import GridDuty
from bangfu.households.terms import in_term
from bangfu.support.models import Team, TeamMember


def _joined(user: User) -> Q:
    return Q(pk__in=TeamMember.objects.filter(user=user).values("team"))


def _of_unit(user: User) -> Q:
    own = Q(unit=user.unit_id) if user.unit_id is not None else Q(pk__in=())
    return own | _joined(user)


def _of_grid(user: User) -> Q:
    duties = GridDuty.objects.filter(in_term(timezone.localdate()), user=user)
    return Q(village__in=duties.values("grid__village"))


def register_team_scopes() -> None:
    """Tell access; called when the application starts."""
    register_personal_scope(Team, Reach.OWN, _joined)
    register_personal_scope(Team, Reach.UNIT, _of_unit)
    register_personal_scope(Team, Reach.GRID, _of_grid)
    register_subject_model(SubjectKind.TEAM, Team)
