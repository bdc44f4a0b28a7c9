"""The panel of the present step: what it needs, what is there, and the ways on."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.forms import Form
from django.urls import reverse

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.evidence.models import EvidenceFile
from bangfu.workflow.definition.model import Requirement, RequirementKind, State
from bangfu.workflow.evaluating import papers_of
from bangfu.workflow.forms import PauseForm, ResumeForm, StepPaperForm, TransitionForm
from bangfu.workflow.limits import due_of
from bangfu.workflow.models import FlowRun
from bangfu.workflow.policies import RequirementView, TransitionView, requirements_of, transitions_of
from bangfu.workflow.queries import pauses_in
from bangfu.workflow.reach import reaches
from bangfu.workflow.versions import flow_of_run, state_of


def step_panel(run: FlowRun, user: User, on: date, bound: Form | None = None) -> dict[str, Any]:
    """What ``workflow/parts/step_panel.html`` shows. ``bound`` is a form that was refused: it comes back."""
    state = state_of(run)
    owns = bool(state.owner) and reaches(user, Permission(state.owner), run)
    papers = papers_of([run]).get(run.pk, {})
    opens = reaches(user, Permission.EVIDENCE_VIEW, run)
    attaches = owns and reaches(user, Permission.EVIDENCE_ATTACH, run)
    return {
        "run": run,
        "state": state,
        "owner": Permission(state.owner).label if state.owner else "",
        "due": due_of(run, on),
        "owns": owns,
        "requirements": [
            _requirement(view, papers.get(view.id), run, opens, attaches, bound)
            for view in requirements_of(run, on)
        ],
        "earlier": _earlier(run, state, papers, attaches, bound),
        "ways": [_way(view, run, bound) for view in transitions_of(run, user, on)],
        "pause": _pause(run, bound) if owns else None,
        "pauses": list(pauses_in(run)),
        "lost": _lost(run, state, bound),
    }


def _requirement(
    view: RequirementView,
    paper: EvidenceFile | None,
    run: FlowRun,
    opens: bool,
    attaches: bool,
    bound: Form | None,
) -> dict[str, Any]:
    is_paper = view.kind is RequirementKind.PAPER
    return {
        "view": view,
        "paper": paper,
        "url": reverse("open_evidence", args=[paper.uid]) if paper and opens else "",
        "form": _paper_form(view.requirement, bound) if is_paper and attaches else None,
        "attach_url": reverse("attach_step_paper", args=[run.uid]),
    }


def _paper_form(wanted: Requirement, bound: Form | None) -> StepPaperForm:
    if isinstance(bound, StepPaperForm) and bound.data.get("requirement") == wanted.id:
        return bound
    return StepPaperForm(wanted, initial={"requirement": wanted.id}, auto_id=f"id_{wanted.id}_%s")


def _earlier(
    run: FlowRun, present: State, papers: dict[str, EvidenceFile], attaches: bool, bound: Form | None
) -> list[dict[str, Any]]:
    """Papers of steps already passed that are lacking now, to be brought after all."""
    if not attaches:
        return []
    passed = set(run.steps.values_list("state", flat=True)) - {present.id}
    return [
        {
            "requirement": one,
            "state": state,
            "form": _paper_form(one, bound),
            "attach_url": reverse("attach_step_paper", args=[run.uid]),
        }
        for state, one in flow_of_run(run).requirements()
        if state.id in passed and one.kind is RequirementKind.PAPER and one.id not in papers
    ]


def _way(view: TransitionView, run: FlowRun, bound: Form | None) -> dict[str, Any]:
    refused = isinstance(bound, TransitionForm) and bound.data.get("transition") == view.id
    initial = {"transition": view.id, "version": run.version}
    form = bound if refused else TransitionForm(view.asks, initial=initial, auto_id=f"id_{view.id}_%s")
    return {
        "view": view,
        "form": form,
        "url": reverse("take_transition", args=[run.uid]),
        "is_open": refused or view.tone == "primary",
        "refused": refused,
    }


def _pause(run: FlowRun, bound: Form | None) -> dict[str, Any]:
    stands_still = run.paused_on is not None
    kind: type[Form] = ResumeForm if stands_still else PauseForm
    form = bound if isinstance(bound, kind) else kind(initial={"version": run.version}, auto_id="id_pause_%s")
    name = "resume_flow" if stands_still else "pause_flow"
    return {"form": form, "url": reverse(name, args=[run.uid]), "stands_still": stands_still}


def _lost(run: FlowRun, state: State, bound: Form | None) -> TransitionForm | None:
    """A refused form whose way the present step does not have any more: its words are shown, not lost."""
    if not isinstance(bound, TransitionForm) or run.has_ended:
        return bound if isinstance(bound, TransitionForm) else None
    return None if state.transition(bound.data.get("transition", "")) else bound
