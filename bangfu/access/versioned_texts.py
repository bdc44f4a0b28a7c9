"""Texts that a county changes in numbered versions: drafted, checked, published, retired.

What flows and sheets share. A version that was published never changes; the software's own is put down as a
row when it is first used. The table has ``code number title place text digest state is_shipped note made_by
made_at published_at version``.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any, Generic, TypeVar

from django.db.models import QuerySet
from django.utils import timezone

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.policies import require
from bangfu.core import audit
from bangfu.core.changing import recording
from bangfu.core.errors import SituationForbids, StaleVersion
from bangfu.core.models import Change, TrackedModel
from bangfu.screening.catalogue.definitions import WrongText

DRAFT, PUBLISHED, RETIRED = "draft", "published", "retired"
Row = TypeVar("Row", bound=TrackedModel)


def digest_of(text: str) -> str:
    """The fingerprint of a text."""
    return hashlib.sha256(text.encode()).hexdigest()


def next_number(model: type[Row], code: str) -> int:
    """The number of a new version."""
    rows: QuerySet[Any] = model._default_manager.filter(code=code)
    last = rows.order_by("-number").first()
    return last.number + 1 if last else 1


def own_versions(model: type[Row], code: str, place: str) -> QuerySet[Row]:
    """The published versions of the counties and regions around a place, without the software's."""
    return _published_around(model, place).filter(code=code)


def newest_own(model: type[Row], code: str, place: str) -> Row | None:
    """The one that holds in a place: of the nearest region that has its own, the newest."""
    return _by_code(own_versions(model, code, place)).get(code)


def newest_of_all(model: type[Row], place: str) -> dict[str, Row]:
    """By code the ones that hold in a place, without the software's; one query."""
    return _by_code(_published_around(model, place))


def unreadable_of(model: type[Row], place: str, read: Callable[[str], object]) -> list[tuple[Row, list[str]]]:
    """Texts that should hold in a place and can no longer be read, with their mistakes.

    A newer software may ask more of a definition than the one under which it was published. The others go on;
    this one is shown to who writes it, and nothing is put in its place.
    """
    rows: list[Any] = list(newest_of_all(model, place).values())
    found = []
    for row in sorted(rows, key=lambda row: row.title):
        try:
            read(row.text)
        except WrongText as wrong:
            found.append((row, wrong.problems))
    return found


def _by_code(versions: QuerySet[Row]) -> dict[str, Row]:
    rows: list[Any] = sorted(versions, key=lambda row: (len(row.place), row.number))
    return {row.code: row for row in rows}


def _published_around(model: type[Row], place: str) -> QuerySet[Row]:
    around = [place[:length] for length in range(len(place) + 1)]
    return model._default_manager.filter(state=PUBLISHED, is_shipped=False, place__in=around)


@cache
def texts_in(folder: Path) -> dict[str, str]:
    """The definitions that the software brings, by code, in the order of their names."""
    return {path.stem: path.read_text("utf-8") for path in sorted(folder.glob("*.yaml"))}


def keep_shipped(model: type[Row], at: datetime, *, code: str, title: str, text: str) -> Row | None:
    """The software's version as a row, put down now if it is not yet; inside an open recording.

    None when somebody published with the same number in the same moment.
    """
    digest = digest_of(text)
    rows = model._default_manager.filter(code=code, digest=digest, is_shipped=True)
    if not rows.exists():
        values: dict[str, Any] = {"code": code, "number": next_number(model, code), "title": title}
        values |= {"text": text, "digest": digest, "state": PUBLISHED, "is_shipped": True}
        row = model(**values, made_at=at, published_at=at, note="随软件带来")
        model._default_manager.bulk_create([row], ignore_conflicts=True)
    return rows.first()


def for_anybody(mistakes: Callable[[str, str], Sequence[str]]) -> Callable[[User, str, str], Sequence[str]]:
    """The mistakes of a ``TextKind`` where they are the same whoever publishes."""
    return lambda by, code, text: mistakes(code, text)


