"""Pages of the duties themselves: what holds, versions, a county's own, with a live check (C-041)."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from bangfu.access.decorators import permission_required
from bangfu.access.permissions import Permission
from bangfu.access.requests import SignedInRequest
from bangfu.access.steps import step_from, step_page, taken
from bangfu.duties.actions import duties as actions
from bangfu.duties.forms.duties import DutyForm, EndForm, typed_from
from bangfu.duties.models import DutyTemplate
from bangfu.duties.queries import duties as queries
from bangfu.duties.showing import words
from bangfu.duties.showing.duties import line_of, preview_words
from bangfu.duties.views.common import crumbs

_VIEW, _MANAGE = Permission.DUTY_VIEW, Permission.DUTY_MANAGE


@permission_required(_VIEW)
@require_GET
def duty_list(request: SignedInRequest) -> HttpResponse:
    """All duties as they hold in the county today."""
    lines = queries.duty_lines(request.user, timezone.localdate())
    context = {
        "lines": [line_of(line) for line in lines],
        "may_manage": queries.may_manage(request.user),
        "crumbs": crumbs("责任规定"),
    }
    return render(request, "duties/duty_list.html", context)


@permission_required(_VIEW)
@require_GET
def duty_version(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """One version of a duty, whole."""
    row = queries.version_seen_by(request.user, uid)
    versions = queries.versions_seen_by(request.user).filter(code=row.code)
    context = {
        "row": row,
        "facts": _facts(row),
        "versions": versions,
        "may_manage": queries.may_manage(request.user),
        "crumbs": [
            *crumbs()[:1],
            {"label": "责任规定", "url": reverse("duty_list")},
            {"label": row.title, "url": ""},
        ],
    }
    return render(request, "duties/duty_version.html", context)


def _facts(row: DutyTemplate) -> list[dict[str, str]]:
    until = f" 至 {row.valid_to}" if row.valid_to else " 起"
    facts = [
        ("谁", words.who_words(row)),
        ("做什么", row.what),
        ("多久", words.how_often(row)),
        ("怎样算", row.get_each_display() + ("；每个对象只算一次" if row.distinct else "")),
        ("凭什么记录", words.matcher_words(row)),
        ("凭证", row.proof or "—"),
        ("提醒", f"最迟日前 {row.reminder_days} 天"),
        ("有效", f"{row.valid_from}{until}" + ("（从这天起停用）" if row.is_off else "")),
        ("依据", words.basis_words(row)),
        ("改了什么", row.note or "—"),
        ("编写", f"{row.made_by.name if row.made_by else '软件'}，{timezone.localdate(row.made_at)}"),
    ]
    return [{"label": label, "value": value} for label, value in facts]


@permission_required(_MANAGE)
@require_http_methods(["GET", "POST"])
def change_duty(request: SignedInRequest) -> HttpResponse:
    """A new version of the duty in ``?code=``, or a new duty."""
    code = request.GET.get("code", "")
    form = _form(request, code)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        now = timezone.now()
        row = taken(
            form,
            lambda: actions.change_duty(
                by=request.user,
                at=now,
                place=typed["place"],
                duty=form.duty(),
                seen=typed["seen"],
                note=typed["note"],
            ),
        )
        if row is not None:
            messages.success(request, f"“{row.title}”第 {row.number} 版存好了，一两分钟内重算各期。")
            return redirect("duty_version", row.uid)
    heading = f"改“{form.initial['title']}”" if code else "新增责任规定"
    context = {
        "form": form,
        "heading": heading,
        "cancel_url": reverse("duty_list"),
        "crumbs": crumbs("责任规定", heading),
    }
    return render(request, "duties/change_duty.html", context)


def _form(request: SignedInRequest, code: str) -> DutyForm:
    counties = queries.managed_counties(request.user)
    initial: dict[str, Any] = {"valid_from": timezone.localdate()}
    if code:
        initial = typed_from(queries.newest(request.user, code), timezone.localdate())
    form = DutyForm(counties, request.POST or None, initial=initial)
    form.fields["code"].widget.attrs["readonly"] = bool(code)
    return form


@permission_required(_MANAGE)
@require_POST
def check_duty(request: SignedInRequest) -> HttpResponse:
    """Whether what is being typed could be kept, and what it would make."""
    form = DutyForm(queries.managed_counties(request.user), request.POST)
    form.fields["note"].required = False  # 说明最后写，不挡预览
    context: dict[str, Any] = {"form": form}
    if form.is_valid():
        seen = queries.preview(form.duty(), form.cleaned_data["place"], timezone.localdate())
        context |= {"lines": preview_words(form.duty(), seen)}
    return render(request, "duties/checked.html", context)


@permission_required(_MANAGE)
@require_http_methods(["GET", "POST"])
def end_duty(request: SignedInRequest, code: str) -> HttpResponse:
    """Let a duty be owed no more in the county from a day on."""
    row = queries.newest(request.user, code)
    if not queries.may_manage(request.user):
        raise Http404("这里的责任规定不归您改。")
    initial = {"seen": row.number, "on": timezone.localdate()}
    form = EndForm(queries.managed_counties(request.user), request.POST or None, initial=initial)
    act = partial(actions.end_duty, by=request.user, at=timezone.now(), code=code)
    about = "以前各期的结果都留着；要再用，改出新的一版。"
    way = [*crumbs(), {"label": "责任规定", "url": reverse("duty_list")}]
    step = step_from(way, f"停用“{row.title}”", about, "停用")
    return step_page(
        request,
        step,
        form,
        lambda values: act(**values),
        lambda ended: (f"“{row.title}”从 {ended.valid_from} 起停用。", step.back),
    )
