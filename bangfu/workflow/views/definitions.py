"""Pages of flow definitions: what holds, its diagram, versions, and new ones."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from bangfu.access.decorators import permission_required
from bangfu.access.permissions import Permission
from bangfu.access.requests import SignedInRequest
from bangfu.access.scope import has_permission, permits
from bangfu.access.text_forms import DraftForm, RetireForm, TextForm
from bangfu.core.errors import BangfuError
from bangfu.workflow.actions import definitions
from bangfu.workflow.definition.checking import checked_flow
from bangfu.workflow.definition.reading import WrongDefinition
from bangfu.workflow.forms_definitions import PublishForm
from bangfu.workflow.limits import lengths_of
from bangfu.workflow.models import FlowDefinition
from bangfu.workflow.queries_definitions import (
    definition_seen_by,
    definitions_seen_by,
    differences,
    flow_line,
    flow_lines,
    home_of,
    managed_places,
    text_before,
)
from bangfu.workflow.registry import FlowRoom, room_of
from bangfu.workflow.showing.diagram import diagram

_WHERE = "在这里和它下面各处发起的，用新版。"


@permission_required(Permission.FLOW_VIEW)
@require_GET
def flow_list(request: SignedInRequest) -> HttpResponse:
    """Every flow with the version that holds here."""
    lines = flow_lines(request.user, timezone.localdate())
    context = {"lines": lines, "crumbs": [{"label": "流程", "url": ""}]}
    return render(request, "workflow/flow_list.html", context)


@permission_required(Permission.FLOW_VIEW)
@require_GET
def flow_page(request: SignedInRequest, code: str) -> HttpResponse:
    """A flow as it holds here: its diagram and its versions."""
    today, place = timezone.localdate(), home_of(request.user)
    line = flow_line(request.user, code, today)
    context = {
        "line": line,
        "diagram": diagram(line.flow, lengths=lengths_of(line.flow, today, place)),
        "versions": definitions_seen_by(request.user).filter(code=code),
        "may_manage": has_permission(request.user, Permission.FLOW_MANAGE),
        "crumbs": [{"label": "流程", "url": reverse("flow_list")}, {"label": line.flow.title, "url": ""}],
    }
    return render(request, "workflow/flow_page.html", context)


@permission_required(Permission.FLOW_VIEW)
@require_GET
def definition_file(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """A version: its diagram, its text, and how it differs from the one before."""
    row = definition_seen_by(request.user, Permission.FLOW_VIEW, uid)
    before, text = text_before(row)
    context = {
        "row": row,
        "before": before,
        "differences": differences(text, row.text),
        "may_manage": permits(request.user, Permission.FLOW_MANAGE, row.place),
        "crumbs": _crumbs(row.code, str(row)),
        **_checked(room_of(row.code), row.text),
    }
    return render(request, "workflow/definition_file.html", context)


@permission_required(Permission.FLOW_MANAGE)
@require_POST
def check_definition(request: SignedInRequest, code: str) -> HttpResponse:
    """Whether a text could be published, while it is being written."""
    room = _room(code)
    checked = _checked(room, request.POST.get("text", ""))
    return render(request, "workflow/parts/checked.html", checked)


@permission_required(Permission.FLOW_MANAGE)
@require_http_methods(["GET", "POST"])
def draft_definition(request: SignedInRequest, code: str) -> HttpResponse:
    """Begin a new version from the one that holds."""
    line = flow_line(request.user, code, timezone.localdate())
    text = line.version.text if line.version else line.room.text
    form = DraftForm(
        managed_places(request.user), request.POST or None, initial={"text": text}, help_text=_WHERE
    )
    return _step(
        request,
        form,
        {
            "heading": f"{line.flow.title}：起草新版",
            "code": code,
            "submit": "存为草稿",
            "back": reverse("flow_page", args=[code]),
            "crumbs": _crumbs(code, "起草新版"),
        },
        lambda: definitions.draft_definition(
            by=request.user, at=timezone.now(), code=code, **form.cleaned_data
        ),
    )


@permission_required(Permission.FLOW_MANAGE)
@require_http_methods(["GET", "POST"])
def edit_definition(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Change a draft."""
    row = definition_seen_by(request.user, Permission.FLOW_MANAGE, uid)
    initial = {"text": row.text, "note": row.note, "version": row.version}
    form = TextForm(request.POST or None, initial=initial)
    return _step(
        request,
        form,
        {"heading": f"{row}：改草稿", "code": row.code, "submit": "保存草稿"} | _of_version(row, "改草稿"),
        lambda: definitions.edit_definition(
            by=request.user, at=timezone.now(), definition=row, **form.cleaned_data
        ),
    )


@permission_required(Permission.FLOW_MANAGE)
@require_http_methods(["GET", "POST"])
def publish_definition(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Let a draft hold from a day on."""
    row = definition_seen_by(request.user, Permission.FLOW_MANAGE, uid)
    initial = {"version": row.version, "valid_from": timezone.localdate()}
    form = PublishForm(request.POST or None, initial=initial)
    context = {"heading": f"发布{row}", "submit": "发布"} | _of_version(row, "发布")
    context |= _checked(room_of(row.code), row.text)
    return _step(
        request,
        form,
        context,
        lambda: definitions.publish_definition(
            by=request.user, at=timezone.now(), definition=row, **form.cleaned_data
        ),
        template="workflow/publish_definition.html",
    )


@permission_required(Permission.FLOW_MANAGE)
@require_http_methods(["GET", "POST"])
def retire_definition(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Let a version begin nothing new."""
    row = definition_seen_by(request.user, Permission.FLOW_MANAGE, uid)
    form = RetireForm(request.POST or None, initial={"version": row.version})
    return _step(
        request,
        form,
        {"heading": f"停用{row}", "submit": "停用"} | _of_version(row, "停用"),
        lambda: definitions.retire_definition(
            by=request.user, at=timezone.now(), definition=row, **form.cleaned_data
        ),
        template="workflow/publish_definition.html",
    )


def _of_version(row: FlowDefinition, page: str) -> dict[str, Any]:
    """A version, the way back to it, and where its page stands."""
    back = reverse("definition_file", args=[row.uid])
    version = {"label": str(row), "url": back}
    crumbs = _crumbs(row.code, page)
    return {"row": row, "back": back, "crumbs": [*crumbs[:-1], version, crumbs[-1]]}


def _crumbs(code: str, page: str) -> list[dict[str, str]]:
    flow = {"label": room_of(code).flow.title, "url": reverse("flow_page", args=[code])}
    return [{"label": "流程", "url": reverse("flow_list")}, flow, {"label": page, "url": ""}]


def _step(
    request: SignedInRequest,
    form: forms.Form,
    context: dict[str, Any],
    act: Callable[[], FlowDefinition],
    template: str = "workflow/edit_definition.html",
) -> HttpResponse:
    """Show the form or act on it; on a refusal everything typed comes back."""
    if request.method == "POST" and form.is_valid():
        try:
            row = act()
        except BangfuError as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, f"{row}：{row.get_state_display()}。")
            return redirect(reverse("definition_file", args=[row.uid]))
    return render(request, template, {"form": form, **context})


def _checked(room: FlowRoom, text: str) -> dict[str, Any]:
    """The problems of a text by line, or the diagram of what it defines."""
    try:
        flow = checked_flow(text, room.known(), room.code)
    except WrongDefinition as wrong:
        return {"problems": wrong.problems, "diagram": None}
    return {"problems": [], "diagram": diagram(flow)}


def _room(code: str) -> FlowRoom:
    try:
        return room_of(code)
    except LookupError as error:
        raise Http404("没有这个流程。") from error
