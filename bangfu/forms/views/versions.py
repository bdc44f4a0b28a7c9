"""Pages of the two sheets: what holds, a version as it is filled, and new versions (C-184)."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from bangfu.access.decorators import permission_required
from bangfu.access.permissions import Permission
from bangfu.access.requests import SignedInRequest
from bangfu.access.scope import has_permission, permits
from bangfu.access.steps import step_from, step_page
from bangfu.access.text_forms import DraftForm, RetireForm, SeenForm, TextForm
from bangfu.forms.actions import versions as actions
from bangfu.forms.definition.reading import WrongForm
from bangfu.forms.models import FormVersion
from bangfu.forms.papers import preview_paper
from bangfu.forms.queries_forms import form_line, form_lines, form_seen_by, managed_places
from bangfu.forms.sheet_form import preview_parts
from bangfu.forms.versions import CODES, checked_form, form_of
from bangfu.ui.paper_files import answer_file

_MANAGE = Permission.SWEEP_MANAGE
_WRITING = "题目、选项、哪个答案算有风险，都能改。有错也能先存草稿，改好才能发布。"
_WHERE = "在这里和它下面各处部署的排查，用新版。"


@permission_required(Permission.SWEEP_VIEW)
@require_GET
def form_list(request: SignedInRequest) -> HttpResponse:
    """The two sheets with the version that holds here, and all versions."""
    context = {
        "lines": form_lines(request.user),
        "may_manage": has_permission(request.user, _MANAGE),
        "crumbs": _crumbs(),
    }
    return render(request, "forms/form_list.html", context)


@permission_required(Permission.SWEEP_VIEW)
@require_GET
def form_version(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """A version as it is filled, or its empty sheet on paper (``?format=pdf``), and its text."""
    row = form_seen_by(request.user, Permission.SWEEP_VIEW, uid)
    if request.GET.get("format") == "pdf":
        return _paper(request, row)
    context = {
        "row": row,
        **_checked(row.text, row.code),
        "may_manage": permits(request.user, _MANAGE, row.place) and not row.is_shipped,
        "crumbs": _crumbs(str(row)),
    }
    return render(request, "forms/form_version.html", context)


@permission_required(_MANAGE)
@require_POST
def check_form(request: SignedInRequest, code: str) -> HttpResponse:
    """Whether a text could be published, while it is being written: its mistakes, or the sheet."""
    if code not in CODES.values():
        raise Http404("没有这张表。")
    checked = _checked(request.POST.get("text", ""), code)
    return render(request, "forms/parts/checked.html", checked)


@permission_required(_MANAGE)
@require_http_methods(["GET", "POST"])
def draft_form(request: SignedInRequest, code: str) -> HttpResponse:
    """Begin a new version from the one that holds."""
    line = form_line(request.user, code)
    form = DraftForm(
        managed_places(request.user), request.POST or None, initial={"text": line.text}, help_text=_WHERE
    )
    act = partial(actions.draft_form, by=request.user, at=timezone.now(), code=code)
    step = step_from(_crumbs_to(), f"{line.kind.label}：起草新版", _WRITING, "存为草稿")
    return step_page(
        request, step, form, lambda typed: act(**typed), _now, template="forms/edit_form.html", code=code
    )


@permission_required(_MANAGE)
@require_http_methods(["GET", "POST"])
def edit_form(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Change a draft."""
    row = form_seen_by(request.user, _MANAGE, uid)
    initial = {"text": row.text, "note": row.note, "version": row.version}
    form = TextForm(request.POST or None, initial=initial)
    act = partial(actions.edit_form, by=request.user, at=timezone.now(), form=row)
    step = step_from(_crumbs_to(row), f"{row}：改草稿", _WRITING, "保存草稿")
    return step_page(
        request, step, form, lambda typed: act(**typed), _now, template="forms/edit_form.html", code=row.code
    )


@permission_required(_MANAGE)
@require_http_methods(["GET", "POST"])
def publish_form(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Let the sweeps to come fill a draft."""
    row = form_seen_by(request.user, _MANAGE, uid)
    form = SeenForm(request.POST or None, initial={"version": row.version})
    act = partial(actions.publish_form, by=request.user, at=timezone.now(), form=row)
    about = "以后部署的排查用这一版；进行中的排查还用各自部署时的版本。"
    step = step_from(_crumbs_to(row), f"发布{row}", about, "发布")
    return step_page(request, step, form, lambda typed: act(**typed), _now)


@permission_required(_MANAGE)
@require_http_methods(["GET", "POST"])
def retire_form(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Let no further sweep fill a version."""
    row = form_seen_by(request.user, _MANAGE, uid)
    form = RetireForm(request.POST or None, initial={"version": row.version})
    act = partial(actions.retire_form, by=request.user, at=timezone.now(), form=row)
    about = "以后部署的排查不再用这一版；用它的排查照常填完，填好的表都在。"
    step = step_from(_crumbs_to(row), f"停用{row}", about, "停用")
    return step_page(request, step, form, lambda typed: act(**typed), _now)


def _now(row: FormVersion) -> tuple[str, str]:
    """What a version became, and its page."""
    return f"{row}：{row.get_state_display()}。", reverse("form_version", args=[row.uid])


def _checked(text: str, code: str) -> dict[str, Any]:
    """The problems of a text by line, or the sheet that it defines."""
    try:
        form = checked_form(text, code)
    except WrongForm as wrong:
        return {"problems": wrong.problems, "parts": []}
    return {"problems": [], "parts": preview_parts(form), "sheet": form}


def _paper(request: SignedInRequest, row: FormVersion) -> HttpResponse:
    kind = next(kind for kind, code in CODES.items() if code == row.code)
    try:
        paper = preview_paper(form_of(row), kind)
    except WrongForm as wrong:
        raise Http404("这份草稿还有错，印不出。") from wrong
    return answer_file(request, paper, str(row), reverse("form_version", args=[row.uid]))


def _crumbs(page: str = "") -> list[dict[str, Any]]:
    if not page:
        return [*_crumbs_to()[:-1], {"label": "筛查表和排查表", "url": ""}]
    return [*_crumbs_to(), {"label": page, "url": ""}]


def _crumbs_to(row: FormVersion | None = None) -> list[dict[str, Any]]:
    """From the sweeps to the list of the sheets, or to one version."""
    crumbs = [
        {"label": "排查", "url": reverse("sweep_list")},
        {"label": "筛查表和排查表", "url": reverse("form_list")},
    ]
    return [*crumbs, {"label": str(row), "url": reverse("form_version", args=[row.uid])}] if row else crumbs
