"""Pages of sources: register one, see where its money went."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_GET, require_http_methods

from bangfu.access.decorators import permission_required
from bangfu.access.permissions import Permission
from bangfu.access.requests import SignedInRequest
from bangfu.access.scope import permits, places_of, within_any
from bangfu.access.steps import step_from, step_page
from bangfu.core.models import Region, RegionLevel
from bangfu.core.money import yuan_text
from bangfu.funds.actions import sources
from bangfu.funds.actions.sources import register_source as register
from bangfu.funds.forms.sources import SourceForm, WithdrawForm
from bangfu.funds.models import FundSource
from bangfu.funds.queries.source_trace import trace_source
from bangfu.funds.queries.traces import source_seen
from bangfu.funds.views.traces import LISTED, trace_context, trace_file


def _crumbs() -> list[dict[str, Any]]:
    return [{"label": "资金来源", "url": reverse("fund_source_list")}]


@require_GET
@permission_required(Permission.FUND_VIEW)
def fund_source_file(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """A source: to which projects its money went and by which vouchers; ``?format=xlsx`` all of it."""
    source = source_seen(request.user, uid)
    if request.GET.get("format") == "xlsx":
        return trace_file(request, trace_source(request.user, source, None))
    query = urlencode({"f_notice": source.notice_number})
    context = {
        "source": source,
        "may_allocate": source.account.rest and permits(request.user, Permission.FUND_ALLOCATE, source.place),
        "entries_url": f"{reverse('fund_entry_list')}?{query}",
        "may_withdraw": source.account.amount
        and not source.account.used
        and permits(request.user, Permission.FUND_RECORD, source.place),
        **trace_context(request.user, trace_source(request.user, source, LISTED), "source", uid),
        "crumbs": [*_crumbs(), {"label": source.notice_number, "url": ""}],
    }
    return render(request, "funds/source_file.html", context)


@require_http_methods(["GET", "POST"])
@permission_required(Permission.FUND_RECORD)
def register_source(request: SignedInRequest) -> HttpResponse:
    """Money that came by a notice."""
    reach = within_any("code", places_of(request.user, Permission.FUND_RECORD))
    regions = Region.objects.filter(reach, level=RegionLevel.COUNTY, valid_to=None).order_by("code")
    form = SourceForm(request.POST or None, regions=regions, initial={"region": regions.first()})
    about = "一份文件、一个用途登记一条。登记了才能下达；下达不会超过它。"
    step = step_from(_crumbs(), "登记指标", about, "登记")

    def act(data: dict[str, Any]) -> FundSource:
        return register(by=request.user, at=timezone.now(), region=data["region"], notice=form.notice())

    def then(source: FundSource) -> tuple[str, str]:
        return "指标已登记。", reverse("fund_source_file", args=[source.uid])

    return step_page(request, step, form, act, then)


@require_http_methods(["GET", "POST"])
@permission_required(Permission.FUND_RECORD)
def withdraw_source(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Take a notice that was registered by mistake out of the books."""
    source = source_seen(request.user, uid, Permission.FUND_RECORD)
    form = WithdrawForm(request.POST or None)
    fen = yuan_text(source.account.amount)
    about = (
        f"{source}，{source.purpose}，{fen} 元。原来的账不改，另记一笔负数；改好了可以用同一个文号重新登记。"
    )
    page = {"label": source.notice_number, "url": reverse("fund_source_file", args=[source.uid])}
    step = step_from([*_crumbs(), page], "撤回指标", about, "撤回", "指标撤回了。")
    act = partial(sources.withdraw_source, by=request.user, at=timezone.now(), source=source)
    return step_page(request, step, form, lambda said: act(**said))
