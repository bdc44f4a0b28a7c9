"""体外循环: identifications that are helped or approved and not entered in the national system."""

from __future__ import annotations

from typing import Any

from django.db.models import Case as Either
from django.db.models import CharField, Exists, OuterRef, Q, QuerySet, Subquery, Value, When

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.monitoring.enums.cases import CaseKind
from bangfu.monitoring.enums.figures import OutsideReason
from bangfu.monitoring.models import Case, Measure


def outside(user: User, permission: Permission) -> QuerySet[Any]:
    """The cases with ``first_helped_on`` and ``outside_reason``.

    A measure counts that began since the case was discovered. A household that another case brought into the
    national system since is not outside it.
    """
    begun = Measure.objects.filter(household=OuterRef("household"), started_on__gte=OuterRef("discovered_on"))
    marked = Case.objects.filter(
        household=OuterRef("household"), national_marked_on__gte=OuterRef("discovered_on")
    )
    rows = Case.objects.visible_to(user, permission).filter(
        ~Exists(marked), kind=CaseKind.IDENTIFICATION, national_marked_on=None
    )
    helped = rows.annotate(first_helped_on=Subquery(begun.order_by("started_on").values("started_on")[:1]))
    return helped.filter(Q(approval__isnull=False) | Q(first_helped_on__isnull=False)).annotate(
        outside_reason=Either(
            When(approval=None, then=_said(OutsideReason.HELPED)),
            When(first_helped_on=None, then=_said(OutsideReason.APPROVED)),
            default=_said(OutsideReason.HELPED_UNMARKED),
            output_field=CharField(),
        )
    )


def _said(reason: OutsideReason) -> Value:
    return Value(reason.value)
