"""What a report is about: the words, keys and rows that its template may use, as the writer may see them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from urllib.parse import quote

from django.http import Http404

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.scope import get_visible, permits, places_of
from bangfu.core.models import Region, Subject, SubjectKind
from bangfu.households.models import Household
from bangfu.support.models import Inspection, Meeting
from bangfu.support.queries.meetings import attendances_of, meeting_seen_by
from bangfu.support.queries.scopes import parties_seen_by
from bangfu.support.queries.supervision import inspection_seen_by
from bangfu.ui.formats import chinese_day


@dataclass(frozen=True)
class Matter:
    """A subject, its place and days; ``words`` fill sentences, ``keys`` the conditions of ledgers."""

    subject: Subject
    place: str
    starts_on: date
    ends_on: date
    words: Mapping[str, str]
    keys: Mapping[str, str]
    rows: Mapping[str, list[dict[str, Any]]] = field(default_factory=dict)


def matter_of(user: User, subject: Subject, starts_on: date, ends_on: date, period: str) -> Matter:
    """The matter as the user may see it; raises Http404 for one out of reach or of no known kind."""
    find = _FINDERS.get(SubjectKind(subject.kind))
    if find is None:
        raise Http404("这一种对象没有报告可写。")
    place, words, about, rows = find(user, subject, starts_on, ends_on)
    days = {"from_day": chinese_day(starts_on), "to_day": chinese_day(ends_on), "period": period}
    keys = {"code": place, "about": quote(about), "from": starts_on.isoformat(), "to": ends_on.isoformat()}
    return Matter(subject, place, starts_on, ends_on, {**days, **words}, keys, rows)


_WORKS = (Permission.REPORT_WRITE, Permission.REPORT_APPROVE)
Found = tuple[str, dict[str, str], str, dict[str, list[dict[str, Any]]]]


def _region(user: User, subject: Subject, *_: date) -> Found:
    region = Region.objects.filter(subject=subject).first()
    if region is None or not any(permits(user, one, region.code) for one in _WORKS):
        raise Http404("这个地方不在您管的范围里。")
    return region.code, {"place_name": region.name}, str(region.pk), {}


def _meeting(user: User, subject: Subject, *_: date) -> Found:
    meeting = meeting_seen_by(user, Meeting.objects.get(subject=subject).uid)
    attendances = attendances_of(meeting)
    words = {
        "place_name": meeting.region.name,
        "meeting_title": meeting.title,
        "held_on": chinese_day(meeting.held_on),
        "held_at": meeting.held_at,
        "chair": meeting.chair,
        "minutes": meeting.minutes,
    }
    rows = [
        {"unit": each.unit.name, "name": each.name, "presence": each.get_presence_display()}
        for each in attendances
    ]
    return meeting.place, words, str(meeting.pk), {"attendance": rows}


def _inspection(user: User, subject: Subject, *_: date) -> Found:
    inspection = inspection_seen_by(user, Inspection.objects.get(subject=subject).uid)
    leanings = [f"{one.name}（{one.village_count} 个村）" for one in inspection.leanings.all()]
    words = {
        "place_name": inspection.region.name,
        "inspection_title": inspection.title,
        "region": inspection.region.name,
        "kind": inspection.get_kind_display(),
        "matter": inspection.matter,
        "sampled": _sampled(inspection),
        "leanings": f"{'；'.join(leanings)}。" if leanings else "没有归纳出倾向性问题。",
    }
    return inspection.place, words, str(inspection.pk), {}


def _sampled(inspection: Inspection) -> str:
    if inspection.drawn_at is None:
        return "这次检查没有抽样。"
    names = "、".join(each.village.name for each in inspection.villages.select_related("village"))
    return f"按种子“{inspection.seed}”从 {len(inspection.frame)} 个村里抽到{names}。"


def _household(user: User, subject: Subject, *_: date) -> Found:
    household = get_visible(Household, user, Permission.HOUSEHOLD_VIEW, subject=subject)
    words = {"household_name": household.head_name}
    return household.village.code, words, household.code or str(household.uid), {}


def _person(user: User, subject: Subject, *_: date) -> Found:
    """A person; a township writes in its own place of one whose unit is the county's."""
    party = parties_seen_by(user).filter(subject=subject).first()
    places = {place for one in _WORKS for place in places_of(user, one)}
    if party is None or not places:
        raise Http404("这个人不在您管的范围里。")
    covered = any(subject.place.startswith(place) for place in places)
    return subject.place if covered else min(places), {"person_name": party.name}, party.name, {}


_FINDERS: dict[SubjectKind, Callable[..., Found]] = {
    SubjectKind.VILLAGE: _region,
    SubjectKind.REGION: _region,
    SubjectKind.MEETING: _meeting,
    SubjectKind.INSPECTION: _inspection,
    SubjectKind.HOUSEHOLD: _household,
    SubjectKind.PERSON: _person,
}
