"""Notices of the cast, through the real actions."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from bangfu.access.models import User
from bangfu.core.models import Region, Subject, SubjectKind
from bangfu.documents.deidentify import NoticeRow
from bangfu.notices.actions.composing import EntryFacts, compose_notice
from bangfu.notices.actions.posting import publish_notice
from bangfu.notices.enums import NoticeKind, NoticeMatter
from bangfu.notices.models import Notice
from tests.cast import NOW, VILLAGE


def a_subject(label: str = "郑有福户（上寨村）", place: str = VILLAGE) -> Subject:
    return Subject.objects.create(kind=SubjectKind.HOUSEHOLD, place=place, label=label)


def facts(subject: Subject | None = None, **row: Any) -> EntryFacts:
    given = {"name": "郑有福", "group": "第2组", "category": "突发严重困难户", "reason": "因病", "people": 3}
    return EntryFacts(subject, NoticeRow(**{**given, **row}))


def a_draft(by: User, village: Region, at: datetime = NOW, **given: Any) -> Notice:
    words = {
        "kind": NoticeKind.PUBLIC_NOTICE,
        "matter": NoticeMatter.ENROL,
        "title": f"{village.name}拟纳入对象公示",
        "opening": "经入户核查、民主评议，拟将下列户纳入防止返贫致贫对象，现予公示。",
        "posted_at": "村委会公告栏",
        "entries": [facts()],
    }
    return compose_notice(by=by, at=at, village=village, **{**words, **given})


def a_posted(
    by: User, village: Region, at: datetime = NOW, posted_on: date | None = None, **given: Any
) -> Notice:
    notice = a_draft(by, village, at, **given)
    day = posted_on or notice.composed_on
    return publish_notice(by=by, at=at, notice=notice, version=notice.version, posted_on=day)
