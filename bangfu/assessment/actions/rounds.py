"""Assessments: opened, reckoned from records, told, objected to, made final, published (C-089, C-179)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils.timezone import localdate

from bangfu.access.models import Unit, User
from bangfu.access.permissions import Permission
from bangfu.access.policies import require
from bangfu.assessment import policies
from bangfu.assessment.definition.judging import Number, Scored, said, score, total
from bangfu.assessment.definition.model import Scheme
from bangfu.assessment.definition.reading import read_scheme
from bangfu.assessment.enums import RoundState, Whom
from bangfu.assessment.models import Assessed, AssessmentRound, CircleUnit, Objection, Score
from bangfu.assessment.records import Period, read_townships, read_units
from bangfu.assessment.versions import Held, version_for
from bangfu.core import audit
from bangfu.core.changing import recording
from bangfu.core.errors import StaleVersion
from bangfu.core.models import Change, Region, Subject, SubjectKind

_MANAGE, _FINAL = Permission.ASSESSMENT_MANAGE, Permission.ASSESSMENT_FINAL
_LONGEST = 500


def open_unit_assessment(
    *,
    by: User,
    at: datetime,
    held: Held,
    region: Region,
    title: str,
    starts_on: date,
    ends_on: date,
    units: Sequence[Unit] = (),
    townships: Sequence[Region] = (),
) -> AssessmentRound:
    """Begin an assessment of units or of townships; points are still empty.

    Raises NotPermitted; SituationForbids for whom the scheme does not assess, outside the county, no days.
    """
    require(by, _MANAGE, region.code)
    policies.check_open(held.scheme, region, units, townships, starts_on, ends_on)
    with recording(by=by, at=at, verb="open_unit_assessment") as change:
        round = AssessmentRound.objects.create(
            scheme=version_for(at=at, held=held),
            code=held.scheme.id,
            region=region,
            place=region.code,
            title=title.strip(),
            starts_on=starts_on,
            ends_on=ends_on,
            opened_by=by,
        )
        for unit in units:
            _assessed(round, held.scheme, name=unit.name, place=unit.place, unit=unit)
        for township in townships:
            _assessed(round, held.scheme, name=township.name, place=township.code, region=township)
        _noted("open_unit_assessment", round, by, at, change, assessed=len(units) + len(townships))
    return round


def _assessed(round: AssessmentRound, scheme: Scheme, *, name: str, place: str, **whom: Any) -> None:
    label = f"{round.title}：{name}"[:100]
    subject = Subject.objects.create(kind=SubjectKind.ASSESSMENT, place=place, label=label)
    assessed = Assessed.objects.create(round=round, subject=subject, name=name, place=place, **whom)
    Score.objects.bulk_create(
        Score(
            assessed=assessed,
            position=position,
            indicator=one.id,
            group=one.group,
            title=one.title,
            kind=one.kind,
            weight=one.weight,
            full=one.full,
            typed=bool(one.by_hand),
        )
        for position, one in enumerate(scheme.indicators, start=1)
    )


def read_unit_assessment(*, by: User, at: datetime, round: AssessmentRound, version: int) -> AssessmentRound:
    """Reckon every point that comes from records, of everybody at once; typed ones stay.

    Once told, only of whom an objection was upheld. Raises NotPermitted also for who does not see all that is
    counted; StaleVersion; SituationForbids when nobody's points may change.
    """
    require(by, _MANAGE, round.place)
    with recording(by=by, at=at, verb="read_unit_assessment") as change:
        row = _held(round, version)
        scheme = read_scheme(row.scheme.text)
        assessed = list(policies.reckonable_in(row).select_related("unit", "region"))
        numbers = _numbers(by, row, scheme, assessed, localdate(at))
        for one in assessed:
            _write(one, scheme, numbers[one.pk])
        row.read_at = at
        row.save()
        _noted("read_unit_assessment", row, by, at, change)
    return row


def _numbers(
    by: User, round: AssessmentRound, scheme: Scheme, assessed: Sequence[Assessed], today: date
) -> dict[int, dict[str, Number]]:
    """The number of each indicator that comes from records, by whom it is assessed of."""
    period = Period(round.starts_on, round.ends_on, today)
    found: dict[int, dict[str, Number]] = {one.pk: {} for one in assessed}
    for indicator in scheme.indicators:
        if not indicator.reading:
            continue
        if scheme.about is Whom.UNIT:
            units = [one.unit for one in assessed if one.unit is not None]
            numbers = read_units(by, indicator, units, period, round.place)
        else:
            regions = [one.region for one in assessed if one.region is not None]
            numbers = read_townships(by, indicator, regions, period, round.place)
        for one in assessed:
            found[one.pk][indicator.id] = numbers[one.unit_id or one.region_id or 0]
    return found


def _write(assessed: Assessed, scheme: Scheme, numbers: Mapping[str, Number]) -> None:
    """Put down the points of the given numbers and, when all are there, the total."""
    rows = list(assessed.scores.all())
    for row in rows:
        indicator = scheme.indicator(row.indicator)
        if indicator is not None and row.indicator in numbers:
            _put(row, score(indicator, numbers[row.indicator]), numbers[row.indicator])
            row.save()
    _sum(assessed, scheme, rows)


def _put(row: Score, scored: Scored, number: Number) -> None:
    row.value, row.marks, row.points = number.value, scored.marks, scored.points
    row.words = scored.words[:_LONGEST]


def _sum(assessed: Assessed, scheme: Scheme, rows: Sequence[Score]) -> None:
    assessed.total, assessed.words, assessed.grade = None, "", ""
    if all(row.marks is not None for row in rows):
        result = total(scheme, [_scored(scheme, row) for row in rows])
        assessed.total, assessed.words, assessed.grade = result.points, result.words, result.grade
    assessed.save()


def _scored(scheme: Scheme, row: Score) -> Scored:
    """The row as it was reckoned; a veto's cap follows from its number again."""
    indicator = scheme.indicator(row.indicator)
    assert indicator is not None
    assert row.marks is not None
    assert row.points is not None
    cap = score(indicator, Number(row.value, "")).cap
    return Scored(indicator, row.marks, row.points, row.words, cap)


