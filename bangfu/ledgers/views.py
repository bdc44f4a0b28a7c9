"""The page, the workbook and the paper of every ledger, and the reader's own views."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_GET, require_POST

from bangfu.access.decorators import permission_required, signed_in_page
from bangfu.access.permissions import Permission
from bangfu.access.requests import SignedInRequest
from bangfu.access.scope import has_permission
from bangfu.core.errors import BangfuError
from bangfu.ledgers import actions
from bangfu.ledgers.asking import Asked, asked
from bangfu.ledgers.definition import Ledger, all_ledgers, register
from bangfu.ledgers.exporting import ROWS_AT_MOST, workbook
from bangfu.ledgers.models import SavedView
from bangfu.ledgers.papers import PAPER_ROWS, paper
from bangfu.ledgers.queries import exportable, ordering, read_page, saved_views, totals_of
from bangfu.ledgers.screen import context
from bangfu.ui.formats import minute

View = Callable[[SignedInRequest], HttpResponseBase]
_PARTIAL = "ledger"


def ledger_view(ledger: Ledger) -> View:
    """The view of a ledger: its page, ``?format=xlsx`` its workbook, ``?print=1`` its paper."""
    register(ledger)

    @permission_required(ledger.permission)
    @require_GET
    def view(request: SignedInRequest) -> HttpResponseBase:
        question = asked(ledger, request)
        if request.GET.get("format") == "xlsx":
            return _workbook(request, question)
        if request.GET.get("print"):
            return _paper(request, question)
        return _page(request, question)

    return view


def _page(request: SignedInRequest, question: Asked) -> HttpResponse:
    ledger = question.ledger
    rows = question.rows()
    found = read_page(ledger, request.user, rows, question.columns, question.sort, question.number)
    shown = context(question, found, saved_views(request.user, ledger))
    partial = request.htmx and request.htmx.target == _PARTIAL
    template = "ledgers/answer.html" if partial else "ledgers/ledger.html"
    response = render(request, template, shown)
    patch_vary_headers(response, ("HX-Request", "HX-Target"))
    if partial:
        response["HX-Push-Url"] = question.address()
    return response


def _workbook(request: SignedInRequest, question: Asked) -> HttpResponseBase:
    _must_export(request)
    at = timezone.now()
    rows = exportable(question.ledger, request.user, question.rows())
    totals, count = totals_of(rows, question.columns)
    if count > ROWS_AT_MOST:
        return _too_many(request, question, count, ROWS_AT_MOST, "导出")
    actions.export_ledger(by=request.user, at=at, asked=question, count=count)
    ordered = rows.order_by(*ordering(question.ledger, question.sort))
    stamp = f"导出人：{request.user.actor_label()}，{minute(at)}，共 {count} 行"
    file = workbook(question, ordered.iterator(chunk_size=2000), totals, stamp)
    name = f"{question.ledger.title}-{timezone.localtime(at):%Y%m%d-%H%M}.xlsx"
    return FileResponse(file, as_attachment=True, filename=name)


def _paper(request: SignedInRequest, question: Asked) -> HttpResponse:
    _must_export(request)
    at = timezone.now()
    rows = exportable(question.ledger, request.user, question.rows())
    totals, count = totals_of(rows, question.columns)
    if count > PAPER_ROWS:
        return _too_many(request, question, count, PAPER_ROWS, "打印")
    actions.export_ledger(by=request.user, at=at, asked=question, count=count, paper=True)
    ordered = rows.order_by(*ordering(question.ledger, question.sort))
    return render(request, "ledgers/print.html", paper(question, ordered, totals, count, at))


def _must_export(request: SignedInRequest) -> None:
    if not has_permission(request.user, Permission.EXPORT):
        raise PermissionDenied(f"需要的权限：{Permission.EXPORT.label}。")


def _too_many(request: SignedInRequest, question: Asked, count: int, limit: int, verb: str) -> HttpResponse:
    text = (
        f"有 {count:,} 行，一次最多{verb} {limit:,} 行，没有{verb}。请选一个乡镇或村，或者加条件，再{verb}。"
    )
    messages.warning(request, text)
    query = question.params.copy()
    for name in ("format", "print"):
        query.pop(name, None)
    return redirect(f"{reverse(question.ledger.id)}?{query.urlencode()}")


@signed_in_page
@require_POST
def save_view(request: SignedInRequest) -> HttpResponse:
    """Keep the address under a name, and show the ledger again with what was asked."""
    ledger = all_ledgers().get(request.POST.get("ledger", ""))
    if ledger is None:
        raise Http404("没有这本台账。")
    name, query = request.POST.get("name", ""), request.POST.get("query", "")
    try:
        actions.save_view(by=request.user, at=timezone.now(), ledger=ledger, name=name, query=query)
    except BangfuError as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, f"已存为“{name.strip()}”，只有您自己看得到。")
    return redirect(f"{reverse(ledger.id)}?{query}")


@signed_in_page
@require_POST
def delete_view(request: SignedInRequest, pk: int) -> HttpResponse:
    """Forget one of the reader's own views."""
    view = get_object_or_404(SavedView, pk=pk, user=request.user)
    ledger, name = view.ledger, view.name
    actions.delete_view(by=request.user, at=timezone.now(), view=view)
    messages.success(request, f"视图“{name}”已删，里面的名单不受影响。")
    return redirect(ledger if ledger in all_ledgers() else "workbench")
