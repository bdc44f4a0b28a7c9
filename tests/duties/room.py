"""Ties and records of the tests' own, as an upper room would register them."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date

from bangfu.access.models import User
from bangfu.core.models import Subject, SubjectKind
from bangfu.duties.actions.duties import change_duty
from bangfu.duties.actions.recomputing import recompute_duties
from bangfu.duties.definition.model import Definition
from bangfu.duties.enums import Each, WindowKind
from bangfu.duties.models import DueItem, DutyTemplate
from bangfu.duties.registry import Done, Holder, Owing, register_holders, register_matcher, register_source
from tests.cast import COUNTY, NOW, VILLAGE

ties: list[Owing] = []
records: list[Done] = []
people: list[Holder] = []


def owing(start: date, end: date, holders: Collection[int] | None = None) -> Iterator[Owing]:
    here = (tie for tie in ties if holders is None or tie.holder in holders)
    return (tie for tie in here if tie.valid_from <= end and (tie.valid_to is None or tie.valid_to >= start))


def done(start: date, end: date, holders: Collection[int] | None) -> Iterator[Done]:
    return (one for one in records if start <= one.on <= end and (holders is None or one.holder in holders))


def behind(subjects: Collection[int] | None) -> list[Holder]:
    return [one for one in people if subjects is None or one.subject in subjects]


def register() -> None:
    """Make them known."""
    register_source("test_helper", "测试的帮扶干部", owing)
    register_matcher("test_visit", "测试的走访", done)
    register_holders(behind)


def clear() -> None:
    """As if nobody owed or did anything."""
    for each in (ties, records, people):
        each.clear()


def definition(**more: object) -> Definition:
    """A duty of the tests: a visit a month to each target."""
    values: dict[str, object] = {
        "code": "test_visits",
        "title": "走访",
        "what": "每月走访一次",
        "who": "test_helper",
        "window": WindowKind.MONTH,
        "days": None,
        "at_least": 1,
        "matcher": "test_visit",
        "each": Each.TARGET,
        "distinct": False,
        "proof": "走访记录",
        "tolerance_days": 0,
        "reminder_days": 7,
        "valid_from": date(2020, 1, 1),
        "valid_to": None,
        "basis": "测试",
        "grade": "知",
    }
    return Definition(**(values | more))  # type: ignore[arg-type]


def set_duty(by: User, place: str = COUNTY, seen: int = 0, **more: object) -> DutyTemplate:
    """The county sets a duty."""
    return change_duty(by=by, at=NOW, place=place, duty=definition(**more), seen=seen)


def subject(label: str = "某人", kind: SubjectKind = SubjectKind.PERSON, place: str = VILLAGE) -> int:
    """A holder or a target."""
    return Subject.objects.create(kind=kind, place=place, label=label).pk


def tie(
    holder: int,
    target: int | None,
    start: date = date(2025, 1, 1),
    end: date | None = None,
    place: str = VILLAGE,
) -> Owing:
    """The holder stands to the target."""
    ties.append(Owing(holder, target, place, start, end))
    return ties[-1]


def did(holder: int, target: int | None, on: date, record: str = "") -> Done:
    """The holder did something on a day."""
    records.append(Done(holder, target, on, record or f"visit:{len(records)}"))
    return records[-1]


def computed(code: str = "test_visits") -> list[DueItem]:
    """Compute everything, and the items of the duty by window."""
    recompute_duties(at=NOW)
    rows = DueItem.objects.filter(template__code=code).select_related("template")
    return list(rows.order_by("window_start", "holder", "target"))
