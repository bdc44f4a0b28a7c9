"""The page of a project, applying, planning, adjusting, and the seven standards of the county."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from bangfu.access.decorators import permission_required, signed_in_page
from bangfu.access.permissions import Permission
from bangfu.access.requests import SignedInRequest
from bangfu.access.scope import has_permission
from bangfu.access.steps import Step, step_from, step_page
from bangfu.projects.actions import admission as actions
from bangfu.projects.forms.admission import (
    AdjustForm,
    EditProjectForm,
    PlanForm,
    ProjectForm,
    RollForm,
    opening_edit,
)
from bangfu.projects.models import Project
from bangfu.projects.queries.admission import project_seen, projects_seen, runs_of
from bangfu.projects.queries.standards import county_check
from bangfu.projects.showing.files import tabs_seen
from bangfu.projects.showing.heads import project_subject, standard_rows, tabs_of
from bangfu.projects.views.records import crumbs_of
from bangfu.workflow.queries import run_seen_by
from bangfu.workflow.showing import process_bar, step_panel

_VIEW, _APPLY, _APPROVE = (
    Permission.PROJECT_VIEW,
    Permission.PROJECT_APPLY,
    Permission.PROJECT_APPROVE,
)


@require_GET
@permission_required(_VIEW)
def project_file(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """A project: where it stands, and by tab what was decided, built, accepted and brought."""
    project = project_seen(request.user, uid)
    user, today = request.user, timezone.localdate()
    tabs, tab = tabs_seen(project, user), request.GET.get("tab", "")
    tab = tab if tab in tabs else ""
    runs = runs_of(project)
    context = {
        "project": project,
        "crumbs": [*crumbs_of(), {"label": project.name, "url": ""}],
        "subject": project_subject(project, user),
        "tabs": tabs_of(project, tabs, tab),
        "tab": tab,
        "process": process_bar(runs[0], user, today) if runs else None,
        "panel": step_panel(runs[0], user, today) if runs and not tab else None,
        **tabs[tab].words(project, user),
    }
    return render(request, tabs[tab].template, context)


@require_GET
@signed_in_page
def project_file_of_run(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """From a run to the page of its project; who sees no projects goes to the run itself."""
    run = run_seen_by(request.user, uid)
    seen = has_permission(request.user, _VIEW)
    project = projects_seen(request.user).filter(subject=run.subject_id).first() if seen else None
    if project is None:
        return redirect("flow_file", run.uid)
    return redirect("project_file", project.uid)


@require_http_methods(["GET", "POST"])
@permission_required(_APPLY)
def apply_project(request: SignedInRequest) -> HttpResponse:
    """A new application."""
    form = ProjectForm(request.user, request.POST or None)
    act = partial(actions.apply_project, by=request.user, at=timezone.now())
    about = "先开会议定，再填；填完从“申报”办起：会议记录、审核、公示、论证、审定、公告。"
    step = step_from(crumbs_of(), "申报项目", about, "保存，开始申报")
    return step_page(
        request,
        step,
        form,
        lambda _: act(facts=form.facts()),
        lambda made: ("登记好了。接着登记民主议事、定绩效目标。", reverse("project_file", args=[made.uid])),
    )


@require_http_methods(["GET", "POST"])
@permission_required(_APPLY)
def edit_project(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Correct an application."""
    project = project_seen(request.user, uid, _APPLY)
    form = EditProjectForm(request.user, request.POST or None, initial=opening_edit(project))
    act = partial(actions.edit_project, by=request.user, at=timezone.now(), project=project)
    step = step_from(crumbs_of(project), "改申报", "审定以前可以改；入库以后走“调整”。", "保存", "改好了。")
    return step_page(request, step, form, lambda values: act(version=values["version"], facts=form.facts()))


@require_http_methods(["GET", "POST"])
@permission_required(_APPROVE)
def adjust_project(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Change what stands in the library, with approval."""
    project = project_seen(request.user, uid, _APPROVE)
    opening = {"version": project.version, "year": project.admission_year + 1}
    form = AdjustForm(request.POST or None, initial=opening)
    act = partial(actions.adjust_project, by=request.user, at=timezone.now(), project=project)
    about = "先批准，后调整。没安排资金、还需要的，滚动到下一年度；不要了的，调出项目库。"
    step = step_from(crumbs_of(project, "deciding"), "调整项目", about, "保存", "调整好了。")
    return step_page(request, step, form, lambda values: act(**values))


@require_http_methods(["GET", "POST"])
@permission_required(_APPROVE)
def plan_projects(request: SignedInRequest) -> HttpResponse:
    """Put the ticked projects of the library into a year's plan; without a tick all that wait."""
    projects = _ticked(request)
    asked = "confirmed" in request.POST
    form = PlanForm(request.POST if asked else None, initial={"year": timezone.localdate().year})
    act = partial(actions.plan_projects, by=request.user, at=timezone.now(), projects=projects)
    back = reverse("project_list") + "?f_state=library"
    step = Step(
        "列入年度计划",
        "只从项目库里选；列入以后每个项目从“立项批复”办起。要么全列，要么一个不列。",
        "列入计划",
        f"{len(projects)} 个项目列入计划了。",
        back,
        [*crumbs_of(), {"label": "列入年度计划", "url": ""}],
    )
    return _plan_page(request, step, form, projects, act)


@require_http_methods(["GET", "POST"])
@permission_required(_APPROVE)
def roll_projects(request: SignedInRequest) -> HttpResponse:
    """Roll the ticked projects of the library to a later year; without a tick all that wait."""
    projects = _ticked(request)
    asked = "confirmed" in request.POST
    form = RollForm(request.POST if asked else None, initial={"year": timezone.localdate().year + 1})
    act = partial(actions.roll_projects, by=request.user, at=timezone.now(), projects=projects)
    step = Step(
        "滚动到下一年度",
        "在库、没有安排资金、还需要的，滚动到下一年度；不要了的，一个一个调出。要么全滚，要么一个不滚。",
        "滚动",
        f"{len(projects)} 个项目滚动了。",
        reverse("project_list") + "?f_state=library",
        [*crumbs_of(), {"label": "滚动到下一年度", "url": ""}],
    )
    return _plan_page(request, step, form, projects, act)


def _ticked(request: SignedInRequest) -> list[Project]:
    rows = Project.objects.visible_to(request.user, _APPROVE).filter(state="library")
    chosen = request.POST.getlist("row") or request.GET.getlist("row")
    picked = rows.filter(uid__in=chosen) if chosen else rows
    return list(picked.select_related("region").order_by("place", "pk"))


def _plan_page(
    request: SignedInRequest, step: Step, form: forms.Form, projects: list[Project], act: partial
) -> HttpResponse:
    total = sum(project.planned for project in projects)
    return step_page(
        request,
        step,
        form,
        lambda values: act(**values),
        template="projects/plan_projects.html",
        projects=projects,
        total=total,
    )


@require_GET
@permission_required(_VIEW)
def standard_check(request: SignedInRequest) -> HttpResponse:
    """How many projects of the place meet each of the seven standards, each with its list."""
    total, counts = county_check(request.user)
    context = {
        "total": total,
        "rows": standard_rows(total, counts),
        "crumbs": [*crumbs_of(), {"label": "七化自查", "url": ""}],
    }
    return render(request, "projects/standard_check.html", context)
