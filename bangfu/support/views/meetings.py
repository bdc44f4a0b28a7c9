"""Meetings: their page, and the steps of calling, holding, correcting, making void."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from bangfu.access.decorators import permission_required
from bangfu.access.permissions import Permission
from bangfu.access.requests import SignedInRequest
from bangfu.access.scope import permits
from bangfu.access.steps import step_from, step_page
from bangfu.support.actions import meetings as actions
from bangfu.support.enums.meetings import MeetingState
from bangfu.support.forms.meetings import (
    CallForm,
    EditForm,
    HoldForm,
    ReasonForm,
    RecordForm,
    opening_hold,
    opening_like,
)
from bangfu.support.ledgers.meetings import meeting_signal, task_signal
from bangfu.support.models import Meeting
from bangfu.support.queries.meetings import (
    attendances_of,
    meeting_seen_by,
    resolutions_of,
    resolutions_seen_by,
)
from bangfu.support.showing.meetings import attendance_rows, attendance_words, may_record, meeting_subject

_RECORD = Permission.MEETING_RECORD


def crumbs_of(meeting: Meeting | None = None) -> list[dict[str, Any]]:
    """From the list to the meeting."""
    crumbs = [{"label": "会议", "url": reverse("meeting_list")}]
    if meeting is not None:
        crumbs.append({"label": meeting.title, "url": reverse("meeting_file", args=[meeting.uid])})
    return crumbs


@permission_required(Permission.MEETING_VIEW)
@require_GET
def meeting_file(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Agenda, attendance, minutes, and what became of what was resolved."""
    meeting = meeting_seen_by(request.user, uid)
    attendances, resolutions = attendances_of(meeting), resolutions_of(meeting)
    opened = set(resolutions_seen_by(request.user).filter(meeting=meeting).values_list("pk", flat=True))
    context = {
        "meeting": meeting,
        "subject": meeting_subject(meeting, meeting_signal(meeting), request.user),
        "attendances": attendance_rows(attendances),
        "came": attendance_words(attendances) if meeting.state == MeetingState.HELD else "",
        "resolutions": [(each, task_signal(each), each.pk in opened) for each in resolutions],
        "may_record": may_record(request.user, meeting),
        "sees_papers": permits(request.user, Permission.EVIDENCE_VIEW, meeting.place),
        "crumbs": [crumbs_of()[0], {"label": meeting.title, "url": ""}],
    }
    return render(request, "support/meetings/meeting_file.html", context)


def _like(request: SignedInRequest) -> Meeting | None:
    """The meeting that ``?like=`` names; raises Http404 for one out of reach."""
    uid = request.GET.get("like", "")
    if not uid:
        return None
    try:
        return meeting_seen_by(request.user, UUID(uid), _RECORD)
    except ValueError as error:
        raise Http404("没有这次会议。") from error


@require_http_methods(["GET", "POST"])
@permission_required(_RECORD)
def call_meeting(request: SignedInRequest) -> HttpResponse:
    """A meeting to come."""
    form = CallForm(request.POST or None, user=request.user, initial=opening_like(_like(request)))
    act = partial(actions.call_meeting, by=request.user, at=timezone.now())
    about = "先写应到的单位和议程；开过会再登记谁到了、定了什么。"
    step = step_from(crumbs_of(), "通知开会", about, "保存")
    return step_page(
        request,
        step,
        form,
        lambda _: act(**form.facts()),
        lambda meeting: (
            "已通知。开过以后在这里登记到会和纪要。",
            reverse("meeting_file", args=[meeting.uid]),
        ),
    )


@require_http_methods(["GET", "POST"])
@permission_required(_RECORD)
def record_work_meeting(request: SignedInRequest) -> HttpResponse:
    """A meeting that took place."""
    form = RecordForm(request.POST or None, user=request.user, initial=opening_like(_like(request)))
    act = partial(actions.record_work_meeting, by=request.user, at=timezone.now())
    about = "补记开过的会：到会、纪要一次写完。日期不能在今天以后。"
    step = step_from(crumbs_of(), "登记开过的会", about, "保存")
    return step_page(
        request,
        step,
        form,
        lambda _: act(**form.facts()),
        lambda meeting: ("已登记。定了要办的事，请分解到单位。", reverse("meeting_file", args=[meeting.uid])),
    )


@require_http_methods(["GET", "POST"])
@permission_required(_RECORD)
def hold_meeting(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Who came to a called meeting, and what was said."""
    meeting = meeting_seen_by(request.user, uid, _RECORD)
    form = HoldForm(request.POST or None, initial=opening_hold(meeting))
    act = partial(actions.hold_meeting, by=request.user, at=timezone.now(), meeting=meeting)
    about = "应到的单位已经列好，在后面补上姓名；没来的写“缺席”。"
    step = step_from(
        crumbs_of(meeting), "登记到会和纪要", about, "保存", "已登记。定了要办的事，请分解到单位。"
    )
    return step_page(request, step, form, lambda values: act(**values))


@require_http_methods(["GET", "POST"])
@permission_required(_RECORD)
def edit_meeting(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """The words of a meeting."""
    meeting = meeting_seen_by(request.user, uid, _RECORD)
    opening = {"version": meeting.version, "agenda": meeting.agenda, "minutes": meeting.minutes}
    form = EditForm(request.POST or None, initial=opening)
    act = partial(actions.edit_meeting, by=request.user, at=timezone.now(), meeting=meeting)
    about = "只改文字；日期、到会写错了，请作废以后重新登记。"
    step = step_from(crumbs_of(meeting), "改议程和纪要", about, "保存", "改好了，原来的在历史里。")
    return step_page(request, step, form, lambda values: act(**values))


@require_http_methods(["GET", "POST"])
@permission_required(_RECORD)
def void_meeting(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """A meeting that was called off or noted down wrongly."""
    meeting = meeting_seen_by(request.user, uid, _RECORD)
    form = ReasonForm(request.POST or None, initial={"version": meeting.version})
    act = partial(actions.void_meeting, by=request.user, at=timezone.now(), meeting=meeting)
    about = "没有开成的、登记错的作废；已经分解了议定事项的不能作废。"
    step = step_from(crumbs_of(meeting), "作废会议", about, "作废", "已作废，留在清单里。")
    return step_page(request, step, form, lambda values: act(**values))
