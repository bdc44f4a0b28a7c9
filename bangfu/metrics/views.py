"""The overview (概览与口径) and what a number means."""

from __future__ import annotations

from datetime import datetime

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_GET

from bangfu.access.decorators import permission_required
from bangfu.access.permissions import Permission
from bangfu.access.places import PlaceChoice, choose_place
from bangfu.access.requests import SignedInRequest
from bangfu.access.scope import has_permission
from bangfu.metrics import screen
from bangfu.metrics.registry import Metric, metric_for
from bangfu.ui.formats import minute


@permission_required(Permission.METRIC_VIEW)
@require_GET
def metric_list(request: SignedInRequest) -> HttpResponse:
    """The headline numbers, one of them by region, and every metric with its definition."""
    now = timezone.now()
    asked = _question(request, now)
    places = choose_place(asked.user, Permission.METRIC_VIEW, asked.place)
    metrics = screen.known_to(asked.user)
    chosen = _chosen(request, metrics)
    context = {
        "heading": f"{places.label}概览",
        "crumbs": _crumbs(places, chosen),
        "stamp": f"数据截至 {minute(now)}，从台账现数",
        "cells": screen.strip(metrics, asked),
        "metrics": [(one, screen.why_address(one, asked)) for one in metrics],
        "chosen": chosen,
        "asked": asked,
        "sees_households": screen.sees_households(asked.user, asked.place),
        "twin": screen.twin(chosen, asked, places) if chosen and places.children else None,
        "twin_columns": ("分子", "分母") if chosen and chosen.ratio_of else (),
    }
    return render(request, "metrics/metric_list.html", context)


@permission_required(Permission.METRIC_VIEW)
@require_GET
def metric_why(request: SignedInRequest, id: str) -> HttpResponse:
    """Definition, sum and lists of one number; as a panel, or as a page without JavaScript."""
    metric = metric_for(request.user, id)
    if metric is None or not has_permission(request.user, metric.permission):
        raise Http404("没有这个口径。")
    asked = _question(request, timezone.now())
    places = choose_place(asked.user, metric.permission, asked.place)
    context = {"why": screen.why(metric, asked, places.label), "crumbs": _crumbs(places, metric)}
    panel = request.htmx and request.htmx.target == "panel"
    return render(request, "ui/parts/why.html" if panel else "metrics/metric_why.html", context)


def _question(request: SignedInRequest, at: datetime) -> screen.Question:
    place = request.GET.get("place", "")
    shared = screen.is_shared(request.user, place, request.GET.get("shared") == "1")
    return screen.Question(request.user, place, timezone.localdate(at), shared)


def _chosen(request: SignedInRequest, metrics: list[Metric]) -> Metric | None:
    """The metric of the map: the one asked for, else the first headline."""
    asked = request.GET.get("metric", "")
    by_id = {metric.id: metric for metric in metrics}
    if asked and asked not in by_id:
        raise Http404("没有这个口径。")
    headline = next((metric for metric in metrics if metric.headline), metrics[0] if metrics else None)
    return by_id.get(asked, headline)


def _crumbs(places: PlaceChoice, metric: Metric | None) -> list[dict[str, str]]:
    here = [*places.ancestors, *([places.current] if places.current else [])]
    fixed = {"metric": metric.id} if metric else {}
    return [{"label": one.name, "url": f"?{urlencode({**fixed, 'place': one.code})}"} for one in here]
