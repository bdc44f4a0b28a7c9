"""Problems are recorded, changed, mended, re-checked, closed out, opened again (C-045, C-078, C-180)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q
from django.utils.timezone import localdate

from bangfu.access.models import Unit, User
from bangfu.access.permissions import Permission
from bangfu.access.policies import require
from bangfu.core import audit
from bangfu.core.changing import recording
from bangfu.core.errors import StaleVersion
from bangfu.core.models import Change, Region, Subject, SubjectKind
from bangfu.problems import policies
from bangfu.problems.enums import ProblemState, StepKind
from bangfu.problems.models import Problem, ProblemStep
from bangfu.problems.terms import problem_kind_name, recurrence_days
from bangfu.support.models import Finding
from bangfu.support.policies.reaching import place_for, require_for

_RECORD, _CHECK = Permission.PROBLEM_RECORD, Permission.PROBLEM_CHECK
_LABEL = 100


@dataclass(frozen=True)
class ProblemFacts:
    """What is said of a problem; ``kind`` is a code of the parameter ``problem_kinds``."""

    region: Region
    unit: Unit
    origin: str
    found_on: date
    kind: str
    breadth: str
    title: str
    measure: str
    due_on: date
    origin_document: str = ""
    origin_item: str = ""
    found_by: str = ""
    words: str = ""
    cause: str = ""


def record_problem(*, by: User, at: datetime, facts: ProblemFacts, finding: Finding | None = None) -> Problem:
    """A problem on the list, with the earlier one if it came back; taken over from an inspection's finding.

    Raises NotPermitted; SituationForbids without words, document or measure, for days that cannot be, an
    unknown kind or a unit of another county, a finding that is listed already or was mended on the spot.
    """
    require(by, _RECORD, facts.region.code)
    _check(facts, localdate(at))
    with recording(by=by, at=at, verb="record_problem", effective_on=facts.found_on) as change:
        if finding is not None:
            require(by, Permission.SUPERVISION_VIEW, finding.place)
            finding = Finding.objects.select_for_update().get(pk=finding.pk)
            policies.check_unlisted(finding)
        problem = new_problem(by, facts, finding)
        _noted("record_problem", problem, by, at, change, recurs=problem.earlier_id is not None)
    return problem


def new_problem(by: User, facts: ProblemFacts, finding: Finding | None = None) -> Problem:
    """The rows of a problem whose facts were checked; inside an open recording."""
    place = place_for(facts.unit, facts.region.code)
    label = facts.title.strip()[:_LABEL]
    problem: Problem = Problem.objects.create(
        **_values(facts),
        subject=Subject.objects.create(kind=SubjectKind.PROBLEM, place=place, label=label),
        earlier=earlier_of(facts),
        recorded_by=by,
        finding=finding,
    )
    return problem


def earlier_of(facts: ProblemFacts, but: int | None = None) -> Problem | None:
    """The latest problem of the kind, of the unit or the region, found within the days that count."""
    since = facts.found_on - timedelta(days=recurrence_days(facts.region.code, facts.found_on))
    rows = Problem.objects.filter(kind=facts.kind, found_on__gte=since, found_on__lte=facts.found_on)
    rows = rows.filter(Q(unit=facts.unit) | Q(region=facts.region)).exclude(state=ProblemState.VOID)
    return rows.exclude(pk=but).order_by("-found_on", "-pk").first()


def check_facts(facts: ProblemFacts, today: date) -> None:
    """Raise SituationForbids for what cannot be."""
    _check(facts, today)


def change_problem(
    *, by: User, at: datetime, problem: Problem, version: int, facts: ProblemFacts, reason: str
) -> Problem:
    """Correct what is said of a problem that is not closed out; ``reason`` stays on its page.

    Raises NotPermitted, StaleVersion, SituationForbids like ``record_problem``.
    """
    require(by, _RECORD, facts.region.code)
    _check(facts, localdate(at))
    with recording(by=by, at=at, verb="change_problem", reason=reason) as change:
        row = _held(problem, version)
        require(by, _RECORD, row.region.code)
        policies.check_living(row)
        for name, value in _values(facts).items():
            setattr(row, name, value)
        row.earlier = earlier_of(facts, row.pk)
        row.save()
        Subject.objects.filter(pk=row.subject_id).update(place=row.place, label=row.title[:_LABEL])
        _step(row, StepKind.CHANGED, localdate(at), reason, by)
        _noted("change_problem", row, by, at, change)
    return row


def answer_problem(
    *, by: User, at: datetime, problem: Problem, version: int, words: str, proof: str, on: date
) -> Problem:
    """What the unit mended and what proves it. Raises NotPermitted, StaleVersion, SituationForbids."""
    require_for(by, Permission.PROBLEM_ANSWER, problem.place, problem.unit)
    with recording(by=by, at=at, verb="answer_problem", effective_on=on) as change:
        row = _held(problem, version)
        policies.check_answer(row, words, proof, on, localdate(at))
        _step(row, StepKind.ANSWERED, on, words, by, proof=proof.strip())
        _moved(row, ProblemState.ANSWERED)
        _noted("answer_problem", row, by, at, change)
    return row


def check_problem(
    *,
    by: User,
    at: datetime,
    problem: Problem,
    version: int,
    accepted: bool,
    words: str,
    due_on: date | None = None,
) -> Problem:
    """Close out what was mended, or return it with a new day.

    Raises NotPermitted, StaleVersion; SituationForbids for one's own answer, or without the proof it needs.
    """
    require(by, _CHECK, problem.place)
    today = localdate(at)
    with recording(by=by, at=at, verb="check_problem", effective_on=today) as change:
        row = _held(problem, version)
        policies.check_recheck(row, by, accepted, words, due_on, today)
        kind = StepKind.CLOSED if accepted else StepKind.RETURNED
        _step(row, kind, today, words, by, due_on=None if accepted else due_on)
        if accepted:
            row.closed_on = today
        elif due_on is not None:
            row.due_on = due_on
        _moved(row, ProblemState.CLOSED if accepted else ProblemState.RETURNED)
        _noted("check_problem", row, by, at, change, accepted=accepted)
    return row


def reopen_problem(
    *, by: User, at: datetime, problem: Problem, version: int, words: str, due_on: date
) -> Problem:
    """Open again what was closed out. Raises NotPermitted, StaleVersion, SituationForbids."""
    require(by, _CHECK, problem.place)
    today = localdate(at)
    with recording(by=by, at=at, verb="reopen_problem", reason=words, effective_on=today) as change:
        row = _held(problem, version)
        policies.check_reopen(row, words, due_on, today)
        _step(row, StepKind.REOPENED, today, words, by, due_on=due_on)
        row.due_on, row.closed_on = due_on, None
        _moved(row, ProblemState.OPEN)
        _noted("reopen_problem", row, by, at, change)
    return row


def void_problem(*, by: User, at: datetime, problem: Problem, version: int, words: str) -> Problem:
    """Take what was recorded by mistake off the list; the row stays.

    Raises NotPermitted, StaleVersion, SituationForbids.
    """
    require(by, _CHECK, problem.place)
    with recording(by=by, at=at, verb="void_problem", reason=words) as change:
        row = _held(problem, version)
        policies.check_void(row, words)
        _step(row, StepKind.VOID, localdate(at), words, by)
        _moved(row, ProblemState.VOID)
        _noted("void_problem", row, by, at, change)
    return row


def print_problem(*, by: User, at: datetime, problem: Problem, form: str, address: str | None) -> None:
    """Note that somebody took the sheet of a problem as a file. Raises NotPermitted."""
    require(by, Permission.PROBLEM_VIEW, problem.place)
    data = {"problem": str(problem.uid), "form": form}
    audit.record(by=by, at=at, verb="print_problem", subject=problem.subject, data=data, address=address)


def _check(facts: ProblemFacts, today: date) -> None:
    policies.check_told(facts.title, facts.measure, facts.origin, facts.origin_document)
    policies.check_days(facts.found_on, facts.due_on, today)
    policies.check_unit(facts.unit, facts.region)
    problem_kind_name(facts.kind, facts.region.code, facts.found_on)


def _values(facts: ProblemFacts) -> dict[str, Any]:
    return {
        "region": facts.region,
        "place": place_for(facts.unit, facts.region.code),
        "unit": facts.unit,
        "origin": facts.origin,
        "origin_document": facts.origin_document.strip(),
        "origin_item": facts.origin_item.strip(),
        "found_by": facts.found_by.strip(),
        "found_on": facts.found_on,
        "kind": facts.kind,
        "kind_name": problem_kind_name(facts.kind, facts.region.code, facts.found_on),
        "breadth": facts.breadth,
        "title": facts.title.strip(),
        "words": facts.words.strip(),
        "cause": facts.cause.strip(),
        "measure": facts.measure.strip(),
        "due_on": facts.due_on,
    }


def _held(problem: Problem, version: int) -> Problem:
    rows = Problem.objects.select_for_update(of=("self",)).select_related("subject", "unit", "region")
    row: Problem = rows.get(pk=problem.pk)
    if row.version != version:
        raise StaleVersion("这个问题刚被别人办过，没有保存。您填的还在，请看看现在的样子再办。")
    return row


def _step(row: Problem, kind: StepKind, on: date, words: str, by: User, **more: Any) -> None:
    ProblemStep.objects.create(problem=row, kind=kind, on=on, words=words.strip(), by=by, **more)


def _moved(row: Problem, state: ProblemState) -> None:
    row.state = state
    row.save()


def _noted(verb: str, row: Problem, by: User, at: datetime, change: Change, **data: Any) -> None:
    facts = {"problem": str(row.uid), "state": row.state, **data}
    audit.record(by=by, at=at, verb=verb, subject=row.subject, data=facts, change=change)
