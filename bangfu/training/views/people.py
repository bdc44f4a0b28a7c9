"""Pages of teachers, places to look at, forums and people brought up to lead."""

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
from bangfu.access.scope import get_visible, permits
from bangfu.access.steps import step_page
from bangfu.households.models import Household
from bangfu.households.policies.reach import reaches
from bangfu.training.actions import teachers as actions
from bangfu.training.forms.people import EndForm, HouseholdTeacherForm, PointForm, TeacherForm
from bangfu.training.models import ObservationPoint, Teacher
from bangfu.training.queries.choosing import regions_for
from bangfu.training.queries.seen import sessions_seen
from bangfu.training.showing.sessions import session_rows
from bangfu.training.views.crumbs import crumbs_to, step_of

TEACHER, POINT = ("teacher_list", "师资和专家"), ("observation_point_list", "观摩点")
MANAGE, VIEW = Permission.TRAINING_MANAGE, Permission.TRAINING_VIEW


@require_http_methods(["GET", "POST"])
@permission_required(MANAGE)
def register_teacher(request: SignedInRequest) -> HttpResponse:
    """Somebody who can teach or solve; ``?household=`` a household of the register (C-005, C-221)."""
    opening = {"valid_from": timezone.localdate()}
    home = household_asked(request)
    form = (
        HouseholdTeacherForm(request.POST or None, household=home, initial=opening)
        if home
        else TeacherForm(request.POST or None, regions=regions_for(request.user, MANAGE), initial=opening)
    )
    act = partial(actions.register_teacher, by=request.user, at=timezone.now(), household=home)
    heading = f"{home.head_name}户：列为典型户、示范户" if home else "加师资"
    step = step_of(*TEACHER, heading, "凭资格入库，不凭名次。", "加入", "已加入师资库。")
    return step_page(
        request,
        step,
        form,
        lambda data: act(region=home.village if home else data["region"], facts=form.facts()),
    )


def household_asked(request: SignedInRequest) -> Household | None:
    """The household from whose file the page was opened; raises Http404 for one out of sight."""
    text = request.GET.get("household", "")
    if not text:
        return None
    rows = Household.objects.select_related("village")
    try:
        home: Household = get_visible(rows, request.user, Permission.HOUSEHOLD_VIEW, uid=UUID(text))
    except ValueError as error:
        raise Http404("没有这一户。") from error
    return home


@require_http_methods(["GET", "POST"])
@permission_required(MANAGE)
def end_teacher(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Somebody does not teach any more."""
    teacher = get_visible(Teacher, request.user, MANAGE, uid=uid)
    act = partial(actions.end_teacher, by=request.user, at=timezone.now(), teacher=teacher)
    step = step_of(*TEACHER, f"{teacher.name}：出库", "以前的出场和服务都留着。", "出库", "已出库。")
    return step_page(request, step, _end_form(request, teacher), lambda data: act(**data))


@require_GET
@permission_required(VIEW)
def teacher_file(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """A teacher: qualification, appearances, services."""
    rows = Teacher.objects.select_related("region", "household")
    teacher = get_visible(rows, request.user, VIEW, uid=uid)
    sessions = sessions_seen(request.user).filter(appearances__teacher=teacher).order_by("-starts_on")
    context = {
        "subject": _head(teacher, "end_teacher", request),
        "facts": [
            {"label": "资格", "value": teacher.qualification},
            {"label": "擅长", "value": teacher.field},
            home_fact(request, teacher.household),
            {"label": "出库", "value": _end_words(teacher)},
        ],
        "rows": session_rows(sessions),
        "title": "出场记录",
        "nothing": "还没有出场。",
        "crumbs": crumbs_to(*TEACHER, teacher.name),
    }
    return render(request, "training/seen_file.html", context)


def home_fact(request: SignedInRequest, home: Household | None) -> dict[str, str]:
    """The household behind a person, with its file for who may open it."""
    if home is None:
        return {"label": "户", "value": "—", "url": ""}
    sees = reaches(request.user, Permission.HOUSEHOLD_VIEW, home)
    url = reverse("household_file", args=[home.uid]) if sees else ""
    return {"label": "户", "value": f"{home.head_name}户", "url": url}


def _end_words(row: Teacher | ObservationPoint) -> str:
    return f"{row.valid_to}，{row.end_reason}" if row.valid_to else "—"


def _head(row: Any, end: str, request: SignedInRequest) -> dict[str, Any]:
    ways = []
    if row.valid_to is None and permits(request.user, MANAGE, row.place):
        ways.append({"label": "出库", "url": reverse(end, args=[row.uid]), "icon": "archive"})
    signal = {"kind": "off", "word": "已出库"} if row.valid_to else {"kind": "ok", "word": "在库"}
    return {
        "name": row.name,
        "about": row.region.name,
        "signals": [signal],
        "tags": [row.get_kind_display()],
        "facts": [{"label": "入库", "value": str(row.valid_from)}],
        "actions": ways,
    }


def _end_form(request: SignedInRequest, row: Teacher | ObservationPoint) -> EndForm:
    opening = {"version": row.version, "valid_to": timezone.localdate()}
    return EndForm(request.POST or None, initial=opening)


@require_http_methods(["GET", "POST"])
@permission_required(MANAGE)
def register_observation_point(request: SignedInRequest) -> HttpResponse:
    """A sample village or a site (C-004, C-198)."""
    opening = {"valid_from": timezone.localdate()}
    form = PointForm(request.POST or None, regions=regions_for(request.user, MANAGE), initial=opening)
    act = partial(actions.register_observation_point, by=request.user, at=timezone.now())
    step = step_of(*POINT, "加观摩点", "样板村要选到村；企业、基地、合作社是观摩点。", "加入", "已加入。")
    return step_page(request, step, form, lambda data: act(region=data["region"], facts=form.facts()))


@require_http_methods(["GET", "POST"])
@permission_required(MANAGE)
def end_observation_point(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """A place is not shown any more."""
    point = get_visible(ObservationPoint, request.user, MANAGE, uid=uid)
    act = partial(actions.end_observation_point, by=request.user, at=timezone.now(), point=point)
    step = step_of(*POINT, f"{point.name}：出库", "以前的观摩班次都留着。", "出库", "已出库。")
    return step_page(request, step, _end_form(request, point), lambda data: act(**data))


@require_GET
@permission_required(VIEW)
def observation_point_file(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """A place to look at, and the sessions that went there."""
    rows = ObservationPoint.objects.select_related("region")
    point = get_visible(rows, request.user, VIEW, uid=uid)
    sessions = sessions_seen(request.user).filter(point=point).order_by("-starts_on")
    context = {
        "subject": _head(point, "end_observation_point", request),
        "facts": [{"label": "看什么", "value": point.shows}, {"label": "出库", "value": _end_words(point)}],
        "rows": session_rows(sessions),
        "title": "来观摩的班次",
        "nothing": "还没有班次来过。",
        "crumbs": crumbs_to(*POINT, point.name),
    }
    return render(request, "training/seen_file.html", context)
