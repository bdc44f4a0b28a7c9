"""Pages of sessions: arranged, changed, filed, held, cancelled."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from bangfu.access.decorators import permission_required
from bangfu.access.permissions import Permission
from bangfu.access.requests import SignedInRequest
from bangfu.access.scope import get_visible, permits
from bangfu.access.steps import Step, step_page
from bangfu.core.errors import BangfuError
from bangfu.training.actions import sessions as actions
from bangfu.training.enums.courses import SessionState
from bangfu.training.forms.courses import (
    CancelSessionForm,
    EditSessionForm,
    FileSessionForm,
    SessionForm,
)
from bangfu.training.models import Course, TrainingSession
from bangfu.training.queries.choosing import points_at, regions_within, teachers_at
from bangfu.training.showing.sessions import days_of, next_step, participation_rows, signal_of
from bangfu.training.terms import hours_text, words
from bangfu.training.views.courses import COURSES
from bangfu.training.views.crumbs import crumbs_to, step_of
from bangfu.ui.formats import money

SESSIONS = TrainingSession.objects.select_related("course__subject", "region", "point")


def session_seen(request: SignedInRequest, permission: Permission, uid: UUID) -> TrainingSession:
    """The session, as far as the permission reaches; raises Http404."""
    session: TrainingSession = get_visible(SESSIONS, request.user, permission, uid=uid)
    return session


def session_step(session: TrainingSession, heading: str, about: str, submit: str, done: str) -> Step:
    """A step that begins and ends on the session's page."""
    back = reverse("session_file", args=[session.uid])
    return step_of("session_list", "班次", heading, about, submit, done, back)


def _options(course: Course, place: str) -> dict[str, Any]:
    today = timezone.localdate()
    return {
        "course": course,
        "teachers": teachers_at(place, today),
        "points": points_at(place, today),
        "on": today,
    }


