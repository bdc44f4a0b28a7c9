"""A run's own page, and the steps that people take on it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from bangfu.access.decorators import signed_in_page
from bangfu.access.requests import SignedInRequest
from bangfu.core.errors import BangfuError
from bangfu.workflow.actions import papers, pausing, running
from bangfu.workflow.definition.model import Ask, Requirement, RequirementKind
from bangfu.workflow.forms import PauseForm, ResumeForm, StepPaperForm, TransitionForm
from bangfu.workflow.limits import lengths_of
from bangfu.workflow.models import FlowRun
from bangfu.workflow.queries import history_of, run_seen_by
from bangfu.workflow.registry import room_of
from bangfu.workflow.showing import process_bar, step_panel
from bangfu.workflow.showing.diagram import diagram
from bangfu.workflow.versions import flow_of_run, state_of


@signed_in_page
@require_GET
def flow_file(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """A run: where it stands, what it needs, what was done."""
    return _page(request, run_seen_by(request.user, uid))


@signed_in_page
@require_POST
def take_transition(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Take the run on."""
    run = run_seen_by(request.user, uid)
    title, asks = _way(run, request.POST.get("transition", ""))
    form = TransitionForm(asks, request.POST)
    return _attempt(
        request,
        run,
        form,
        f"“{title}”办好了。",
        lambda: running.take_transition(
            by=request.user,
            at=timezone.now(),
            run=run,
            transition=form.cleaned_data["transition"],
            version=form.cleaned_data["version"],
            **form.answers(),
        ),
    )


@signed_in_page
@require_POST
def attach_step_paper(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Bring a paper for a requirement."""
    run = run_seen_by(request.user, uid)
    wanted = _wanted(run, request.POST.get("requirement", ""))
    form = StepPaperForm(wanted, request.POST, request.FILES, auto_id=f"id_{wanted.id}_%s")
    return _attempt(
        request,
        run,
        form,
        f"“{wanted.title}”收下了。",
        lambda: papers.attach_step_paper(by=request.user, at=timezone.now(), run=run, **form.attachment()),
    )


@signed_in_page
@require_POST
def pause_flow(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Let the limits stand still."""
    run = run_seen_by(request.user, uid)
    form = PauseForm(request.POST, auto_id="id_pause_%s")
    return _attempt(
        request,
        run,
        form,
        "暂停了，期限不走。",
        lambda: pausing.pause_flow(by=request.user, at=timezone.now(), run=run, **form.cleaned_data),
    )


@signed_in_page
@require_POST
def resume_flow(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Let the limits go on."""
    run = run_seen_by(request.user, uid)
    form = ResumeForm(request.POST, auto_id="id_pause_%s")
    return _attempt(
        request,
        run,
        form,
        "恢复了，期限接着走。",
        lambda: pausing.resume_flow(by=request.user, at=timezone.now(), run=run, **form.cleaned_data),
    )


def _attempt(
    request: SignedInRequest, run: FlowRun, form: forms.Form, done: str, act: Callable[[], Any]
) -> HttpResponse:
    """Act and go to the run's page; what is refused comes back with everything typed and the reason."""
    if form.is_valid():
        try:
            act()
        except BangfuError as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, done)
            return redirect(room_of(run.flow).page(run))
    return _page(request, run_seen_by(request.user, run.uid), form)


def _page(request: SignedInRequest, run: FlowRun, bound: forms.Form | None = None) -> HttpResponse:
    on, flow = timezone.localdate(), flow_of_run(run)
    context = {
        "run": run,
        "process": process_bar(run, request.user, on),
        "panel": step_panel(run, request.user, on, bound),
        "history": history_of(run),
        "diagram": diagram(flow, run.state, lengths_of(flow, run.entered_on, run.place)),
        "back": room_of(run.flow).page(run),
    }
    return render(request, "workflow/flow_file.html", context)


def _way(run: FlowRun, id: str) -> tuple[str, tuple[Ask, ...]]:
    """A way's title and what it asks, from any step of the flow: the run may have moved since it was seen."""
    present = state_of(run).transition(id)
    if present is not None:
        return present.title, present.asks
    for state in flow_of_run(run).states.values():
        way = state.transition(id)
        if way is not None:
            return way.title, way.asks
    return id, ()


def _wanted(run: FlowRun, id: str) -> Requirement:
    found = flow_of_run(run).requirement(id)
    return found[1] if found else Requirement(id or "file", "材料", RequirementKind.PAPER)
