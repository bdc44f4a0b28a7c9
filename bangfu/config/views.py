"""The workbench, display preferences and the health check."""

from __future__ import annotations

from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET

from bangfu.access.decorators import public_page, signed_in_page
from bangfu.access.kernel.queries import visible_jobs
from bangfu.access.models import User
from bangfu.access.requests import SignedInRequest
from bangfu.config.context import SEEN
from bangfu.config.menu import ways_in
from bangfu.ledgers.workbench import WorkCell, all_cells
from bangfu.workflow.showing.waiting import next_runs

STRIP_CELLS, JOBS_SHOWN, NEXT_RUNS, JOBS_NOTED = 6, 5, 8, 20
_SIGNAL_ICONS = {"warn": "hourglass", "bad": "alert-triangle", "ok": "circle-check"}
_CHOICES = {"unit": ("yuan", "wan"), "type": ("normal", "large")}


@signed_in_page
@require_GET
def workbench(request: SignedInRequest) -> HttpResponse:
    """What the signed-in person has to do, and where to begin."""
    waiting = all_cells(request.user)
    context = {
        "now": timezone.localtime(),
        "strip": [_strip_cell(cell) for cell in waiting[:STRIP_CELLS]],
        "waiting": [cell for cell in waiting if cell.count],
        "next_runs": next_runs(request.user, timezone.localdate(), NEXT_RUNS),
        "jobs": visible_jobs(request.user).filter(created_by_id=request.user.pk)[:JOBS_SHOWN],
        "ways": ways_in(request.user),
    }
    return render(request, "config/workbench.html", context)


def _strip_cell(cell: WorkCell) -> dict[str, Any]:
    return {
        "icon": _SIGNAL_ICONS.get(cell.level, "inbox"),
        "word": cell.label,
        "number": f"{cell.count:,}",
        "url": cell.url,
        "made_of": cell.hint,
        "signal": cell.level if cell.count else "",
    }


@signed_in_page
@require_GET
def notifications(request: SignedInRequest) -> HttpResponse:
    """The bell: what presses by its limit, and the person's jobs; what has ended counts as seen."""
    context = {
        "reminders": [cell for cell in all_cells(request.user) if cell.reminds and cell.count],
        "jobs": visible_jobs(request.user).filter(created_by_id=request.user.pk)[:JOBS_NOTED],
        "crumbs": [{"label": "通知", "url": ""}],
    }
    _keep(request.user, {SEEN: timezone.now().isoformat()})
    return render(request, "config/notifications.html", context)


@public_page
@require_GET
def health(request: HttpRequest) -> JsonResponse:
    """Whether the application and its database answer; says nothing about the data."""
    connection.ensure_connection()
    return JsonResponse({"ok": True})


@signed_in_page
@require_GET
def preference(request: SignedInRequest) -> HttpResponse:
    """Keep the money unit or type size that the person chose, and go back to the page."""
    chosen = {key: request.GET[key] for key, known in _CHOICES.items() if request.GET.get(key) in known}
    if chosen:
        _keep(request.user, chosen)
    back = request.GET.get("next", "")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}):
        back = "workbench"
    return redirect(back)


def _keep(user: User, chosen: dict[str, str]) -> None:
    user.preferences = {**user.preferences, **chosen}
    user.save(update_fields=["preferences"])
