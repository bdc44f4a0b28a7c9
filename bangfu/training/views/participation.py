"""Pages of those who came: the list, a correction, an answer after the return."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from bangfu.access.decorators import permission_required
from bangfu.access.permissions import Permission
from bangfu.access.requests import SignedInRequest
from bangfu.access.scope import get_visible
from bangfu.access.steps import step_page, taken
from bangfu.core.errors import BangfuError
from bangfu.training.actions import participation as actions
from bangfu.training.forms.participation import (
    EditParticipationForm,
    FollowUpForm,
    ParticipationFileForm,
    ParticipationForm,
    RemoveParticipationForm,
)
from bangfu.training.importing.participation_list import ListedLine, lines_of_workbook, read_lines
from bangfu.training.models import Participation, TrainingSession
from bangfu.training.queries.recognising import Known, recognised
from bangfu.training.showing.sessions import days_of
from bangfu.training.terms import COUNTY_LENGTH
from bangfu.training.views.crumbs import crumbs_to
from bangfu.training.views.sessions import session_seen, session_step

_ROWS = Participation.objects.select_related("session__course__subject")
Looked = list[tuple[ListedLine, Known]]


@require_http_methods(["GET", "POST"])
@permission_required(Permission.TRAINING_RECORD)
def record_participation(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """The list of those who came: typed, pasted, or read from a workbook; looked over before it is kept."""
    session = session_seen(request, Permission.TRAINING_RECORD, uid)
    if request.FILES:
        form, passed_over = _read_file(request)
    else:
        form, passed_over = ParticipationForm(request.POST or None), []
    looked: Looked = []
    if request.method == "POST" and not request.FILES and form.is_valid():
        done = taken(form, partial(_step, request, session, form, looked))
        if done is not None and "keep" in request.POST:
            messages.success(request, f"登记了 {len(done)} 人。")
            return redirect("session_file", session.uid)
    context = {
        "session": session,
        "days": days_of(session),
        "form": form,
        "file_form": ParticipationFileForm(),
        "looked": looked,
        "passed_over": passed_over,
        "back": reverse("session_file", args=[session.uid]),
        "crumbs": crumbs_to("session_list", "班次", session.course.title, "登记参训名单"),
    }
    return render(request, "training/record_participation.html", context)


def _read_file(request: SignedInRequest) -> tuple[ParticipationForm, list[str]]:
    """The form with the workbook's lines in it; what was typed before stays above them."""
    typed, file_form = (
        request.POST.get("people", "").rstrip(),
        ParticipationFileForm(request.POST, request.FILES),
    )
    if not file_form.is_valid():
        return ParticipationForm(initial={"people": typed}), [str(one) for one in file_form.errors["file"]]
    upload = file_form.cleaned_data["file"]
    try:
        text, passed_over = lines_of_workbook(upload.read(), upload.name)
    except BangfuError as refusal:
        return ParticipationForm(initial={"people": typed}), [refusal.message]
    return ParticipationForm(initial={"people": "\n".join(filter(None, [typed, text]))}), passed_over


def _step(
    request: SignedInRequest, session: TrainingSession, form: ParticipationForm, looked: Looked
) -> list[Any]:
    """Look the list over, and keep it when that was the button."""
    lines = read_lines(form.cleaned_data["people"])
    county = session.place[:COUNTY_LENGTH]
    known = recognised(request.user, [(one.name, one.coming_from) for one in lines], county)
    looked += [(one, known[one.name, one.coming_from]) for one in lines]
    if "keep" not in request.POST:
        return looked
    attendants = [_attendant(one, who, session) for one, who in looked]
    return actions.record_participation(
        by=request.user, at=timezone.now(), session=session, attendants=attendants
    )


def _attendant(line: ListedLine, who: Known, session: TrainingSession) -> actions.Attendant:
    hours = session.course.hours if line.hours is None else line.hours
    return actions.Attendant(line.name, line.coming_from, hours, who.user, who.member, line.reflection)


def _participation(request: SignedInRequest, uid: UUID) -> Participation:
    found: Participation = get_visible(_ROWS, request.user, Permission.TRAINING_RECORD, uid=uid)
    return found


@require_http_methods(["GET", "POST"])
@permission_required(Permission.TRAINING_RECORD)
def edit_participation(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """The hours really attended, and what the person took along (C-004)."""
    row = _participation(request, uid)
    opening = {"version": row.version, "hours": row.hours, "reflection": row.reflection}
    form = EditParticipationForm(request.POST or None, initial=opening)
    act = partial(actions.edit_participation, by=request.user, at=timezone.now(), participation=row)
    about = f"{row.session.course.title} · {row.coming_from or '没写单位'}"
    step = session_step(row.session, f"{row.name}：学时和心得", about, "保存", "已改。")
    return step_page(request, step, form, lambda data: act(**data))


@require_http_methods(["GET", "POST"])
@permission_required(Permission.TRAINING_RECORD)
def remove_participation(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Somebody who does not belong on the list."""
    row = _participation(request, uid)
    form = RemoveParticipationForm(request.POST or None, initial={"version": row.version})
    act = partial(actions.remove_participation, by=request.user, at=timezone.now(), participation=row)
    about = f"{row.session.course.title}。去掉的不再计入，原因留在历史里。"
    step = session_step(row.session, f"{row.name}：从名单去掉", about, "去掉", "已从名单去掉。")
    return step_page(request, step, form, lambda data: act(**data))


@require_http_methods(["GET", "POST"])
@permission_required(Permission.TRAINING_RECORD)
def record_follow_up(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """What somebody said after the return (C-200, C-201)."""
    row = _participation(request, uid)
    form = FollowUpForm(request.POST or None, initial={"asked_on": timezone.localdate()})
    act = partial(actions.record_follow_up, by=request.user, at=timezone.now(), participation=row)
    about = f"{row.session.course.title} · {days_of(row.session)}"
    step = session_step(row.session, f"{row.name}：训后回访", about, "登记", "回访已登记。")
    return step_page(request, step, form, lambda data: act(answer=form.answer()))