@dataclass(frozen=True)
class TextKind(Generic[Row]):
    """One kind of text: its table, who manages it, what audit calls its code, how it is named and checked.

    ``title`` names a text of a code, sound or not; ``mistakes(by, code, text)`` lists what keeps somebody
    from publishing it (``code`` empty: as a text of any code).
    """

    model: type[Row]
    permission: Permission
    noun: str
    title: Callable[[str, str], str]
    mistakes: Callable[[User, str, str], Sequence[str]]

    def draft(self, *, by: User, at: datetime, verb: str, code: str, place: str, text: str, note: str) -> Row:
        """Begin a new version for a place; its text may still be wrong. Raises NotPermitted."""
        require(by, self.permission, place)
        with recording(by=by, at=at, verb=verb, reason=note) as change:
            values = {"code": code, "number": next_number(self.model, code), "title": self.title(code, text)}
            values |= {"place": place, "text": text, "digest": digest_of(text), "note": note.strip()}
            row = self.model._default_manager.create(**values, made_by=by, made_at=at)
            self._record(row, verb, by, at, change)
        return row

    def edit(self, row: Row, *, by: User, at: datetime, verb: str, version: int, text: str, note: str) -> Row:
        """Change the text of a draft; raises NotPermitted, StaleVersion, SituationForbids for one in use."""
        with recording(by=by, at=at, verb=verb, reason=note) as change:
            held = self._held(by, row, version)
            _check_draft(held, "只有草稿能改。要改在用的版本，请起草新版。")
            held.text, held.digest, held.title = text, digest_of(text), self.title(held.code, text)
            held.note = note.strip()
            held.save()
            self._record(held, verb, by, at, change)
        return held

    def publish(
        self,
        row: Row,
        *,
        by: User,
        at: datetime,
        verb: str,
        version: int,
        valid_from: date | None = None,
        **values: Any,
    ) -> Row:
        """Let a draft hold, from a day on if one is given, and set ``values``.

        Raises NotPermitted, StaleVersion, SituationForbids with every mistake, or for a day in the past.
        """
        with recording(by=by, at=at, verb=verb, effective_on=valid_from) as change:
            held = self._held(by, row, version)
            _check_draft(held, "这一版已经发布过，或者停用了。")
            if valid_from is not None:
                _check_day(valid_from, at)
                values["valid_from"] = valid_from
            self._check_sound(held, by)
            for name, value in {**values, "state": PUBLISHED, "published_at": at}.items():
                setattr(held, name, value)
            held.save()
            self._record(held, verb, by, at, change)
        return held

    def retire(self, row: Row, *, by: User, at: datetime, verb: str, version: int, reason: str) -> Row:
        """Let a version begin nothing new, or let a draft go; what runs with it goes on.

        Raises NotPermitted, StaleVersion, SituationForbids for the software's own version or without reason.
        """
        with recording(by=by, at=at, verb=verb, reason=reason) as change:
            held = self._held(by, row, version)
            if held.is_shipped or held.state == RETIRED:
                raise SituationForbids("随软件带来的版本不能停用；已经停用的不用再停。要改，请起草新版。")
            if len(reason.strip()) < 2:
                raise SituationForbids("请写为什么停用。没有停用。")
            held.state = RETIRED
            held.save()
            self._record(held, verb, by, at, change)
        return held

    def _held(self, by: User, row: Row, version: int) -> Any:
        held: Any = self.model._default_manager.select_for_update().get(pk=row.pk)
        require(by, self.permission, held.place)
        if held.version != version:
            raise StaleVersion("这一版刚被别人改过。您写的还在，请和现在的内容核对后再存。")
        return held

    def _check_sound(self, row: Any, by: User) -> None:
        found = self.mistakes(by, row.code, row.text)
        if found:
            raise SituationForbids(f"没有发布，有 {len(found)} 处要改：{''.join(found)}")

    def _record(self, row: Any, verb: str, by: User, at: datetime, change: Change) -> None:
        data = {self.noun: row.code, "version": row.number, "digest": row.digest}
        audit.record(by=by, at=at, verb=verb, place=row.place, summary=str(row), data=data, change=change)


def _check_draft(row: Any, sentence: str) -> None:
    if row.state != DRAFT:
        raise SituationForbids(sentence)


def _check_day(valid_from: date, at: datetime) -> None:
    if valid_from < timezone.localdate(at):
        raise SituationForbids("启用日期不能早于今天：已经发起的按发起时的版本办。请改日期。")
