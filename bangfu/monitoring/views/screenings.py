"""Pages of screenings: all of them, starting one, what it would bring, releasing it or giving it up."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from bangfu.access.decorators import permission_required
from bangfu.access.kernel.progress import progress_of
from bangfu.access.permissions import Permission
from bangfu.access.requests import SignedInRequest
from bangfu.access.scope import get_visible
from bangfu.access.steps import taken
from bangfu.core.errors import BangfuError
from bangfu.monitoring.actions import screenings as actions
from bangfu.monitoring.enums.clues import ScreeningState
from bangfu.monitoring.forms.screenings import ScreeningForm
from bangfu.monitoring.models import ScreeningRun
from bangfu.monitoring.queries.screenings import preview, runs
from bangfu.monitoring.rules import rule_title

_SHOWN = 50
_CRUMB = {"label": "筛查", "url": ""}


@require_GET
@permission_required(Permission.SCREENING_RUN)
def screening_list(request: SignedInRequest) -> HttpResponse:
    """The latest screenings, and the way to a new one."""
    context = {
        "heading": "筛查",
        "sentence": "用登记和各部门名单，把规则跑一遍；先看会带来多少线索，再放入线索池。",
        "actions": [
            {"label": "筛查一次", "url": reverse("run_screening"), "icon": "filter", "primary": True}
        ],
        "runs": runs(request.user)[:_SHOWN],
        "crumbs": [{"label": "线索池", "url": reverse("clue_list")}, _CRUMB],
    }
    return render(request, "monitoring/clues/screening_list.html", context)


@require_http_methods(["GET", "POST"])
@permission_required(Permission.SCREENING_RUN)
def run_screening(request: SignedInRequest) -> HttpResponse:
    """Start a screening; it runs in the background."""
    form = ScreeningForm(request.user, request.POST or None, initial={"as_of": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        run = taken(
            form,
            lambda: actions.run_screening(by=request.user, at=timezone.now(), **form.cleaned_data),
        )
        if run is not None:
            return redirect("screening_file", run.uid)
    context = {
        "form": form,
        "crumbs": [{"label": "筛查", "url": reverse("screening_list")}, {"label": "筛查一次", "url": ""}],
    }
    return render(request, "monitoring/clues/run_screening.html", context)


@require_GET
@permission_required(Permission.SCREENING_RUN)
def screening_file(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """How far a screening is; then what it would bring; then what it brought."""
    run = get_visible(runs(request.user), request.user, Permission.SCREENING_RUN, uid=uid)
    context: dict[str, Any] = {
        "run": run,
        "not_run": [(rule_title(rule), reason) for rule, reason in run.report.get("not_run", [])],
        "undecided": [
            (rule_title(rule), count) for rule, count in sorted(run.report.get("undecided", {}).items())
        ],
        "crumbs": [
            {"label": "筛查", "url": reverse("screening_list")},
            {"label": f"截至 {run.as_of}", "url": ""},
        ],
    }
    if run.state == ScreeningState.WAITING and run.job is not None:
        context["job"] = progress_of(run.job, timezone.now())
    elif run.state == ScreeningState.PREVIEWED:
        context["preview"] = preview(run, timezone.localdate())
    return render(request, "monitoring/clues/screening_file.html", context)


@require_POST
@permission_required(Permission.SCREENING_RUN)
def release_screening(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Put the findings into the pool."""
    return _act(request, uid, actions.release_screening, "已放入线索池。")


@require_POST
@permission_required(Permission.SCREENING_RUN)
def discard_screening(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Give the findings up."""
    return _act(request, uid, actions.discard_screening, "已放弃这次筛查的结果，线索池没有变。")


def _act(request: SignedInRequest, uid: UUID, action: Any, done: str) -> HttpResponse:
    run = get_visible(ScreeningRun, request.user, Permission.SCREENING_RUN, uid=uid)
    try:
        action(by=request.user, at=timezone.now(), run=run)
    except BangfuError as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, done)
    return redirect("screening_file", run.uid)
