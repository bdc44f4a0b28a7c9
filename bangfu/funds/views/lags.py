"""From payments that do not keep pace to a supervision order (C-032)."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from bangfu.access.decorators import permission_required
from bangfu.access.permissions import Permission
from bangfu.access.requests import SignedInRequest
from bangfu.access.steps import step_from, step_page
from bangfu.funds.queries.progress import finding_words, lag_of, project_paced
from bangfu.funds.queries.schedule import due_words
from bangfu.projects.actions.supervising import order_project
from bangfu.projects.forms.supervising import OrderForm

_DEMAND = "查清支付和工程进度不一致的原因，按合同补办报账、审核、支付或者退回多付的资金，写出处理结果。"


@require_http_methods(["GET", "POST"])
@permission_required(Permission.ORDER_ISSUE)
def order_lag(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """A supervision order about a project whose payments do not keep pace, the finding filled in."""
    project = project_paced(request.user, uid, timezone.localdate(), Permission.ORDER_ISSUE)
    lag = lag_of(project)
    words = (finding_words(project, lag) if lag else "") + due_words(project, timezone.localdate())
    initial = {"words": words, "demand": _DEMAND} if words else {}
    form = OrderForm(project, request.POST or None, initial=initial)
    crumbs = [
        {"label": "进度和支付", "url": reverse("fund_progress_list")},
        {"label": project.name, "url": reverse("fund_project_trace", args=[project.uid])},
    ]
    about = "问题已经按现在的进度和支付写好，可以改；编号自动接着排。"
    step = step_from(crumbs, "下发督办单", about, "下发")
    act = partial(order_project, by=request.user, at=timezone.now(), project=project)
    return step_page(
        request,
        step,
        form,
        lambda values: act(**values),
        lambda order: (f"{order}下发了。可以印出来盖章。", reverse("order_file", args=[order.uid])),
    )
