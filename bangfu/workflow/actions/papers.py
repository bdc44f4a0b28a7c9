"""Papers that meet the requirements of a step."""

from __future__ import annotations

from datetime import date, datetime

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.core import audit
from bangfu.core.changing import recording
from bangfu.core.errors import SituationForbids
from bangfu.evidence.actions.attaching import attach_evidence
from bangfu.workflow.definition.model import Requirement, RequirementKind
from bangfu.workflow.locking import locked
from bangfu.workflow.models import FlowRun, FlowStep, StepPaper
from bangfu.workflow.reach import must_reach
from bangfu.workflow.versions import flow_of_run


def attach_step_paper(
    *,
    by: User,
    at: datetime,
    run: FlowRun,
    requirement: str,
    content: bytes,
    dated_on: date | None = None,
    signed: bool | None = None,
    sealed: bool | None = None,
    title: str = "",
) -> StepPaper:
    """Keep a paper for a requirement of the present or of an earlier step; the latest one counts.

    A paper without signature or with an impossible date is kept too, and the requirement says what is wrong.
    Raises NotPermitted, SituationForbids for a requirement whose step has not come or for a file that is
    refused, EvidenceLost when the disk does not take it.
    """
    with recording(by=by, at=at, verb="attach_step_paper") as change:
        held = locked([run.pk])[0]
        if held.has_ended:
            raise SituationForbids(f"已于 {held.ended_on} 办结，不再收材料。")
        must_reach(by, Permission(held.owner_permission), [held])
        step, wanted = _step_of(held, requirement)
        evidence = attach_evidence(
            by=by,
            at=at,
            subject=held.subject,
            kind=wanted.paper,
            title=title.strip() or wanted.title,
            content=content,
            dated_on=dated_on,
            signed=signed,
            sealed=sealed,
        )
        paper = StepPaper.objects.create(run=held, step=step, requirement=requirement, evidence=evidence)
        audit.record(
            by=by,
            at=at,
            verb="attach_step_paper",
            subject=held.subject,
            place=held.place,
            data={"run": str(held.uid), "requirement": requirement, "evidence": str(evidence.uid)},
            change=change,
        )
    return paper


def _step_of(run: FlowRun, requirement: str) -> tuple[FlowStep, Requirement]:
    found = flow_of_run(run).requirement(requirement)
    if found is None or found[1].kind is not RequirementKind.PAPER:
        raise SituationForbids("这个流程不要这份材料，没有收下。")
    state, wanted = found
    step = run.steps.filter(state=state.id).order_by("-number").first()
    if step is None:
        raise SituationForbids(f"还没有办到“{state.title}”，“{wanted.title}”先不收。")
    return step, wanted
