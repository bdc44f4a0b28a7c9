"""Readers: problems in reach, kinds found in many places, what may be chosen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.http import Http404

from bangfu.access.models import Unit, User
from bangfu.access.permissions import Permission
from bangfu.access.queries import regions_where, units_around
from bangfu.access.scope import get_visible, places_of, scope_q
from bangfu.core.models import Region
from bangfu.problems.enums import LIVING, OWED, ProblemState
from bangfu.problems.models import Problem
from bangfu.problems.terms import leaning_places, recurrence_days
from bangfu.support.models import Finding
from bangfu.support.queries.supervision import findings_seen_by

_VIEW = Permission.PROBLEM_VIEW


def problems_seen(user: User) -> QuerySet[Problem]:
    """Every problem in reach; ``mine`` says whether it is of the reader's unit."""
    rows: QuerySet[Problem] = Problem.objects.visible_to(user, _VIEW)
    units = Unit.objects.filter(pk=OuterRef("unit"), users=user.pk)
    return rows.select_related("region", "unit").annotate(mine=Exists(units))


def problem_seen(user: User, uid: UUID, permission: Permission = _VIEW) -> Problem:
    """One problem; raises Http404 outside the reach."""
    rows = Problem.objects.select_related("region", "unit", "subject", "recorded_by", "earlier")
    found: Problem = get_visible(rows, user, permission, uid=uid)
    return found


def findings_to_list(user: User) -> QuerySet[Finding]:
    """What inspections found and nobody has listed yet, where the user may; not what was mended at once."""
    listed = Problem.objects.filter(finding=OuterRef("pk")).exclude(state=ProblemState.VOID)
    rows = findings_seen_by(user).filter(scope_q(Finding, user, Permission.PROBLEM_RECORD))
    return rows.filter(~Exists(listed), mended_on=None)


def finding_to_list(user: User, uid: UUID) -> Finding:
    """One of them; raises Http404."""
    found = findings_to_list(user).filter(uid=uid).first()
    if found is None:
        raise Http404("没有这条督导问题，或者它已经在问题清单里。")
    return found


def overdue(rows: QuerySet[Any], today: date) -> QuerySet[Any]:
    """Those whose unit owed an answer before today."""
    return rows.filter(state__in=OWED, due_on__lt=today)


def regions_to_record(user: User) -> QuerySet[Region]:
    """Where the user may record problems."""
    return regions_where(user, Permission.PROBLEM_RECORD).select_related("parent")


def units_to_mend(user: User) -> QuerySet[Unit]:
    """The active units of the counties in which the user records problems."""
    return units_around(user, Permission.PROBLEM_RECORD)


@dataclass(frozen=True)
class KindCount:
    """Problems of a kind found since a day: how many, of how many regions and units; whether many have it."""

    kind: str
    name: str
    found: int
    living: int
    again: int
    regions: int
    units: int
    leaning: bool


def kinds_seen(user: User, today: date) -> tuple[list[KindCount], date, int]:
    """The kinds found within the days that count, from when, and from how many places one is pointed out."""
    home = next(iter(places_of(user, _VIEW)), "")
    since, many = today - timedelta(days=recurrence_days(home, today)), leaning_places(home, today)
    rows = Problem.objects.visible_to(user, _VIEW).filter(found_on__gte=since)
    counted = (
        rows.exclude(state=ProblemState.VOID)
        .order_by()
        .values("kind", "kind_name")
        .annotate(
            found=Count("pk"),
            living=Count("pk", filter=Q(state__in=LIVING)),
            again=Count("pk", filter=Q(earlier__isnull=False)),
            regions=Count("region", distinct=True),
            units=Count("unit", distinct=True),
        )
        .order_by("-found", "kind")
    )
    kinds = [
        KindCount(
            one["kind"],
            one["kind_name"],
            one["found"],
            one["living"],
            one["again"],
            one["regions"],
            one["units"],
            max(one["regions"], one["units"]) >= many,
        )
        for one in counted
    ]
    return kinds, since, many
