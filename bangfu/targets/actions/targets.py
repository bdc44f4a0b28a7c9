"""Targets are set, corrected, split, withdrawn; what was reached is read from records or typed with proof."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils.timezone import localdate

from bangfu.access.models import Unit, User
from bangfu.access.permissions import Permission
from bangfu.access.policies import require
from bangfu.access.scope import permits
from bangfu.core import audit
from bangfu.core.changing import recording
from bangfu.core.errors import SituationForbids, StaleVersion
from bangfu.core.models import Change, Region, Subject, SubjectKind
from bangfu.targets import policies
from bangfu.targets.enums import Cut, TargetState
from bangfu.targets.models import RecordReading, Target, TargetActual, TargetLine
from bangfu.targets.periods import Period, periods_of
from bangfu.targets.readings import Numbers, Record, months_between, named, read_records, record_of

_MANAGE = Permission.TARGET_MANAGE
Line = tuple[Decimal, Sequence[Decimal]]


@dataclass(frozen=True)
class TargetFacts:
    """What a target says; money in yuan, a rate in per cent."""

    region: Region
    title: str
    source: str
    year: int
    years: int
    cut: str
    how: str
    side: str
    measure: str
    amount: Decimal
    reading: str = ""
    by_hand: str = ""
    unit: Unit | None = None


def set_target(*, by: User, at: datetime, facts: TargetFacts) -> Target:
    """A target with the line of its own region, not split yet.

    Raises NotPermitted; SituationForbids without source, record or reason, for months over several years.
    """
    require(by, _MANAGE, facts.region.code)
    _check(by, facts)
    with recording(by=by, at=at, verb="set_county_target") as change:
        label = facts.title.strip()
        subject = Subject.objects.create(kind=SubjectKind.TARGET, place=facts.region.code, label=label)
        target: Target = Target.objects.create(**_values(facts), subject=subject, recorded_by=by)
        _put(target, facts.region, (facts.amount, ()))
        _noted("set_county_target", target, by, at, change)
    return target


def correct_target(
    *, by: User, at: datetime, target: Target, version: int, reason: str, facts: TargetFacts
) -> Target:
    """Say what it should have said; a split that no longer adds up must be made anew in the same step.

    Another amount, place or time lets the split go, and the answer of the page says so.
    Raises NotPermitted, StaleVersion, SituationForbids.
    """
    require(by, _MANAGE, target.place)
    require(by, _MANAGE, facts.region.code)
    _check(by, facts)
    with recording(by=by, at=at, verb="correct_county_target", reason=reason) as change:
        held = _held(target, version)
        policies.check_live(held)
        before = (held.amount, held.region_id, held.year, held.years, held.cut, held.how, held.side)
        for name, value in _values(facts).items():
            setattr(held, name, value)
        held.save()
        after = (held.amount, held.region_id, held.year, held.years, held.cut, held.how, held.side)
        if before != after:
            held.lines.all().delete()
            _put(held, facts.region, (facts.amount, ()))
        _noted("correct_county_target", held, by, at, change)
    return held


def split_target(
    *,
    by: User,
    at: datetime,
    target: Target,
    version: int,
    parts: Sequence[Decimal],
    lines: Mapping[Region, Line] | None = None,
) -> Target:
    """Split over time (``parts``) and over regions (``lines``) in one step, instead of the split that was.

    Rates are not added up: each place has its own. Raises NotPermitted, StaleVersion; SituationForbids with
    the numbers when parts do not lead to the amount.
    """
    require(by, _MANAGE, target.place)
    lines = lines or {}
    with recording(by=by, at=at, verb="split_county_target") as change:
        held = _held(target, version)
        policies.check_live(held)
        labels = [one.label for one in periods(held)]
        policies.check_parts("", held.amount, parts, labels, held.how, held.side)
        for region, (amount, of_region) in lines.items():
            policies.check_parts(region.name, amount, of_region, labels, held.how, held.side)
        if lines and not is_rate(by, held):
            policies.check_places((held.amount, parts), lines, labels)
        held.lines.all().delete()
        rows = [_line(held, held.region, (held.amount, parts))]
        rows += [_line(held, region, line) for region, line in lines.items()]
        TargetLine.objects.bulk_create(rows)
        held.save()
        _noted("split_county_target", held, by, at, change, lines=len(lines))
    return held


def record_actual(
    *, by: User, at: datetime, target: Target, region: Region, month: date, value: Decimal, proof: str
) -> TargetActual:
    """What was reached by the end of a month, where no record says it; a second time corrects the first.

    Raises NotPermitted; SituationForbids where a record says it, without proof, for a month to come.
    """
    require(by, _MANAGE, target.place)
    policies.check_live(target)
    if target.reading:
        raise SituationForbids("这个目标从记录取数，不手填。数不对，请改那边的记录，再点“取数”。")
    if not proof.strip():
        raise SituationForbids("没有写凭什么，没有保存。请写文件名称、文号或记录在哪里。")
    if month > localdate(at):
        raise SituationForbids(f"{month:%Y-%m} 还没有到，没有保存。请改月份。")
    with recording(by=by, at=at, verb="record_county_target_actual") as change:
        row = TargetActual.objects.filter(target=target, place=region.code, month=month).first()
        row = row or TargetActual(target=target, place=region.code, month=month)
        row.value, row.proof, row.by = value, proof.strip(), by
        row.save()
        _noted("record_county_target_actual", target, by, at, change)
    return row


def withdraw_target(*, by: User, at: datetime, target: Target, version: int, reason: str) -> Target:
    """Let a target no longer be in force; it stays to be read. Raises NotPermitted, SituationForbids."""
    require(by, _MANAGE, target.place)
    if len(reason.strip()) < 2:
        raise SituationForbids("请写为什么撤销。没有撤销。")
    with recording(by=by, at=at, verb="withdraw_county_target", reason=reason) as change:
        held = _held(target, version)
        policies.check_live(held)
        held.state = TargetState.WITHDRAWN
        held.save()
        _noted("withdraw_county_target", held, by, at, change)
    return held


def set_targets(
    *, by: User, at: datetime, rows: Sequence[tuple[int, TargetFacts, Sequence[Decimal]]]
) -> list[Target]:
    """The targets of a table in one step, each split over time: all of them or none.

    A row is its line's number, what it says, its periods. Raises NotPermitted; SituationForbids that names
    the line.
    """
    made = []
    with recording(by=by, at=at, verb="set_county_targets"):
        for number, facts, parts in rows:
            try:
                target = set_target(by=by, at=at, facts=facts)
                made.append(split_target(by=by, at=at, target=target, version=target.version, parts=parts))
            except SituationForbids as refusal:
                raise SituationForbids(f"第 {number} 行“{facts.title}”：{refusal.message}") from refusal
    return made


@dataclass(frozen=True)
class Taken:
    """How many records were read, and the labels of those whose numbers the person does not see in full."""

    read: int
    left: list[str]


def read_targets(*, by: User, at: datetime, place: str) -> Taken:
    """Read every record that a target in force in a county needs, once for all regions.

    What the person may not count in full is left as it was and named. Raises NotPermitted.
    """
    require(by, _MANAGE, place)
    targets = Target.objects.filter(place__startswith=place, state=TargetState.LIVE).exclude(reading="")
    wanted = sorted(set(targets.values_list("reading", flat=True)))
    month, records, left = localdate(at).replace(day=1), [], []
    for id in wanted:
        record = record_of(by, id)
        if record is not None and permits(by, record.permission, place):
            records.append(record)
        else:
            left.append(record.label if record else id)
    since = date(min(targets.values_list("year", flat=True), default=month.year) - 2, 12, 1)
    with recording(by=by, at=at, verb="read_targets") as change:
        numbers = read_records(by, records, place, since, month)
        for record in records:
            _keep(at, record, numbers.get(record.id, {}), place, since, month)
        data = {"read": len(records), "left": len(left)}
        audit.record(by=by, at=at, verb="read_targets", place=place, data=data, change=change)
    return Taken(len(records), left)


def _keep(at: datetime, record: Record, numbers: Numbers, place: str, since: date, month: date) -> None:
    """What was read instead of what was known; of a metric, which knows only now, beside earlier months."""
    kept = RecordReading.objects.filter(reading=record.id, place__startswith=place)
    known = {} if record.has_past else dict(kept.values_list("place", "numbers"))
    # 没有一行的县也记 0：那是数出来的 0，和没有取数不是一回事
    if place not in numbers and not record.is_rate:
        months = months_between(since, month) if record.has_past else [month]
        numbers = {**numbers, place: {named(one): Decimal(0) for one in months}}
    rows = []
    for code in {*known, *numbers}:
        reached = {one: str(value) for one, value in numbers.get(code, {}).items()}
        reached = {**known.get(code, {}), **reached}
        rows.append(RecordReading(reading=record.id, place=code, numbers=reached, taken_at=at))
    kept.delete()
    RecordReading.objects.bulk_create(rows, batch_size=2_000)


def take_targets(*, by: User, at: datetime, verb: str, place: str, form: str, address: str | None) -> None:
    """Note that somebody took the table of targets as a file; ``verb`` says how."""
    require(by, Permission.TARGET_VIEW, place)
    audit.record(by=by, at=at, verb=verb, place=place, data={"form": form}, address=address)


def periods(target: Target) -> Sequence[Period]:
    """The periods of a target."""
    return periods_of(target.year, target.years, Cut(target.cut))


def is_rate(user: User, target: Target) -> bool:
    """Whether it is a rate, of which places have no share."""
    record = record_of(user, target.reading) if target.reading else None
    return record.is_rate if record is not None else target.measure == "%"


def _check(by: User, facts: TargetFacts) -> None:
    policies.check_told(facts.title, facts.source, facts.reading, facts.by_hand)
    policies.check_time(facts.years, facts.cut)
    record = record_of(by, facts.reading) if facts.reading else None
    if facts.reading and record is None:
        raise SituationForbids(f"没有“{facts.reading}”这个口径，或者您看不到。没有保存。请另选。")
    policies.check_rate(facts.how, record.is_rate if record else facts.measure == "%")


def _values(facts: TargetFacts) -> dict[str, Any]:
    values = {**vars(facts), "place": facts.region.code}
    for name in ("title", "source", "measure", "by_hand"):
        values[name] = values[name].strip()
    return values


def _held(target: Target, version: int) -> Target:
    held: Target = Target.objects.select_for_update().get(pk=target.pk)
    if held.version != version:
        raise StaleVersion("这个目标刚被别人改过。您写的还在，请和现在的内容核对后再存。")
    return held


def _put(target: Target, region: Region, line: Line) -> None:
    TargetLine.objects.bulk_create([_line(target, region, line)])


def _line(target: Target, region: Region, line: Line) -> TargetLine:
    amount, parts = line
    text = " ".join(str(part) for part in parts)
    return TargetLine(target=target, region=region, place=region.code, amount=amount, parts=text)


def _noted(verb: str, target: Target, by: User, at: datetime, change: Change, **more: Any) -> None:
    data = {"target": str(target.uid), **more}
    audit.record(by=by, at=at, verb=verb, subject=target.subject, data=data, change=change)
