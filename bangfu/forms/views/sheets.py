"""Pages of a household in a sweep: its sheets, filling one, why nobody was seen (C-184)."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from bangfu.access.decorators import permission_required
from bangfu.access.permissions import Permission
from bangfu.access.requests import SignedInRequest
from bangfu.access.scope import get_visible
from bangfu.access.steps import taken
from bangfu.core.errors import BangfuError
from bangfu.forms.actions import sheets as actions
from bangfu.forms.answers import asked_of, opening, present_members, shown
from bangfu.forms.enums import SheetKind, SweepState, TaskState, UnreachedReason
from bangfu.forms.models import Sheet, SweepTask
from bangfu.forms.page_forms import UnreachedForm
from bangfu.forms.policies import AnswersRefused
from bangfu.forms.queries_tasks import next_task
from bangfu.forms.sheet_form import SheetForm, opening_values
from bangfu.forms.versions import form_for, form_of
from bangfu.households.models import Household
from bangfu.households.policies.reach import reaches

_TASKS = SweepTask.objects.select_related(
    "sweep__region",
    "sweep__screening_form",
    "sweep__inspection_form",
    "household__village__parent",
    "household__grid",
    "household__subject",
)
_SHEET_DUE = {
    TaskState.WAITING: SheetKind.SCREENING,
    TaskState.UNREACHED: SheetKind.SCREENING,
    TaskState.IN_QUESTION: SheetKind.INSPECTION,
}


@require_GET
@permission_required(Permission.SWEEP_VIEW)
def sweep_task(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """A household in a sweep: where it stands, its sheets, the next step."""
    task = get_visible(_TASKS, request.user, Permission.SWEEP_VIEW, uid=uid)
    may_record = reaches(request.user, Permission.SWEEP_RECORD, task.household)
    open_now = task.sweep.state == SweepState.OPEN
    context = {
        "task": task,
        "sheets": [_shown_sheet(sheet) for sheet in task.sheets.select_related("form", "filled_by")],
        "due": _SHEET_DUE.get(TaskState(task.state)) if may_record and open_now else None,
        "may_leave": may_record and open_now and task.state == TaskState.WAITING,
        "crumbs": _crumbs(task),
    }
    return render(request, "forms/sweep_task.html", context)


@require_http_methods(["GET", "POST"])
@permission_required(Permission.SWEEP_RECORD)
def record_sheet(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """The sheet that is due, opened with what the register knows."""
    task = get_visible(_TASKS, request.user, Permission.SWEEP_RECORD, uid=uid)
    kind = _SHEET_DUE.get(TaskState(task.state))
    if kind is None and request.method == "GET":
        messages.info(request, f"这一户{task.get_state_display()}，没有要填的表。")
        return redirect("sweep_task", task.uid)
    kind = SheetKind(request.POST.get("kind") or kind or SheetKind.SCREENING)
    form = _sheet_form(request, task, kind)
    if request.method == "POST" and form.is_valid() and _recorded(request, task, kind, form):
        return _onwards(request, task)
    context = {
        "task": task,
        "kind": kind,
        "form": form,
        "parts": list(form.parts()),
        "versions": _seen(request, task),
        "help": form.sheet.help,
        "crumbs": _crumbs(task, kind.label),
    }
    return render(request, "forms/record_sheet.html", context)


@require_http_methods(["GET", "POST"])
@permission_required(Permission.SWEEP_RECORD)
def leave_unreached(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Why nobody was seen."""
    task = get_visible(_TASKS, request.user, Permission.SWEEP_RECORD, uid=uid)
    form = UnreachedForm(request.POST or None, initial={"on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        step = partial(actions.leave_unreached, by=request.user, at=timezone.now(), task=task)
        reason = UnreachedReason(data["reason"])
        done = taken(
            form, lambda: step(version=task.version, reason=reason, note=data["note"], on=data["on"])
        )
        if done is not None:
            messages.success(request, "已写明。见到了再补填，原因自动消去。")
            return redirect("sweep_task", task.uid)
    context = {
        "form": form,
        "heading": f"{task.household.head_name}户：没见到",
        "sentence": "多次上门没人也是结果：写明原因，收尾时列进补走的清单。",
        "submit": "写明原因",
        "cancel_url": reverse("sweep_task", args=[task.uid]),
        "crumbs": _crumbs(task, "没见到"),
    }
    return render(request, "households/form_page.html", context)


def _sheet_form(request: SignedInRequest, task: SweepTask, kind: SheetKind) -> SheetForm:
    sheet = form_of(form_for(task.sweep, kind))
    members = present_members(task.household)
    known = opening_values(opening(sheet, task.household, members), sheet)
    initial = known | {"filled_on": timezone.localdate()}
    return SheetForm(sheet, members, request.POST or None, initial=initial)


def _recorded(request: SignedInRequest, task: SweepTask, kind: SheetKind, form: SheetForm) -> bool:
    """Keep the sheet; else the form says why, and everything typed stays."""
    seen = _seen(request, task)
    try:
        sheet = actions.record_sheet(
            by=request.user,
            at=timezone.now(),
            task=task,
            kind=kind,
            typed=form.typed(),
            filled_on=form.cleaned_data["filled_on"],
            met=form.cleaned_data["met"],
            household_version=seen["household"],
            task_version=seen["task"],
        )
    except AnswersRefused as refusal:
        form.refuse(refusal.errors)
        return False
    except BangfuError as refusal:
        form.add_error(None, refusal.message)
        return False
    messages.success(request, _said(sheet))
    return True


def _said(sheet: Sheet) -> str:
    if sheet.risks:
        words = "、".join(dict.fromkeys(risk["words"] for risk in sheet.risks))
        return f"{sheet.get_kind_display()}已存。发现风险：{words}；已转线索。"
    return f"{sheet.get_kind_display()}已存，没有发现风险。"


def _seen(request: SignedInRequest, task: SweepTask) -> dict[str, int]:
    """The versions that the person has before them; after a refusal for change, those of now."""
    now = {"household": _version_of(task.household), "task": task.version}
    if request.method != "POST":
        return now
    return {
        name: int(text) if (text := request.POST.get(f"{name}_version", "")).isdigit() else value
        for name, value in now.items()
    }


def _version_of(household: Household) -> int:
    return household.version


def _onwards(request: SignedInRequest, task: SweepTask) -> HttpResponse:
    """To the next household that is left, when that was asked for."""
    following = next_task(request.user, task) if "next" in request.POST else None
    if following is None:
        return redirect("sweep_task", task.uid)
    return redirect("record_sheet", following.uid)


def _shown_sheet(sheet: Sheet) -> dict[str, Any]:
    members = list(sheet.household.members.all())
    form = form_of(sheet.form)
    lines = [
        {"label": asked.question.title, "of": asked.member, "value": shown(asked.question, value)}
        for asked in asked_of(form, members)
        if (value := sheet.answers.get(asked.key)) is not None
    ]
    return {"sheet": sheet, "lines": lines}


def _crumbs(task: SweepTask, page: str = "") -> list[dict[str, Any]]:
    here = reverse("sweep_task", args=[task.uid])
    crumbs = [
        {"label": "排查", "url": reverse("sweep_list")},
        {"label": task.sweep.title, "url": reverse("sweep_page", args=[task.sweep.uid])},
        {"label": f"{task.household.head_name}户", "url": here if page else ""},
    ]
    return [*crumbs, {"label": page, "url": ""}] if page else crumbs
