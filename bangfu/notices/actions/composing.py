"""Drafts: composed from what is known, changed until they hang."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.timezone import localdate

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.policies import require
from bangfu.core import parameters
from bangfu.core.changing import recording
from bangfu.core.models import Region, Subject, SubjectKind
from bangfu.core.subjects import settle_subjects
from bangfu.documents.deidentify import NoticeRow, deidentify
from bangfu.notices.actions.locking import held, noted
from bangfu.notices.enums import NoticeKind, NoticeMatter
from bangfu.notices.models import Notice, NoticeEntry
from bangfu.notices.policies import check_draft, check_replaceable, check_title, check_village
from bangfu.notices.terms import phones_in, rules_in

_WORDS = ("title", "number", "opening", "posted_at", "objection_way", "signed_by")
EDITABLE = (*_WORDS, "phones", "days", "working_days")


@dataclass(frozen=True)
class EntryFacts:
    """A household as the office knows it; ``subject`` is the household's or the case's."""

    subject: Subject | None
    row: NoticeRow


def compose_notice(
    *,
    by: User,
    at: datetime,
    village: Region,
    kind: NoticeKind,
    matter: NoticeMatter,
    title: str,
    opening: str,
    posted_at: str,
    entries: Sequence[EntryFacts],
    signed_by: str = "",
) -> Notice:
    """A draft with the rows de-identified as the place's parameters say; phones, ways and days are theirs.

    Raises NotPermitted; SituationForbids for a place that is no village or a title that tells too much;
    ParameterMissing.
    """
    require(by, Permission.NOTICE_PUBLISH, village.code)
    check_village(village)
    check_title(title)
    with recording(by=by, at=at, verb="compose_notice") as change:
        notice = Notice.objects.create(
            subject=Subject.objects.create(kind=SubjectKind.NOTICE, place=village.code, label=title),
            village=village,
            place=village.code,
            kind=kind,
            matter=matter,
            title=title,
            opening=opening,
            posted_at=posted_at,
            signed_by=signed_by or f"{village.name}村民委员会",
            composed_on=localdate(at),
            composed_by=by,
            **_terms(village.code, at),
        )
        _write_entries(notice, entries)
        noted("compose_notice", notice, by, at, change, rows=len(entries))
    return notice


def edit_notice(*, by: User, at: datetime, notice: Notice, version: int, values: Mapping[str, Any]) -> Notice:
    """Change a draft; ``values`` by name of ``EDITABLE``. Its rows are composed, never typed over.

    Raises NotPermitted, StaleVersion, SituationForbids for one that was posted, ValueError for another name.
    """
    require(by, Permission.NOTICE_PUBLISH, notice.place)
    if unknown := set(values) - set(EDITABLE):
        raise ValueError(f"not editable: {sorted(unknown)}")
    check_title(values.get("title", notice.title))
    with recording(by=by, at=at, verb="edit_notice") as change:
        row = held(notice, version)
        check_draft(row)
        for name, value in values.items():
            setattr(row, name, value)
        row.save()
        settle_subjects(Notice.objects.filter(pk=row.pk))
        noted("edit_notice", row, by, at, change, fields=sorted(values))
    return row


def recompose_notice(*, by: User, at: datetime, notice: Notice) -> Notice:
    """A new draft with the words and rows of one that was withdrawn.

    Raises NotPermitted; SituationForbids when it was not withdrawn or has been composed anew already.
    """
    require(by, Permission.NOTICE_PUBLISH, notice.place)
    with recording(by=by, at=at, verb="recompose_notice") as change:
        old = Notice.objects.select_for_update(of=("self",)).get(pk=notice.pk)
        check_replaceable(old)
        same = {name: getattr(old, name) for name in (*EDITABLE, "village", "place", "kind", "matter")}
        new = Notice.objects.create(
            **same,
            subject=Subject.objects.create(kind=SubjectKind.NOTICE, place=old.place, label=old.title),
            composed_on=localdate(at),
            composed_by=by,
            replaces=old,
        )
        rows = list(old.entries.all())
        for row in rows:
            row.pk, row.notice, row._state.adding = None, new, True
        NoticeEntry.objects.bulk_create(rows)
        noted("recompose_notice", new, by, at, change, replaces=str(old.uid))
    return new


def _terms(place: str, at: datetime) -> dict[str, Any]:
    today = localdate(at)
    names = ("days", "working_days", "objection_way")
    values = {name: parameters.value(f"notice_{name}", on=today, place=place) for name in names}
    return {**values, "phones": phones_in(place, today)}


def _write_entries(notice: Notice, entries: Sequence[EntryFacts]) -> None:
    rules = rules_in(notice.place, notice.composed_on)
    shown = deidentify((each.row for each in entries), rules)
    NoticeEntry.objects.bulk_create(
        NoticeEntry(notice=notice, position=position, subject=each.subject, **row.cells())
        for position, (each, row) in enumerate(zip(entries, shown, strict=True), 1)
    )
