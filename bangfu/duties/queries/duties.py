"""Readers of duties: what holds in a county today, all versions, and what a change would make."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import Http404

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.scope import permits, places_of
from bangfu.core.models import Region
from bangfu.duties.computing.owed import owed_items, standings
from bangfu.duties.computing.schedules import COUNTY_DIGITS, in_force, schedule
from bangfu.duties.definition.model import Definition
from bangfu.duties.definition.windows import Rhythm, Window
from bangfu.duties.models import DutyTemplate
from bangfu.duties.sources import sources


@dataclass(frozen=True)
class DutyLine:
    """A duty as it holds in a county today (None: only later), and its versions, the newest first."""

    code: str
    title: str
    now: DutyTemplate | None
    versions: list[DutyTemplate]


@dataclass(frozen=True)
class Preview:
    """What a duty would make in the year: how many items for how many holders; its first window."""

    items: int
    holders: int
    ties: int
    first: Window


def home_county(user: User) -> str:
    """The county whose duties the person reads: that of the first place, for personal reach the unit's."""
    places = places_of(user, Permission.DUTY_VIEW)
    here = places[0] if places else user.unit.place if user.unit else ""
    return here[:COUNTY_DIGITS]


def versions_seen_by(user: User) -> QuerySet[DutyTemplate]:
    """The software's versions and those of the person's county."""
    here = Q(place="") | Q(place=home_county(user))
    return DutyTemplate.objects.filter(here).select_related("made_by")


def duty_choices(user: User) -> list[tuple[str, str]]:
    """Every duty's code and newest title, by code."""
    rows = versions_seen_by(user).order_by("code", "number").values_list("code", "title")
    return list(dict(rows).items())


def duty_lines(user: User, today: date) -> list[DutyLine]:
    """All duties, by code."""
    found: dict[str, list[DutyTemplate]] = {}
    for row in versions_seen_by(user).order_by("code", "-number"):
        found.setdefault(row.code, []).append(row)
    return [DutyLine(code, rows[0].title, in_force(rows, today), rows) for code, rows in found.items()]


def newest(user: User, code: str) -> DutyTemplate:
    """The newest version of a duty; raises Http404 for an unknown code."""
    row = versions_seen_by(user).filter(code=code).order_by("-number").first()
    if row is None:
        raise Http404("没有这一条责任规定。")
    return row


def version_seen_by(user: User, uid: UUID) -> DutyTemplate:
    """One version; raises Http404 for another county's."""
    row = versions_seen_by(user).filter(uid=uid).first()
    if row is None:
        raise Http404("这里没有您要的内容，或者它不在您管的范围里。")
    return row


def managed_counties(user: User) -> list[tuple[str, str]]:
    """The counties whose duties the person may set, as choices."""
    codes = [code for code in places_of(user, Permission.DUTY_MANAGE) if len(code) == COUNTY_DIGITS]
    return list(Region.objects.filter(code__in=codes).order_by("code").values_list("code", "name"))


def may_manage(user: User) -> bool:
    """Whether the person sets the duties of the county they read."""
    home = home_county(user)
    return bool(home) and permits(user, Permission.DUTY_MANAGE, home)


def preview(duty: Definition, place: str, today: date) -> Preview:
    """What the duty would make in the county in the year from its first day on, as ties stand today.

    The source must be registered.
    """
    rhythm = Rhythm(duty.window, duty.days or 1, duty.valid_from)
    start = max(duty.valid_from, date(today.year, 1, 1))
    end = max(today, start + timedelta(days=366))
    first = next(rhythm.windows(start, end + timedelta(days=366)))
    row = DutyTemplate(pk=0, place=place, number=1, **{name: getattr(duty, name) for name in _SCHEDULED})
    slots = schedule([row], place, start, date(first.start.year, 12, 31))
    ties = standings(
        sources()[duty.who].owing(start, slots[-1].window.end if slots else end, None), row.together
    )
    here = {tie: standing for tie, standing in ties.items() if standing.place.startswith(place)}
    owed = list(owed_items(here, lambda county: slots, lambda county: False))
    holders = {holder for holder, _ in here}
    return Preview(len(owed), len(holders), len(here), first)


_SCHEDULED: tuple[str, ...] = (
    "code",
    "window",
    "days",
    "at_least",
    "each",
    "tolerance_days",
    "reminder_days",
)
_SCHEDULED += ("valid_from", "valid_to")
