"""Which requirements of a step are met: papers and registered checks, for one run or many at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Min

from bangfu.evidence.enums import PaperKind
from bangfu.evidence.models import EvidenceFile
from bangfu.ui.formats import iso_day
from bangfu.workflow.among import among
from bangfu.workflow.definition.model import Flow, Requirement, RequirementKind
from bangfu.workflow.models import FlowRun, FlowStep, StepPaper
from bangfu.workflow.registry import Check, FlowRoom, room_of
from bangfu.workflow.versions import flow_of_run, state_of

Papers = dict[str, EvidenceFile]


@dataclass
class StepNeeds:
    """What the present step of a run lacks: a sentence for each requirement that is not met."""

    missing: dict[str, str] = field(default_factory=dict)
    papers: Papers = field(default_factory=dict)


def needs_of(runs: Sequence[FlowRun], on: date) -> dict[int, StepNeeds]:
    """By run id; the runs stand in one state of one definition. A fixed number of queries."""
    requirements = state_of(runs[0]).requirements
    papers = papers_of(runs) if any(one.kind is RequirementKind.PAPER for one in requirements) else {}
    found = {run.pk: StepNeeds(papers=papers.get(run.pk, {})) for run in runs}
    entered = _entered(runs, requirements)
    for requirement in requirements:
        checks = _checks(room_of(runs[0].flow), requirement, runs)
        for run in runs:
            needs = found[run.pk]
            sentence = _lacking(requirement, run, needs.papers, entered.get(run.pk, {}), checks)
            if sentence:
                needs.missing[requirement.id] = sentence
    return found


def papers_of(runs: Sequence[FlowRun]) -> dict[int, Papers]:
    """The paper that counts for each requirement, by run id: the latest one that is not taken down."""
    rows = StepPaper.objects.filter(run__in=among(run.pk for run in runs), evidence__withdrawn=False)
    found: dict[int, Papers] = {}
    for row in rows.select_related("evidence").order_by("pk"):
        found.setdefault(row.run_id, {})[row.requirement] = row.evidence
    return found


def _entered(runs: Sequence[FlowRun], requirements: Sequence[Requirement]) -> Mapping[int, dict[str, date]]:
    """When each run first entered the states that papers may not be older than."""
    wanted = {one.not_before for one in requirements if one.not_before in flow_of_run(runs[0]).states}
    if not wanted:
        return {}
    rows = FlowStep.objects.filter(run__in=among(run.pk for run in runs), state__in=wanted)
    found: dict[int, dict[str, date]] = {}
    for run, state, day in rows.values_list("run", "state").annotate(first=Min("entered_on")):
        found.setdefault(run, {})[state] = day
    return found


def _checks(room: FlowRoom, one: Requirement, runs: Sequence[FlowRun]) -> Mapping[int, Check]:
    if not one.check:
        return {}
    if one.check in room.many_checks:
        return room.many_checks[one.check](runs)
    return {run.pk: room.checks[one.check](run) for run in runs}


def _lacking(
    one: Requirement,
    run: FlowRun,
    papers: Papers,
    entered: Mapping[str, date],
    checks: Mapping[int, Check],
) -> str:
    """The sentence about one requirement of one run; empty when it is met."""
    if one.kind is RequirementKind.PAPER:
        sentence = _paper(one, flow_of_run(run), papers, entered)
        if sentence:
            return sentence
    if not one.check:
        return ""
    check = checks[run.pk]
    return "" if check.met else check.reason or f"“{one.title}”还没有办。"


def _paper(one: Requirement, flow: Flow, papers: Papers, entered: Mapping[str, date]) -> str:
    paper = papers.get(one.id)
    if paper is None:
        return f"缺“{one.title}”。"
    if paper.kind != one.paper:
        return f"“{one.title}”应是{PaperKind(one.paper).label}，传的是{PaperKind(paper.kind).label}。"
    if one.signed and not paper.signed:
        return f"“{one.title}”没有签字。"
    if one.sealed and not paper.sealed:
        return f"“{one.title}”没有盖章。"
    return _order(one, flow, paper, papers, entered)


def _order(
    one: Requirement, flow: Flow, paper: EvidenceFile, papers: Papers, entered: Mapping[str, date]
) -> str:
    """Whether the paper is dated after what must come before it."""
    if not one.not_before:
        return ""
    what, earliest = _earliest(one.not_before, flow, papers, entered)
    if earliest is None:
        return f"“{one.title}”要在“{what}”之后，“{what}”还没有日期。"
    if paper.dated_on is None:
        return f"“{one.title}”没有写落款日期，看不出是不是在“{what}”之后。"
    if paper.dated_on < earliest:
        return (
            f"“{one.title}”落款 {iso_day(paper.dated_on)}，早于“{what}”的 {iso_day(earliest)}，日期不可能。"
        )
    return ""


def _earliest(id: str, flow: Flow, papers: Papers, entered: Mapping[str, date]) -> tuple[str, date | None]:
    if id in flow.states:
        return flow.states[id].title, entered.get(id)
    found = flow.requirement(id)
    before = papers.get(id)
    return found[1].title if found else id, before.dated_on if before else None


def lacking_papers(run: FlowRun, states: Sequence[str]) -> dict[str, str]:
    """For states that were passed: the first thing that is wrong with their papers now, by state."""
    flow = flow_of_run(run)
    wanted = [(state, one) for state, one in flow.requirements() if state.id in states]
    wanted = [(state, one) for state, one in wanted if one.kind is RequirementKind.PAPER]
    if not wanted:
        return {}
    papers = papers_of([run]).get(run.pk, {})
    entered = _entered([run], [one for _, one in wanted]).get(run.pk, {})
    found: dict[str, str] = {}
    for state, one in wanted:
        sentence = _paper(one, flow, papers, entered)
        if sentence:
            found.setdefault(state.id, sentence)
    return found
