"""The page, the workbook and the paper of every ledger, and the reader's own views."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_GET, require_POST

from bangfu.access.decorators import permission_required, signed_in_page
from bangfu.access.permissions import Permission
from bangfu.access.requests import SignedInRequest
from bangfu.access.scope import has_permission
from bangfu.core.errors import BangfuError
from bangfu.ledgers import actions
from bangfu.ledgers.asking import COUNTS, Asked, asked
from bangfu.ledgers.definition import Ledger, ledger_of, register
from bangfu.ledgers.exporting import workbook
from bangfu.ledgers.models import LedgerExport, SavedView
from bangfu.ledgers.papers import PAPER_ROWS, paper
from bangfu.ledgers.queries import exportable, ordering, preset_counts, read_page, saved_views, totals_of
from bangfu.ledgers.screen import context, views_bar
from bangfu.ui.formats import minute

View = Callable[[SignedInRequest], HttpResponseBase]
_PARTIAL = "ledger"


def ledger_view(ledger: Ledger) -> View:
    """The view of a ledger: its page, ``?format=xlsx`` its workbook, ``?print=1`` its paper."""
    register(ledger)

    @permission_required(ledger.permission)
    @require_GET
    def view(request: SignedInRequest) -> HttpResponseBase:
        return answer_ledger(request, ledger)

    return view


def answer_ledger(request: SignedInRequest, ledger: Ledger) -> HttpResponseBase:
    """What the address asks of a ledger, for a view that has asked for the permission."""
    question = asked(ledger, request)
    if request.GET.get("format") == "xlsx":
        return _workbook(request, question)
    if request.GET.get("print"):
        return _paper(request, question)
    if request.GET.get(COUNTS):
        return _counted_views(request, question)
    return _page(request, question)


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


def _counted_views(request: SignedInRequest, question: Asked) -> HttpResponse:
    """The bar of views with the number of rows behind each preset: fetched once the page is there."""
    counts = preset_counts(question.ledger, request.user)
    shown = views_bar(question, saved_views(request.user, question.ledger), counts)
    # 里面的链接照着网址写；“counts”不是条件，不带进去
    conditions = request.GET.copy()
    del conditions[COUNTS]
    request.GET = QueryDict(conditions.urlencode())
    return render(request, "ledgers/views_bar.html", shown)


def _workbook(request: SignedInRequest, question: Asked) -> HttpResponseBase:
    _must_export(request)
    at = timezone.now()
    rows = exportable(question.ledger, request.user, question.rows())
    totals, count = totals_of(rows, question.columns)
    if count > question.ledger.export_at_once:
        job = actions.request_export(by=request.user, at=at, asked=question)
        messages.info(request, f"有 {count:,} 行，正在后台做。做好了会通知您，在这里下载，保留 7 天。")
        return redirect("job_page", uid=job.uid)
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
        return _too_many_to_print(request, question, count)
    actions.export_ledger(by=request.user, at=at, asked=question, count=count, paper=True)
    ordered = rows.order_by(*ordering(question.ledger, question.sort))
    return render(request, "ledgers/print.html", paper(question, ordered, totals, count, at))


def _must_export(request: SignedInRequest) -> None:
    if not has_permission(request.user, Permission.EXPORT):
        raise PermissionDenied(f"需要的权限：{Permission.EXPORT.label}。")


def _too_many_to_print(request: SignedInRequest, question: Asked, count: int) -> HttpResponse:
    limit = f"有 {count:,} 行，一次最多打印 {PAPER_ROWS:,} 行，没有打印。"
    messages.warning(request, f"{limit}请选一个乡镇或村，或者加条件，再打印。")
    query = question.params.copy()
    for name in ("format", "print"):
        query.pop(name, None)
    return redirect(f"{question.ledger.url}?{query.urlencode()}")


@signed_in_page
@require_GET
def download_export(request: SignedInRequest, uid: UUID) -> HttpResponseBase:
    """A workbook that a worker made for the reader."""
    export = get_object_or_404(LedgerExport, uid=uid, user=request.user)
    content = actions.download_export(by=request.user, at=timezone.now(), export=export)
    stamp = timezone.localtime(export.asked_at).strftime("%Y%m%d-%H%M")
    ledger = ledger_of(export.ledger, request.user)
    name = f"{ledger.title if ledger else export.ledger}-{stamp}.xlsx"
    return FileResponse(BytesIO(content), as_attachment=True, filename=name)


@signed_in_page
@require_POST
def save_view(request: SignedInRequest) -> HttpResponse:
    """Keep the address under a name, and show the ledger again with what was asked."""
    ledger = ledger_of(request.POST.get("ledger", ""), request.user)
    if ledger is None:
        raise Http404("没有这本台账。")
    name, query = request.POST.get("name", ""), request.POST.get("query", "")
    try:
        actions.save_view(by=request.user, at=timezone.now(), ledger=ledger, name=name, query=query)
    except BangfuError as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, f"已存为“{name.strip()}”，只有您自己看得到。")
    return redirect(f"{ledger.url}?{query}")


@signed_in_page
@require_POST
def delete_view(request: SignedInRequest, pk: int) -> HttpResponse:
    """Forget one of the reader's own views."""
    view = get_object_or_404(SavedView, pk=pk, user=request.user)
    ledger, name = ledger_of(view.ledger, request.user), view.name
    actions.delete_view(by=request.user, at=timezone.now(), view=view)
    messages.success(request, f"视图“{name}”已删，里面的名单不受影响。")
    return redirect(ledger.url if ledger else "workbench")