def enter_score(
    *,
    by: User,
    at: datetime,
    round: AssessmentRound,
    version: int,
    score_id: int,
    number: Decimal,
    proof: str,
) -> AssessmentRound:
    """Type the number of an indicator that no record gives, with what proves it.

    Raises NotPermitted, StaleVersion; SituationForbids for one from records, without proof, beyond full
    marks, once told unless an objection of the assessed was upheld, and when final.
    """
    require(by, _MANAGE, round.place)
    with recording(by=by, at=at, verb="enter_score") as change:
        row = _held(round, version)
        scheme = read_scheme(row.scheme.text)
        line = Score.objects.select_related("assessed__round").get(pk=score_id, assessed__round=row)
        policies.check_reckonable(line.assessed)
        indicator = scheme.indicator(line.indicator)
        assert indicator is not None
        policies.check_typed(line, indicator, number, proof)
        typed = Number(number, f"填 {said(number)} {indicator.unit}".strip())
        _put(line, score(indicator, typed), typed)
        line.proof, line.entered_by = proof.strip(), by
        line.save()
        _sum(line.assessed, scheme, list(line.assessed.scores.all()))
        row.save()
        _noted("enter_score", row, by, at, change, score=line.indicator, of=str(line.assessed.uid))
    return row


def tell_unit_assessment(
    *, by: User, at: datetime, round: AssessmentRound, version: int, objections_until: date
) -> AssessmentRound:
    """Let the assessed see their points and object until a day, that day included.

    Raises NotPermitted, StaleVersion; SituationForbids with what is still missing.
    """
    require(by, _MANAGE, round.place)
    with recording(by=by, at=at, verb="tell_unit_assessment") as change:
        row = _held(round, version)
        policies.check_tell(row, objections_until, localdate(at))
        row.state, row.told_on, row.objections_until = RoundState.TOLD, localdate(at), objections_until
        row.save()
        _noted("tell_unit_assessment", row, by, at, change, until=objections_until.isoformat())
    return row


