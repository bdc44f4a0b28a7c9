"""What a meeting resolved: split to units, answered, checked."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from bangfu.access.decorators import permission_required
from bangfu.access.permissions import Permission
from bangfu.access.requests import SignedInRequest
from bangfu.access.steps import step_from, step_page
from bangfu.support.actions import resolutions as actions
from bangfu.support.forms.meetings import AnswerForm, AssignForm, VerdictForm
from bangfu.support.ledgers.meetings import task_signal
from bangfu.support.models import Resolution
from bangfu.support.queries.meetings import (
    meeting_seen_by,
    resolution_seen_by,
    resolution_to_check,
    sees_meeting,
)
from bangfu.support.showing.meetings import may_answer, may_check
from bangfu.support.views.meetings import crumbs_of as meeting_crumbs


def crumbs_of(resolution: Resolution) -> list[dict[str, Any]]:
    """From the list to the resolution."""
    here = reverse("resolution_file", args=[resolution.uid])
    return [
        {"label": "议定事项", "url": reverse("resolution_list")},
        {"label": str(resolution), "url": here},
    ]


@permission_required(Permission.MEETING_VIEW)
@require_GET
def resolution_file(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """What was resolved, every answer and what the check found."""
    resolution = resolution_seen_by(request.user, uid)
    answers = resolution.answers.select_related("answered_by", "checked_by")
    context = {
        "resolution": resolution,
        "signal": task_signal(resolution),
        "answers": list(answers),
        "sees_meeting": sees_meeting(request.user, resolution.meeting),
        "may_answer": may_answer(request.user, resolution),
        "may_check": may_check(request.user, resolution),
        "crumbs": [*crumbs_of(resolution)[:1], {"label": str(resolution), "url": ""}],
    }
    return render(request, "support/meetings/resolution_file.html", context)


@require_http_methods(["GET", "POST"])
@permission_required(Permission.MEETING_RECORD)
def assign_resolution(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """One thing that was resolved, to the units that do it."""
    meeting = meeting_seen_by(request.user, uid, Permission.MEETING_RECORD)
    form = AssignForm(request.POST or None, initial={"version": meeting.version}, meeting=meeting)
    act = partial(actions.assign_resolution, by=request.user, at=timezone.now(), meeting=meeting)
    about = "一次写一件，选上要办的单位；几个单位都要办的，各是一行，各自回复、各自销号。"
    step = step_from(meeting_crumbs(meeting), "分解议定事项", about, "分解")
    return step_page(
        request,
        step,
        form,
        lambda values: act(**values),
        lambda made: (f"已分给 {len(made)} 个单位。还有的，接着分。", reverse("meeting_file", args=[uid])),
    )


@require_http_methods(["GET", "POST"])
@permission_required(Permission.RESOLUTION_ANSWER)
def answer_resolution(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """What the unit did."""
    resolution = resolution_seen_by(request.user, uid, Permission.RESOLUTION_ANSWER)
    form = AnswerForm(request.POST or None, initial={"version": resolution.version})
    act = partial(actions.answer_resolution, by=request.user, at=timezone.now(), resolution=resolution)
    step = step_from(
        crumbs_of(resolution), "回复议定事项", resolution.text, "回复", "已回复，等召集单位核实。"
    )
    return step_page(request, step, form, lambda values: act(**values))


@require_http_methods(["GET", "POST"])
@permission_required(Permission.MEETING_RECORD)
def check_resolution(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Whether it is done."""
    resolution = resolution_to_check(request.user, uid)
    form = VerdictForm(request.POST or None, initial={"version": resolution.version})
    act = partial(actions.check_resolution, by=request.user, at=timezone.now(), resolution=resolution)
    step = step_from(crumbs_of(resolution), "核实议定事项", resolution.text, "保存")
    return step_page(
        request,
        step,
        form,
        lambda values: act(**values),
        lambda row: (
            "已销号。" if row.closed_on else "已退回，等单位再办。",
            reverse("resolution_file", args=[uid]),
        ),
    )