@require_http_methods(["GET", "POST"])
@permission_required(Permission.TRAINING_MANAGE)
def plan_session(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """A session of a course (C-001 to C-005)."""
    course = get_visible(COURSES, request.user, Permission.TRAINING_MANAGE, uid=uid)
    regions = regions_within(request.user, Permission.TRAINING_MANAGE, course.place)
    today = timezone.localdate()
    opening = {
        "region": regions.first(),
        "starts_on": today,
        "ends_on": today,
        "teachers": [course.teacher_id] if course.teacher_id else [],
    }
    form = SessionForm(
        request.POST or None, regions=regions, initial=opening, **_options(course, course.place)
    )
    act = partial(actions.plan_session, by=request.user, at=timezone.now(), course=course)
    back = reverse("course_file", args=[course.uid])
    about = f"{course.audience} · {course.classroom} · {hours_text(course.hours)} 学时"
    step = step_of("course_list", "课程", f"安排班次：{course.title}", about, "安排", "班次已安排。", back)
    return step_page(
        request, step, form, lambda data: act(region=data["region"], arrangement=form.arrangement())
    )


@require_http_methods(["GET", "POST"])
@permission_required(Permission.TRAINING_MANAGE)
def edit_session(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Arrange a planned session otherwise; of two who do, one is told."""
    session = session_seen(request, Permission.TRAINING_MANAGE, uid)
    names = ("mode", "starts_on", "ends_on", "location", "expected", "fund", "version")
    opening = {name: getattr(session, name) for name in names}
    opening |= {
        "point": session.point_id,
        "teachers": list(session.appearances.values_list("teacher", flat=True)),
    }
    form = EditSessionForm(
        request.POST or None, regions=None, initial=opening, **_options(session.course, session.place)
    )
    act = partial(actions.edit_session, by=request.user, at=timezone.now(), session=session)
    step = session_step(session, f"改班次：{session.course.title}", days_of(session), "保存", "班次已改。")
    return step_page(
        request, step, form, lambda data: act(version=data["version"], arrangement=form.arrangement())
    )


@require_http_methods(["GET", "POST"])
@permission_required(Permission.TRAINING_FILE)
def file_session(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """With which department the session is filed."""
    session = session_seen(request, Permission.TRAINING_FILE, uid)
    today = timezone.localdate()
    opening = {
        "version": session.version,
        "department": session.filed_with,
        "filed_on": session.filed_on or today,
        "number": session.filing_number,
    }
    departments = words("training_filing_departments", today, session.place)
    form = FileSessionForm(request.POST or None, departments=departments, initial=opening)
    act = partial(actions.file_session, by=request.user, at=timezone.now(), session=session)
    about = f"{session.course.title} · {days_of(session)}"
    step = session_step(session, "登记备案", about, "登记", "备案已登记。")
    return step_page(request, step, form, lambda data: act(**data))


@require_http_methods(["GET", "POST"])
@permission_required(Permission.TRAINING_MANAGE)
def cancel_session(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """A planned session that is not held."""
    session = session_seen(request, Permission.TRAINING_MANAGE, uid)
    form = CancelSessionForm(request.POST or None, initial={"version": session.version})
    act = partial(actions.cancel_session, by=request.user, at=timezone.now(), session=session)
    about = f"{session.course.title} · {days_of(session)}。取消的留在册上，不计入。"
    step = session_step(session, "取消班次", about, "取消班次", "班次已取消。")
    return step_page(request, step, form, lambda data: act(**data))


@require_POST
@permission_required(Permission.TRAINING_RECORD)
def hold_session(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """The session was held; a refusal says why."""
    session = session_seen(request, Permission.TRAINING_RECORD, uid)
    version = request.POST.get("version", "")
    try:
        held = actions.hold_session(
            by=request.user,
            at=timezone.now(),
            session=session,
            version=int(version) if version.isdecimal() else 0,
        )
    except BangfuError as refusal:
        messages.error(request, refusal.message)
    else:
        cost = money(held.cost_fen, "yuan")
        messages.success(request, f"已登记办班：{held.people} 人，{held.days} 天，培训费 {cost} 元。")
    return redirect("session_file", session.uid)


@require_GET
@permission_required(Permission.TRAINING_VIEW)
def session_file(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """A session: when and where, who taught, who came, what it cost, what came of it."""
    session = session_seen(request, Permission.TRAINING_VIEW, uid)
    rows = session.participations.prefetch_related("follow_ups").order_by("pk")
    records = permits(request.user, Permission.TRAINING_RECORD, session.place)
    today = timezone.localdate()
    standing = session.state != SessionState.CANCELLED
    context = {
        "session": session,
        "subject": _head(session, request),
        "facts": _facts(session, request),
        "rows": participation_rows(rows),
        "teachers": [one.teacher for one in session.appearances.select_related("teacher")],
        "next_step": next_step(session, today),
        "records": records and standing and session.starts_on <= today,
        "asks": records and session.state == SessionState.HELD,
        "may_hold": records
        and session.state == SessionState.PLANNED
        and session.ends_on <= today
        and session.people > 0,
        "crumbs": crumbs_to("session_list", "班次", session.course.title),
    }
    return render(request, "training/session_file.html", context)


def _head(session: TrainingSession, request: SignedInRequest) -> dict[str, Any]:
    course, user = session.course, request.user
    ways = [
        {
            "label": "签到表",
            "url": reverse("print_participation_sheet", args=[session.uid]),
            "icon": "printer",
        }
    ]
    standing = session.state != SessionState.CANCELLED
    if session.state == SessionState.PLANNED and permits(user, Permission.TRAINING_MANAGE, session.place):
        ways.append({"label": "改班次", "url": reverse("edit_session", args=[session.uid]), "icon": "edit"})
        if session.people == 0:
            cancel = reverse("cancel_session", args=[session.uid])
            ways.append({"label": "取消班次", "url": cancel, "icon": "x"})
    if standing and permits(user, Permission.TRAINING_FILE, session.place):
        ways.append(
            {
                "label": "登记备案",
                "url": reverse("file_session", args=[session.uid]),
                "icon": "clipboard-check",
            }
        )
    return {
        "name": course.title,
        "about": f"{session.region.name} · {session.location}",
        "signals": [signal_of(session)],
        "tags": [course.audience, course.classroom, session.get_mode_display()],
        "facts": [
            {"label": "时间", "value": days_of(session)},
            {"label": "学时", "value": hours_text(course.hours)},
            {"label": "计划人数", "value": str(session.expected)},
            {"label": "到班人数", "value": str(session.people)},
        ],
        "actions": ways,
    }


def _facts(session: TrainingSession, request: SignedInRequest) -> list[dict[str, Any]]:
    course = session.course
    sees = permits(request.user, Permission.TRAINING_VIEW, course.place)
    filed = f"{session.filed_with}，{session.filed_on}" if session.filed_on else "没有备案"
    number = f"，{session.filing_number}" if session.filing_number else ""
    return [
        {
            "label": "课程",
            "value": course.title,
            "url": reverse("course_file", args=[course.uid]) if sees else "",
        },
        {"label": "主办单位", "value": course.organiser},
        {"label": "观摩点", "value": session.point.name if session.point else "—"},
        {"label": "备案", "value": filed + number},
        {"label": "经费来源", "value": session.fund or "—"},
        {"label": "培训费", "value": _cost(session)},
    ]


def _cost(session: TrainingSession) -> str:
    if session.cost_fen is None or session.standard_fen is None:
        return "办班以后按标准算"
    standard, cost = money(session.standard_fen, "yuan"), money(session.cost_fen, "yuan")
    return f"{standard} × {session.people} 人 × {session.days} 天 = {cost} 元"
