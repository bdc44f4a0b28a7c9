"""The rows of this room that a person may see, with what the lists need."""

from __future__ import annotations

from datetime import date

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.training.enums.courses import SessionState
from bangfu.training.models import (
    Course,
    FollowUp,
    Forum,
    ForumIssue,
    FutureLeader,
    ObservationPoint,
    Participation,
    ServiceOrder,
    Teacher,
    TrainingNeed,
    TrainingSession,
)

SEEN = Permission.TRAINING_VIEW


def needs_seen(user: User) -> QuerySet[TrainingNeed]:
    """Needs, each with whether a course answers it."""
    rows = TrainingNeed.objects.visible_to(user, SEEN).select_related("region", "recorded_by")
    return rows.annotate(answered=Exists(Course.objects.filter(need=OuterRef("pk"))))


def courses_seen(user: User) -> QuerySet[Course]:
    """Courses, with how many sessions were held and when the last one began."""
    held = Q(sessions__state=SessionState.HELD)
    rows = Course.objects.visible_to(user, SEEN).select_related("region", "teacher", "need")
    return rows.annotate(held=Count("sessions", filter=held), last_on=Max("sessions__starts_on", filter=held))


def sessions_seen(user: User) -> QuerySet[TrainingSession]:
    """Sessions, each with whether somebody was asked after the return."""
    rows = TrainingSession.objects.visible_to(user, SEEN).select_related("course", "region", "point")
    asked = FollowUp.objects.filter(participation__session=OuterRef("pk"))
    return rows.annotate(followed=Exists(asked))


def participations_seen(user: User, permission: Permission = SEEN) -> QuerySet[Participation]:
    """Who came to sessions that were held: each row is one person-time (人次, C-202)."""
    rows = Participation.objects.visible_to(user, permission).filter(session__state=SessionState.HELD)
    asked = FollowUp.objects.filter(participation=OuterRef("pk"))
    return rows.select_related("session__course").annotate(followed=Exists(asked))


def held_in(rows: QuerySet[Participation], year: int) -> QuerySet[Participation]:
    """Person-times of the sessions that began in a year."""
    return rows.filter(session__starts_on__gte=date(year, 1, 1), session__starts_on__lte=date(year, 12, 31))


def follow_ups_seen(user: User) -> QuerySet[FollowUp]:
    """What people said after the return."""
    rows = FollowUp.objects.visible_to(user, SEEN)
    return rows.select_related("participation__session__course", "asked_by")


def teachers_seen(user: User) -> QuerySet[Teacher]:
    """Teachers, with how often they stood before a session that was held, and how many services they gave."""
    held = Q(appearances__session__state=SessionState.HELD)
    rows = Teacher.objects.visible_to(user, SEEN).select_related("region")
    return rows.annotate(
        appeared=Count("appearances", filter=held, distinct=True),
        served=Count("services", filter=Q(services__done_on__isnull=False), distinct=True),
    )


def points_seen(user: User) -> QuerySet[ObservationPoint]:
    """Sample villages and sites, with how many sessions went there."""
    held = Q(sessions__state=SessionState.HELD)
    rows = ObservationPoint.objects.visible_to(user, SEEN).select_related("region")
    return rows.annotate(visits=Count("sessions", filter=held))


def forums_seen(user: User) -> QuerySet[Forum]:
    """Forums, with how many issues were held."""
    rows = Forum.objects.visible_to(user, SEEN).select_related("region")
    return rows.annotate(held=Count("issues"), last_on=Max("issues__held_on"))


def issues_of(forum: Forum) -> list[ForumIssue]:
    """The issues of a forum that were held, in their order."""
    return list(forum.issues.order_by("number"))


def leaders_seen(user: User) -> QuerySet[FutureLeader]:
    """People who are brought up to lead."""
    return FutureLeader.objects.visible_to(user, SEEN).select_related("region__parent")


def orders_seen(user: User) -> QuerySet[ServiceOrder]:
    """Service orders in reach."""
    rows = ServiceOrder.objects.visible_to(user, Permission.SERVICE_VIEW)
    return rows.select_related("region__parent", "expert", "asked_by", "household")
