"""Traces of a source, a project, a household: the page, its workbook, its paper."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from bangfu.access.addresses import client_address
from bangfu.access.decorators import permission_required
from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.requests import SignedInRequest
from bangfu.access.scope import has_permission, permits
from bangfu.funds.actions.printing import print_trace
from bangfu.funds.queries.household_trace import household_traced, trace_household
from bangfu.funds.queries.project_trace import project_traced, trace_project
from bangfu.funds.queries.source_trace import trace_source
from bangfu.funds.queries.traces import source_seen
from bangfu.funds.showing.pace import pace_words
from bangfu.funds.showing.traces import trace_chart, trace_paper, trace_tables, trace_workbook
from bangfu.funds.terms.steps import Trace
from bangfu.ui.downloads import workbook_file
from bangfu.ui.formats import minute
from bangfu.ui.paper_files import answer_paper

View = Callable[..., HttpResponseBase]
LISTED, PRINTED = 50, 500
"""So many steps of a stage on the page and on paper; the workbook has all."""


@dataclass(frozen=True)
class _Kind:
    """A kind of trace: who may see it, what makes it, the page of what is traced and its word."""

    permission: Permission
    trace: Callable[[User, UUID, int | None], Trace]
    file: str
    file_permission: Permission
    word: str


_KINDS = {
    "source": _Kind(
        Permission.FUND_VIEW,
        lambda user, uid, most: trace_source(user, source_seen(user, uid), most),
        "fund_source_file",
        Permission.FUND_VIEW,
        "指标",
    ),
    "project": _Kind(
        Permission.FUND_VIEW,
        lambda user, uid, most: trace_project(user, project_traced(user, uid), most),
        "project_file",
        Permission.PROJECT_VIEW,
        "项目",
    ),
    "household": _Kind(
        Permission.HOUSEHOLD_VIEW,
        lambda user, uid, most: trace_household(household_traced(user, uid), most),
        "household_file",
        Permission.HOUSEHOLD_VIEW,
        "户",
    ),
}


def trace_page(kind: str) -> View:
    """The page of a trace; ``?format=xlsx`` its workbook for who may export there."""
    what = _KINDS[kind]

    @require_GET
    @permission_required(what.permission)
    def page(request: SignedInRequest, uid: UUID) -> HttpResponse:
        if request.GET.get("format") == "xlsx":
            return trace_file(request, what.trace(request.user, uid, None))
        trace = what.trace(request.user, uid, LISTED)
        context = trace_context(request.user, trace, kind, uid)
        if kind == "project":
            context |= pace_words(request.user, uid, timezone.localdate())
        return render(request, "funds/trace.html", context)

    return page


def print_trace_page(kind: str) -> View:
    """The trace on paper."""
    what = _KINDS[kind]

    @require_GET
    @permission_required(what.permission)
    def page(request: SignedInRequest, uid: UUID) -> HttpResponse:
        trace, at = what.trace(request.user, uid, PRINTED), timezone.now()
        note = partial(print_trace, by=request.user, at=at, trace=trace, address=client_address(request))
        paper = trace_paper(trace, at)
        back = reverse("fund_source_file" if kind == "source" else f"fund_{kind}_trace", args=[uid])
        return answer_paper(request, paper, paper.title, back, lambda form: note(form=form))

    return page


def trace_context(user: User, trace: Trace, kind: str, uid: UUID) -> dict[str, Any]:
    """What ``funds/trace.html`` and pages that show a trace among other things take."""
    here = {"label": f"{trace.title}的资金流向", "url": ""}
    above = {"label": "资金来源", "url": reverse("fund_source_list")}
    return {
        "trace": trace,
        "chart": trace_chart(trace) if trace.flows else None,
        "tables": trace_tables(trace, user),
        "file_url": reverse(_KINDS[kind].file, args=[uid]),
        "sees_file": has_permission(user, _KINDS[kind].file_permission),
        "file_word": _KINDS[kind].word,
        "print_url": reverse(f"print_{kind}_trace", args=[uid]),
        "may_export": permits(user, Permission.EXPORT, trace.place),
        "crumbs": [above, here] if has_permission(user, Permission.FUND_VIEW) else [here],
    }


def trace_file(request: SignedInRequest, trace: Trace) -> HttpResponse:
    """The workbook of a whole trace, for who may export there; raises PermissionDenied."""
    if not permits(request.user, Permission.EXPORT, trace.place):
        raise PermissionDenied(f"需要的权限：{Permission.EXPORT.label}。")
    at: datetime = timezone.now()
    print_trace(by=request.user, at=at, trace=trace, form="xlsx", address=client_address(request))
    stamp = f"{request.user.actor_label()} {minute(at)} 导出"
    return workbook_file(trace_workbook(trace, stamp), f"{trace.title}资金流向.xlsx")
