"""Things are checked by a standard, and checked again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils.timezone import localdate

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.policies import require
from bangfu.core import audit
from bangfu.core.changing import recording
from bangfu.core.models import Region, Subject, SubjectKind
from bangfu.projects.models import Project
from bangfu.standards.definition.judging import Judged, Judgement, judge, shown
from bangfu.standards.models import CheckItem, CheckSigner, StandardCheck
from bangfu.standards.policies import check_days, check_first, check_repeatable, check_told
from bangfu.standards.versions import Held, version_for

_RECORD = Permission.STANDARD_CHECK_RECORD


@dataclass(frozen=True)
class What:
    """The thing: its name and place; which row of a ledger or which project it is, if it is one."""

    region: Region
    thing: str
    row_uid: UUID | None = None
    project: Project | None = None


@dataclass(frozen=True)
class Found:
    """What was found: answers by item, (name, unit) of who signed, an opinion, a time limit for mending."""

    on: date
    answers: Mapping[str, Any]
    signers: Sequence[tuple[str, str]]
    words: str = ""
    due_on: date | None = None


def record_standard_check(*, by: User, at: datetime, held: Held, what: What, found: Found) -> StandardCheck:
    """Judge a thing by a standard. Raises NotPermitted, SituationForbids for one that was checked before."""
    require(by, _RECORD, what.region.code)
    check_told(what.thing, found.signers)
    check_days(found.on, found.due_on, localdate(at))
    with recording(by=by, at=at, verb="record_standard_check", effective_on=found.on) as change:
        check_first(held.standard.id, what.region.code, what.thing.strip())
        check = _kept(by, at, held, what, found, None)
        _noted("record_standard_check", check, by, at, change)
    return check


def repeat_standard_check(
    *, by: User, at: datetime, earlier: StandardCheck, held: Held, found: Found
) -> StandardCheck:
    """Check the same thing again by the standard that holds now; the earlier check stays as it was.

    Raises NotPermitted; SituationForbids for one that was repeated already, or a day before it.
    """
    require(by, _RECORD, earlier.place)
    check_days(found.on, found.due_on, localdate(at))
    with recording(by=by, at=at, verb="repeat_standard_check", effective_on=found.on) as change:
        before = StandardCheck.objects.select_for_update(of=("self",)).get(pk=earlier.pk)
        check_told(before.thing, found.signers)
        check_repeatable(before, found.on)
        before.is_latest = False
        before.save()
        what = What(before.region, before.thing, before.row_uid, before.project)
        check = _kept(by, at, held, what, found, before)
        _noted("repeat_standard_check", check, by, at, change)
    return check


def _kept(
    by: User, at: datetime, held: Held, what: What, found: Found, earlier: StandardCheck | None
) -> StandardCheck:
    judgement = judge(held.standard, found.answers)
    thing, place = what.thing.strip(), what.region.code
    check = StandardCheck.objects.create(
        subject=Subject.objects.create(kind=SubjectKind.CHECK, place=place, label=thing[:100]),
        standard=version_for(at=at, held=held),
        code=held.standard.id,
        region=what.region,
        place=place,
        thing=thing,
        row_uid=what.row_uid,
        project=what.project,
        earlier=earlier,
        on=found.on,
        verdict=judgement.verdict,
        score=judgement.score,
        words=found.words.strip(),
        due_on=found.due_on,
        recorded_by=by,
    )
    _put(check, judgement, found.signers)
    return check


def _put(check: StandardCheck, judgement: Judgement, signers: Sequence[tuple[str, str]]) -> None:
    items = [_item(check, position, one) for position, one in enumerate(judgement.items, start=1)]
    CheckItem.objects.bulk_create(items)
    CheckSigner.objects.bulk_create(
        [CheckSigner(check_of=check, name=name, unit=unit) for name, unit in signers]
    )


def _item(check: StandardCheck, position: int, judged: Judged) -> CheckItem:
    item, value = judged.item, judged.value
    return CheckItem(
        check_of=check,
        position=position,
        item=item.id,
        title=item.title,
        demand=item.demand,
        value=shown(item, value),
        number=value if isinstance(value, Decimal) else None,
        met=judged.met,
        veto=item.veto,
        points=judged.points,
        full=item.full,
        missing=judged.missing,
    )


def _noted(verb: str, check: StandardCheck, by: User, at: datetime, change: Any) -> None:
    data = {"check": str(check.uid), "standard": check.code, "verdict": check.verdict}
    audit.record(by=by, at=at, verb=verb, subject=check.subject, data=data, change=change)


def print_standard_check(
    *, by: User, at: datetime, check: StandardCheck, form: str, address: str | None
) -> None:
    """Note that somebody took the paper of a check as a file. Raises NotPermitted."""
    require(by, Permission.STANDARD_CHECK_VIEW, check.place)
    data = {"check": str(check.uid), "form": form}
    audit.record(by=by, at=at, verb="print_standard_check", subject=check.subject, data=data, address=address)