def object_unit_assessment(
    *, by: User, at: datetime, assessed: Assessed, words: str, score_row: Score | None = None
) -> Objection:
    """The assessed object, to one point or to all.

    Raises NotPermitted; SituationForbids after the last day.
    """
    with recording(by=by, at=at, verb="object_unit_assessment") as change:
        held = Assessed.objects.select_related("round", "subject").get(pk=assessed.pk)
        AssessmentRound.objects.select_for_update(of=("self",)).get(pk=held.round_id)
        policies.check_objection(by, held, words, localdate(at))
        objection = Objection.objects.create(
            assessed=held, score=score_row, words=words.strip(), raised_by=by, raised_on=localdate(at)
        )
        data = {"assessed": str(held.uid), "objection": str(objection.uid)}
        audit.record(
            by=by, at=at, verb="object_unit_assessment", subject=held.subject, data=data, change=change
        )
    return objection


def answer_assessment_objection(
    *, by: User, at: datetime, objection: Objection, upheld: bool, answer: str
) -> Objection:
    """Uphold an objection, so that points may be reckoned again, or not, with the reason.

    Raises NotPermitted; SituationForbids for one's own, answered already, without reason.
    """
    require(by, _MANAGE, objection.assessed.round.place)
    with recording(by=by, at=at, verb="answer_assessment_objection") as change:
        AssessmentRound.objects.select_for_update(of=("self",)).get(pk=objection.assessed.round_id)
        row = Objection.objects.select_related("assessed__round", "assessed__subject").get(pk=objection.pk)
        policies.check_reply(row, by, answer)
        row.upheld, row.answer = upheld, answer.strip()
        row.answered_by, row.answered_on = by, localdate(at)
        row.save()
        data = {"objection": str(row.uid), "upheld": upheld}
        subject = row.assessed.subject
        audit.record(
            by=by, at=at, verb="answer_assessment_objection", subject=subject, data=data, change=change
        )
    return row


def finalise_unit_assessment(
    *, by: User, at: datetime, round: AssessmentRound, version: int
) -> AssessmentRound:
    """Make the points final: nobody changes them any more.

    Raises NotPermitted, StaleVersion; SituationForbids before the last day for objecting is over, or with an
    objection that nobody answered.
    """
    require(by, _FINAL, round.place)
    with recording(by=by, at=at, verb="finalise_unit_assessment") as change:
        row = _held(round, version)
        policies.check_final(row, localdate(at))
        row.state, row.final_on, row.final_by = RoundState.FINAL, localdate(at), by
        row.save()
        _noted("finalise_unit_assessment", row, by, at, change)
    return row


def publish_unit_assessment(
    *, by: User, at: datetime, round: AssessmentRound, version: int, circle: Sequence[Unit]
) -> AssessmentRound:
    """Let the units of a circle read the result. Raises NotPermitted, StaleVersion, SituationForbids."""
    require(by, _FINAL, round.place)
    with recording(by=by, at=at, verb="publish_unit_assessment") as change:
        row = _held(round, version)
        policies.check_publish(row, circle)
        CircleUnit.objects.bulk_create([CircleUnit(round=row, unit=unit) for unit in circle])
        row.state, row.published_on = RoundState.PUBLISHED, localdate(at)
        row.save()
        _noted("publish_unit_assessment", row, by, at, change, units=[unit.name for unit in circle])
    return row


def take_unit_assessment(
    *, by: User, at: datetime, round: AssessmentRound, verb: str, form: str, address: str | None
) -> None:
    """Note that somebody took the table as a file (``verb``: printed or exported)."""
    data = {"round": str(round.uid), "form": form}
    audit.record(by=by, at=at, verb=verb, place=round.place, summary=round.title, data=data, address=address)


def take_duty_list(
    *, by: User, at: datetime, verb: str, place: str, title: str, form: str, address: str | None
) -> None:
    """Note that somebody took a duty list as a file (``verb``: of a unit or of a grid)."""
    audit.record(by=by, at=at, verb=verb, place=place, summary=title, data={"form": form}, address=address)


def _held(round: AssessmentRound, version: int) -> AssessmentRound:
    rows = AssessmentRound.objects.select_for_update(of=("self",)).select_related("scheme", "region")
    row = rows.get(pk=round.pk)
    if row.version != version:
        raise StaleVersion("这次考核刚被别人办过，没有保存。您填的还在，请看看现在的样子再办。")
    return row


def _noted(verb: str, round: AssessmentRound, by: User, at: datetime, change: Change, **data: Any) -> None:
    facts = {"round": str(round.uid), "state": round.state, **data}
    audit.record(by=by, at=at, verb=verb, place=round.place, summary=round.title, data=facts, change=change)
