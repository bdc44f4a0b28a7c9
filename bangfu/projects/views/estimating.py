"""The items of a project's or a contract's estimate, and their sheet."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from bangfu.access.decorators import permission_required
from bangfu.access.permissions import Permission
from bangfu.access.requests import SignedInRequest
from bangfu.access.scope import get_visible
from bangfu.access.steps import step_from, step_page
from bangfu.projects.actions import estimating as actions
from bangfu.projects.forms.estimating import EstimateForm, opening_estimate
from bangfu.projects.models import Contract, Estimate, Project
from bangfu.projects.policies.estimating import estimate_in_force, needs_approval
from bangfu.projects.queries.admission import project_seen
from bangfu.projects.showing.estimates import estimate_paper
from bangfu.projects.views.papers import answer_project_paper
from bangfu.projects.views.records import crumbs_of

_VIEW, _APPLY, _MANAGE = Permission.PROJECT_VIEW, Permission.PROJECT_APPLY, Permission.PROJECT_MANAGE


@require_http_methods(["GET", "POST"])
@permission_required(_APPLY)
def set_estimate(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """The items of a project."""
    project = project_seen(request.user, uid, _APPLY)
    about = "把资金总额拆到分项；合计不能超过资金总额，没有分项的会写明。"
    return _page(request, project, None, "填概算分项", about)


@require_http_methods(["GET", "POST"])
@permission_required(_MANAGE)
def set_contract_estimate(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """The items of a contract."""
    rows = Contract.objects.select_related("project__subject")
    contract: Contract = get_visible(rows, request.user, _MANAGE, uid=uid)
    about = f"{contract}：按合同清单填；合计不能超过合同金额。"
    return _page(request, contract.project, contract, "填合同清单", about)


def _page(
    request: SignedInRequest, project: Project, contract: Contract | None, heading: str, about: str
) -> HttpResponse:
    held = estimate_in_force(project, contract)
    by_approval = needs_approval(project, contract, held)
    form = EstimateForm(by_approval, request.POST or None, initial=opening_estimate(held))
    act = partial(
        actions.set_estimate, by=request.user, at=timezone.now(), project=project, contract=contract
    )
    if by_approval:
        about += "已经定过的，先批准再改；原来的留着看。"
    step = step_from(crumbs_of(project, "estimate"), heading, about, "保存", f"“{heading}”办好了。")
    return step_page(request, step, form, lambda values: act(version=values["version"], facts=form.facts()))


@require_GET
@permission_required(_VIEW)
def print_estimate(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """The sheet of the items."""
    rows = Estimate.objects.select_related("project__region", "project__subject", "contract")
    estimate: Estimate = get_visible(rows, request.user, _VIEW, uid=uid)
    return answer_project_paper(request, estimate.project, estimate_paper(estimate), "estimate")
