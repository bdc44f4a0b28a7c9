"""Pages of needs and courses."""

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
from bangfu.access.scope import get_visible, permits, places_of
from bangfu.access.steps import step_page
from bangfu.access.subjects import reaches_subject
from bangfu.training.actions import courses as actions
from bangfu.training.forms.courses import CourseForm, EditCourseForm, NeedForm
from bangfu.training.models import Course
from bangfu.training.queries.choosing import regions_for, teachers_at
from bangfu.training.queries.seen import needs_seen, sessions_seen
from bangfu.training.showing.sessions import session_rows
from bangfu.training.terms import hours_text
from bangfu.training.views.crumbs import crumbs_to, step_of

COURSES = Course.objects.select_related("region", "subject", "teacher", "need")


def home_place(request: SignedInRequest, permission: Permission) -> str:
    """Where the person works with the permission: the first place, whose words the forms offer."""
    return next(iter(places_of(request.user, permission)), "")


@require_http_methods(["GET", "POST"])
@permission_required(Permission.TRAINING_RECORD)
def record_training_need(request: SignedInRequest) -> HttpResponse:
    """How many ask for what (C-200)."""
    today = timezone.localdate()
    form = NeedForm(
        request.POST or None,
        regions=regions_for(request.user, Permission.TRAINING_RECORD),
        on=today,
        place=home_place(request, Permission.TRAINING_RECORD),
        initial={"surveyed_on": today},
    )
    act = partial(actions.record_training_need, by=request.user, at=timezone.now())
    step = step_of(
        "training_need_list",
        "培训需求",
        "登记培训需求",
        "哪类人、想学什么、多少人；不写姓名。",
        "登记",
        "需求已登记。",
    )
    return step_page(request, step, form, lambda data: act(region=data["region"], need=form.need()))


def _options(request: SignedInRequest, place: str) -> dict[str, Any]:
    today = timezone.localdate()
    return {
        "needs": needs_seen(request.user).order_by("-surveyed_on"),
        "teachers": teachers_at(place, today),
        "on": today,
        "place": place,
    }


@require_http_methods(["GET", "POST"])
@permission_required(Permission.TRAINING_MANAGE)
def plan_course(request: SignedInRequest) -> HttpResponse:
    """A new course (C-006, C-182); ``?need=`` opens with a need that it answers."""
    place = home_place(request, Permission.TRAINING_MANAGE)
    regions = regions_for(request.user, Permission.TRAINING_MANAGE)
    unit = request.user.unit.name if request.user.unit else ""
    opening = {"organiser": unit, "region": regions.first()}
    form = CourseForm(request.POST or None, regions=regions, initial=opening, **_options(request, place))
    act = partial(actions.plan_course, by=request.user, at=timezone.now())
    step = step_of(
        "course_list",
        "课程",
        "建课程",
        "给谁讲、讲什么、多少学时；教材文件建好后上传。",
        "建课程",
        "课程已建。",
    )
    return step_page(request, step, form, lambda data: act(region=data["region"], facts=form.facts()))


@require_http_methods(["GET", "POST"])
@permission_required(Permission.TRAINING_MANAGE)
def edit_course(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Change a course; of two who do, one is told."""
    course = get_visible(COURSES, request.user, Permission.TRAINING_MANAGE, uid=uid)
    names = ("title", "organiser", "audience", "classroom", "hours", "content", "materials", "version")
    opening = {name: getattr(course, name) for name in names}
    opening |= {"need": course.need_id, "teacher": course.teacher_id}
    form = EditCourseForm(
        request.POST or None, regions=None, initial=opening, **_options(request, course.place)
    )
    act = partial(actions.edit_course, by=request.user, at=timezone.now(), course=course)
    back = reverse("course_file", args=[course.uid])
    step = step_of("course_list", "课程", f"改课程：{course.title}", course.organiser, "保存", "已改。", back)
    return step_page(request, step, form, lambda data: act(version=data["version"], facts=form.facts()))


@require_GET
@permission_required(Permission.TRAINING_VIEW)
def course_file(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """A course, its materials and its sessions."""
    course = get_visible(COURSES, request.user, Permission.TRAINING_VIEW, uid=uid)
    manages = permits(request.user, Permission.TRAINING_MANAGE, course.place)
    sessions = sessions_seen(request.user).filter(course=course).order_by("-starts_on", "-pk")
    context = {
        "course": course,
        "subject": _head(course, request, manages),
        "rows": session_rows(sessions),
        "manages": manages,
        "crumbs": crumbs_to("course_list", "课程", course.title),
    }
    return render(request, "training/course_file.html", context)


def _head(course: Course, request: SignedInRequest, manages: bool) -> dict[str, Any]:
    actions_: list[dict[str, Any]] = []
    if manages:
        actions_.append({"label": "改课程", "url": reverse("edit_course", args=[course.uid]), "icon": "edit"})
    if reaches_subject(request.user, Permission.EVIDENCE_VIEW, course.subject):
        papers = reverse("evidence_list", args=[course.subject.uid])
        actions_.append({"label": "教材文件", "url": papers, "icon": "paperclip"})
    plan = reverse("print_course_plan", args=[course.uid])
    actions_.append({"label": "课程计划", "url": plan, "icon": "printer"})
    return {
        "name": course.title,
        "about": f"{course.region.name} · {course.organiser}",
        "tags": [course.audience, course.classroom],
        "facts": [
            {"label": "学时", "value": hours_text(course.hours)},
            {"label": "主讲", "value": course.teacher.name if course.teacher else "还没定"},
            {"label": "教材", "value": course.materials or "—"},
            {"label": "回应的需求", "value": str(course.need) if course.need else "—"},
        ],
        "actions": actions_,
    }
