"""Which service orders are a person's own, and what stands behind a course's subject."""

from __future__ import annotations

from django.db.models import F, Q

from bangfu.access.models import User
from bangfu.access.roles import Reach
from bangfu.access.scope import register_personal_scope
from bangfu.access.subjects import register_subject_model
from bangfu.core.models import SubjectKind
from bangfu.core.subjects import label_subjects_by
from bangfu.households.scope import own_households
from bangfu.training.models import Course, ServiceOrder


def _of_helper(user: User) -> Q:
    """For the households one helps."""
    return Q(household__in=own_households(user))


def register_training_scope() -> None:
    """Tell access and the kernel; called when the application starts."""
    register_personal_scope(ServiceOrder, Reach.OWN, _of_helper)
    register_subject_model(SubjectKind.COURSE, Course)
    label_subjects_by(Course, F("title"))
