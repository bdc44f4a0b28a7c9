"""Inspections: their page, and the steps from opening to the end."""

from __future__ import annotations

import secrets
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
from bangfu.access.steps import step_from, step_page
from bangfu.core import parameters
from bangfu.core.errors import BangfuError
from bangfu.support.actions import inspections as actions
from bangfu.support.forms.supervision import (
    DrawForm,
    FindingForm,
    LeaningForm,
    OpenForm,
    SeenForm,
    TeamForm,
    opening_draw,
)
from bangfu.support.ledgers.supervision import finding_signal, inspection_signal
from bangfu.support.models import Inspection
from bangfu.support.queries import supervision as queries
from bangfu.support.showing.supervision import inspection_subject, leaning_rows, may_supervise
from bangfu.support.terms.kinds import FINDINGS, kinds_in

_RECORD = Permission.SUPERVISION_RECORD
_SEED_BYTES = 5


def crumbs_of(inspection: Inspection | None = None) -> list[dict[str, Any]]:
    """From the list to the inspection."""
    crumbs = [{"label": "督导检查", "url": reverse("inspection_list")}]
    if inspection is not None:
        crumbs.append({"label": inspection.title, "url": reverse("inspection_file", args=[inspection.uid])})
    return crumbs


@permission_required(Permission.SUPERVISION_VIEW)
@require_GET
def inspection_file(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Teams, sample, problems, leaning problems, orders."""
    inspection = queries.inspection_seen_by(request.user, uid)
    today = timezone.localdate()
    least = parameters.value("leaning_villages", on=today, place=inspection.place)
    names = kinds_in(FINDINGS, inspection.place, today)
    villages = queries.leaning_villages(inspection)
    context = {
        "inspection": inspection,
        "subject": inspection_subject(inspection, inspection_signal(inspection), request.user),
        "teams": inspection.teams.select_related("region").prefetch_related("inspectors__user__unit"),
        "drawn": queries.drawn_of(inspection),
        "findings": [(each, finding_signal(each)) for each in queries.findings_of(inspection)],
        "leanings": leaning_rows(inspection, villages, names, least),
        "least": least,
        "may_record": may_supervise(request.user, inspection),
        "redrawn_same": queries.redrawn_same(inspection),
        "crumbs": [*crumbs_of(), {"label": inspection.title, "url": ""}],
    }
    return render(request, "support/supervision/inspection_file.html", context)


@require_http_methods(["GET", "POST"])
@permission_required(_RECORD)
def open_inspection(request: SignedInRequest) -> HttpResponse:
    """A new inspection."""
    form = OpenForm(request.POST or None, user=request.user)
    act = partial(actions.open_inspection, by=request.user, at=timezone.now())
    about = "先定范围和时间；暗访的抽样结果，被检查的乡镇和村看不到。"
    step = step_from(crumbs_of(), "发起检查", about, "保存")
    return step_page(
        request,
        step,
        form,
        lambda values: act(**values),
        lambda inspection: ("建好了。接着组队、抽样。", reverse("inspection_file", args=[inspection.uid])),
    )


@require_http_methods(["GET", "POST"])
@permission_required(_RECORD)
def form_inspection_team(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """A team and where it looks."""
    inspection = queries.inspection_seen_by(request.user, uid, _RECORD)
    form = TeamForm(
        request.POST or None,
        initial={"version": inspection.version},
        user=request.user,
        inspection=inspection,
    )
    act = partial(actions.form_inspection_team, by=request.user, at=timezone.now(), inspection=inspection)
    about = "检查组的人不能来自被检查的地方，也不能在那里结对、挂包。"
    step = step_from(crumbs_of(inspection), "组一个组", about, "保存")
    return step_page(
        request,
        step,
        form,
        lambda _: act(**form.facts()),
        lambda team: (f"{team}组好了。", reverse("inspection_file", args=[uid])),
    )


@require_http_methods(["GET", "POST"])
@permission_required(_RECORD)
def draw_sample(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Villages and households, drawn by a seed."""
    inspection = queries.inspection_seen_by(request.user, uid, _RECORD)
    opening = {**opening_draw(inspection), "seed": secrets.token_hex(_SEED_BYTES)}
    form = DrawForm(request.POST or None, initial=opening)
    act = partial(actions.draw_sample, by=request.user, at=timezone.now(), inspection=inspection)
    about = "只抽一次。预填的种子是随机的一串；当众抽的，换成当众定的种子。"
    step = step_from(
        crumbs_of(inspection), "抽样", about, "抽样", "抽好了。种子和名单都留着，谁都可以重抽核对。"
    )
    return step_page(request, step, form, lambda values: act(**values))


@require_http_methods(["GET", "POST"])
@permission_required(_RECORD)
def record_finding(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """A problem that was seen."""
    inspection = queries.inspection_seen_by(request.user, uid, _RECORD)
    form = FindingForm(request.POST or None, inspection=inspection)
    act = partial(actions.record_finding, by=request.user, at=timezone.now(), inspection=inspection)
    about = "一件问题登记一次；抽到的户可以选，没有抽到户的写成整个村的。"
    step = step_from(crumbs_of(inspection), "登记问题", about, "保存")
    return step_page(
        request,
        step,
        form,
        lambda values: act(**values),
        lambda finding: (
            "登记了。有照片、材料的，可以传到这个问题的凭证里，不是必须。",
            reverse("finding_file", args=[finding.uid]),
        ),
    )


@require_http_methods(["GET", "POST"])
@permission_required(_RECORD)
def see_household(request: SignedInRequest, pk: int) -> HttpResponse:
    """The day on which a drawn household was looked at."""
    drawn = queries.drawn_household_seen_by(request.user, pk)
    inspection = drawn.drawn_village.inspection
    form = SeenForm(request.POST or None)

    def act(values: dict[str, Any]) -> bool:
        actions.see_household(by=request.user, at=timezone.now(), drawn=drawn, **values)
        return True

    about = f"{drawn.household.head_name}户看过了、没有问题的，记下日期；有问题的直接登记问题。"
    step = step_from(crumbs_of(inspection), "记查看日期", about, "保存", "记下了。")
    return step_page(request, step, form, act)


@require_http_methods(["GET", "POST"])
@permission_required(_RECORD)
def name_leaning(request: SignedInRequest, uid: UUID, kind: str) -> HttpResponse:
    """A name for what was found in many places."""
    inspection = queries.inspection_seen_by(request.user, uid, _RECORD)
    label = kinds_in(FINDINGS, inspection.place, timezone.localdate()).get(kind)
    if label is None:
        raise Http404("没有这个问题种类。")
    form = LeaningForm(request.POST or None)
    act = partial(actions.name_leaning, by=request.user, at=timezone.now(), inspection=inspection, kind=kind)
    count = queries.leaning_villages(inspection).get(kind, 0)
    about = f"“{label}”在 {count} 个村都发现了。概括成一句话，不点村名、人名。"
    step = step_from(crumbs_of(inspection), "归纳倾向性问题", about, "保存", "归纳好了，会写进督导报告。")
    return step_page(request, step, form, lambda values: act(**values))


@require_POST
@permission_required(_RECORD)
def close_inspection(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """The end of an inspection."""
    inspection = queries.inspection_seen_by(request.user, uid, _RECORD)
    try:
        actions.close_inspection(
            by=request.user, at=timezone.now(), inspection=inspection, version=inspection.version
        )
    except BangfuError as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, "检查结束了。督办单继续跟到销号。")
    return redirect("inspection_file", uid)
