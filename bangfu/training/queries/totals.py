"""Person-times of a year by audience, classroom and mode; each number is the list it opens (C-003, C-202)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, QuerySet, Sum

from bangfu.access.models import User
from bangfu.access.scope import within
from bangfu.training.enums.courses import Mode, SessionState
from bangfu.training.enums.people import Effect
from bangfu.training.models import FollowUp, Participation, TrainingSession
from bangfu.training.queries.seen import follow_ups_seen, held_in, participations_seen, sessions_seen
from bangfu.training.terms import hours_text


@dataclass(frozen=True)
class Group:
    """Person-times and sessions of one audience, classroom or mode; ``value`` is the filter's."""

    value: str
    label: str
    people: int
    sessions: int


@dataclass(frozen=True)
class Table:
    """Groups by one view; ``filter`` is the name of the list's condition."""

    title: str
    filter: str
    groups: tuple[Group, ...]


_VIEWS: tuple[tuple[str, str, str, Callable[[str], str]], ...] = (
    ("按对象", "audience", "session__course__audience", str),
    ("按课堂", "classroom", "session__course__classroom", str),
    ("按方式", "mode", "session__mode", lambda code: str(Mode(code).label)),
)


def times_in(user: User, place: str, year: int) -> QuerySet[Participation]:
    """The person-times of a place's sessions in a year."""
    return held_in(participations_seen(user), year).filter(within("place", place))


def sessions_held(user: User, place: str, year: int) -> QuerySet[TrainingSession]:
    """The sessions of a place that were held and began in a year."""
    rows = sessions_seen(user).filter(within("place", place), state=SessionState.HELD)
    return rows.filter(starts_on__year=year)


def tables_of(rows: QuerySet[Participation]) -> list[Table]:
    """The three views of the same person-times; a query each."""
    return [Table(title, name, tuple(_groups(rows, field, label))) for title, name, field, label in _VIEWS]


def _groups(rows: QuerySet[Participation], field: str, label: Callable[[str], str]) -> list[Group]:
    counted = (
        rows.order_by().values(field).annotate(people=Count("pk"), sessions=Count("session", distinct=True))
    )
    found = [Group(one[field], label(one[field]), one["people"], one["sessions"]) for one in counted]
    return sorted(found, key=lambda one: (-one.people, one.label))


def hours_of(rows: QuerySet[Participation]) -> str:
    """Hours attended, all together, in words."""
    return hours_text(rows.aggregate(total=Sum("hours"))["total"] or Decimal(0))


def effects_in(user: User, place: str, year: int) -> list[tuple[Effect, int]]:
    """What people said after the return, by effect, of sessions that began in the year (C-201)."""
    rows: QuerySet[FollowUp] = follow_ups_seen(user).filter(
        within("place", place), participation__session__starts_on__year=year
    )
    counts = dict(rows.order_by().values_list("effect").annotate(number=Count("pk")))
    return [(effect, counts.get(effect.value, 0)) for effect in Effect]
