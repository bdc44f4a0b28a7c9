"""The dashboard of money (资金总览)."""

from __future__ import annotations

from datetime import date

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_GET

from bangfu.access.decorators import permission_required
from bangfu.access.permissions import Permission
from bangfu.access.places import choose_place
from bangfu.access.requests import SignedInRequest
from bangfu.access.scope import has_permission
from bangfu.funds.enums.figures import FlowKind
from bangfu.funds.figures import flow_list
from bangfu.funds.queries.dashboard import dashboard
from bangfu.funds.showing.dashboard import cells, kinds_chart, months_chart, rules
from bangfu.ui.formats import minute

_YEARS = 10
_LISTED = (FlowKind.RECEIVED, FlowKind.ALLOCATED, FlowKind.PAID, FlowKind.HOUSEHOLD)


@require_GET
@permission_required(Permission.FUND_VIEW)
def fund_dashboard(request: SignedInRequest) -> HttpResponse:
    """A year's money of a place: sums that open their entries, figures against what is laid down."""
    now = timezone.now()
    today = timezone.localdate(now)
    year = _year(request, today)
    on = today if year == today.year else date(year, 12, 31)
    places = choose_place(request.user, Permission.FUND_VIEW, request.GET.get("place", ""))
    place = places.selected
    board = dashboard(request.user, place, on, today)
    context = {
        "board": board,
        "places": places,
        "year": year,
        "years": range(today.year, today.year - _YEARS, -1),
        "heading": f"{places.label}资金总览",
        "stamp": f"{year} 年度指标，数据截至 {minute(now)}",
        "cells": cells(board, {kind: flow_list(kind)(place, on) for kind in _LISTED}, _claims_url(place, on)),
        "rules": rules(board, now=year == today.year),
        "kinds": kinds_chart(board) if board.by_kind else None,
        "months": months_chart(board) if board.by_month and board.sums[FlowKind.RECEIVED] else None,
        "has_money": board.sums[FlowKind.RECEIVED] > 0,
        "fills": has_permission(request.user, Permission.PARAMETER_VIEW),
        "crumbs": [
            {"label": "资金来源", "url": reverse("fund_source_list")},
            {"label": "资金总览", "url": ""},
        ],
    }
    return render(request, "funds/dashboard.html", context)


def _claims_url(place: str, on: date) -> str:
    """The claims of the calendar year; those returned hold nothing."""
    asked = {"f_claimed_on_from": f"{on.year}-01-01", "f_claimed_on_to": on.isoformat(), "place": place}
    return f"{reverse('claim_list')}?{urlencode({name: text for name, text in asked.items() if text})}"


def _year(request: SignedInRequest, today: date) -> int:
    asked = request.GET.get("year", "")
    if not asked:
        return today.year
    if not asked.isdecimal() or not today.year - _YEARS < int(asked) <= today.year:
        raise Http404("没有这一年。")
    return int(asked)
