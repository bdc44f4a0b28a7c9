"""Which cases are a person's own, and what a case's subject stands for."""

from __future__ import annotations

from collections.abc import Callable

from django.db.models import Case as Either
from django.db.models import Q, QuerySet, Value, When
from django.db.models.functions import Concat, Left

from bangfu.access.models import User
from bangfu.access.roles import Reach
from bangfu.access.scope import PersonalScope, register_personal_scope
from bangfu.access.subjects import register_subject_model
from bangfu.core.models import SubjectKind
from bangfu.core.subjects import label_subjects_by
from bangfu.evidence.models import EvidenceFile
from bangfu.households.scope import grid_households, own_households, unit_households
from bangfu.monitoring.enums.cases import CaseKind
from bangfu.monitoring.models import Case
from bangfu.workflow.models import FlowRun

_LONGEST = 100
"""Characters of a subject's label."""
_REACHES: dict[Reach, Callable[[User], QuerySet]] = {
    Reach.GRID: grid_households,
    Reach.OWN: own_households,
    Reach.UNIT: unit_households,
}


def register_case_scope() -> None:
    """Tell access and the kernel; called when the application starts."""
    for reach, households in _REACHES.items():
        register_personal_scope(Case, reach, _scope(households))
        register_personal_scope(FlowRun, reach, _by_subject(households))
        register_personal_scope(EvidenceFile, reach, _by_subject(households))
    register_subject_model(SubjectKind.CASE, Case)
    kind = Either(*(When(kind=one.value, then=Value(str(one.label))) for one in CaseKind))
    parts = ("household__head_name", Value("户（"), "household__village__name", Value("）"), kind)
    label_subjects_by(Case, Left(Concat(*parts), _LONGEST))


def _scope(households: Callable[[User], QuerySet]) -> PersonalScope:
    return lambda user: Q(household__in=households(user))


def _by_subject(households: Callable[[User], QuerySet]) -> PersonalScope:
    """Flows and papers of those cases: a helper has the to-dos and the papers of the own households."""
    return lambda user: Q(subject__in=Case.objects.filter(household__in=households(user)).values("subject"))
