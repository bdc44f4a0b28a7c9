"""The kinds of projects: those shipped, those of the county."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from bangfu.access.decorators import permission_required
from bangfu.access.permissions import Permission
from bangfu.access.requests import SignedInRequest
from bangfu.access.scope import get_visible, has_permission, permits
from bangfu.access.steps import step_from, step_page
from bangfu.projects.actions import kinds as actions
from bangfu.projects.enums.admission import ProjectKind
from bangfu.projects.forms.kinds import CloseKindForm, KindForm
from bangfu.projects.models import OwnKind
from bangfu.projects.queries.kinds import counties_to_make_kinds, kinds_counted
from bangfu.projects.terms.categories import upper_choices
from bangfu.projects.views.records import Crumbs, crumbs_of

_VIEW, _MANAGE = Permission.PROJECT_VIEW, Permission.FLOW_MANAGE


def _crumbs() -> Crumbs:
    return [*crumbs_of(), {"label": "项目类型", "url": reverse("kind_list")}]


@require_GET
@permission_required(_VIEW)
def kind_list(request: SignedInRequest) -> HttpResponse:
    """The kinds, each with its flow; the county's own with how many projects have it."""
    user = request.user
    names = dict(upper_choices(timezone.localdate()))
    own = [
        {
            "kind": kind,
            "category": names.get(kind.category, kind.category),
            "may_close": kind.closed_on is None and permits(user, _MANAGE, kind.place),
        }
        for kind in kinds_counted(user)
    ]
    context = {
        "shipped": list(ProjectKind),
        "own": own,
        "may_see_flows": has_permission(user, Permission.FLOW_VIEW),
        "may_make": counties_to_make_kinds(user).exists(),
        "crumbs": [*crumbs_of(), {"label": "项目类型", "url": ""}],
    }
    return render(request, "projects/kind_list.html", context)


@require_http_methods(["GET", "POST"])
@permission_required(_MANAGE)
def make_kind(request: SignedInRequest) -> HttpResponse:
    """A kind of the county's own."""
    form = KindForm(request.user, request.POST or None)
    act = partial(actions.make_kind, by=request.user, at=timezone.now())
    about = "七类和“本县自定”装不下的，添一种：申报时能选，分布图、台账、流程都有它。"
    step = step_from(_crumbs(), "添项目类型", about, "添加", "添好了。要改流程，点它的流程，起草新版。")
    return step_page(request, step, form, lambda values: act(**values))


@require_http_methods(["GET", "POST"])
@permission_required(_MANAGE)
def close_kind(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """A kind that takes no new projects."""
    kind: OwnKind = get_visible(OwnKind.objects.all(), request.user, _MANAGE, uid=uid)
    form = CloseKindForm(request.POST or None, initial={"version": kind.version})
    act = partial(actions.close_kind, by=request.user, at=timezone.now(), kind=kind)
    step = step_from(
        _crumbs(), "停用项目类型", f"{kind.name}：停用以后不能再选，已经有的照旧。", "停用", "停用了。"
    )
    return step_page(request, step, form, lambda values: act(**values))
