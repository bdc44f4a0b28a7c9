"""Pages that give a project money and take back what is over."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from bangfu.access.decorators import permission_required
from bangfu.access.permissions import Permission
from bangfu.access.requests import SignedInRequest
from bangfu.access.steps import step_from, step_page
from bangfu.core.money import yuan_text
from bangfu.funds.actions import sources
from bangfu.funds.forms.allocating import AllocateForm, ReplanForm
from bangfu.funds.models import Allocation, FundSource
from bangfu.funds.queries.spending import allocation_for, source_to_allocate

_ALLOCATE = Permission.FUND_ALLOCATE


def source_crumbs(source: FundSource) -> list[dict[str, Any]]:
    """From the list of sources to one of them."""
    return [
        {"label": "资金来源", "url": reverse("fund_source_list")},
        {"label": str(source), "url": reverse("fund_source_file", args=[source.uid])},
    ]


@require_http_methods(["GET", "POST"])
@permission_required(_ALLOCATE)
def allocate_fund(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Give a project money of a source."""
    source = source_to_allocate(request.user, uid)
    asked = {name: request.GET[name] for name in ("project", "fen") if name in request.GET}
    form = AllocateForm(request.user, source, request.POST or None, initial=asked)
    act = partial(sources.allocate_fund, by=request.user, at=timezone.now(), source=source)
    rest = yuan_text(source.account.rest)
    about = f"{source}（{source.get_kind_display()}，{source.purpose}）还有 {rest} 元没有下达。"
    step = step_from(source_crumbs(source), "下达资金", about, "下达", "资金已下达，项目页上看得到。")
    return step_page(request, step, form, lambda values: act(**values))


@require_http_methods(["GET", "POST"])
@permission_required(_ALLOCATE)
def replan_balance(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Take what is over of a finished project back to its source."""
    allocation: Allocation = allocation_for(request.user, _ALLOCATE, uid)
    form = ReplanForm(request.POST or None)
    act = partial(sources.replan_balance, by=request.user, at=timezone.now(), allocation=allocation)
    project, rest = allocation.project, yuan_text(allocation.account.rest)
    about = (
        f"“{project}”（{project.get_state_display()}）从 {allocation.source} 得到的钱还剩 {rest} 元。"
        "项目完工以后剩下的是结余，批准以后收回原指标再安排；没完工的是结转，接着用。"
    )
    step = step_from(
        source_crumbs(allocation.source), "收回结余再安排", about, "收回", "结余收回来了，可以再下达。"
    )
    return step_page(request, step, form, lambda values: act(**values))
