"""How long the main loop takes, by region and by month (C-188)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_GET

from bangfu.access.decorators import permission_required
from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.places import PlaceChoice, choose_place
from bangfu.access.requests import SignedInRequest
from bangfu.access.scope import permits, places_of
from bangfu.monitoring.enums.figures import Stage
from bangfu.monitoring.queries.timeliness_counts import Counted, Tally, count_timeliness
from bangfu.monitoring.showing.timeliness import HEADS, Line, table
from bangfu.ui.formats import minute

MONTHS = 12
_NONE = {stage: Tally() for stage in Stage}


@permission_required(Permission.METRIC_VIEW)
@require_GET
def timeliness(request: SignedInRequest) -> HttpResponse:
    """Number, median days, share within the limit and what is overdue, of each stage."""
    now, user, place = timezone.now(), request.user, request.GET.get("place", "")
    places = choose_place(user, Permission.METRIC_VIEW, place)
    today = timezone.localdate(now)
    months = months_back(today, MONTHS)
    month = _month(request, months)
    regions = [region.code for region in places.children]
    chosen = count_timeliness(user, place, today, regions=regions, months=[month] if month else months)
    by_month = count_timeliness(user, place, today, months=months).by_month if month else chosen.by_month
    sees = sees_cases(user, place)
    shared = bool(request.GET.get("shared")) or not sees
    asked = _asked(month, months) if sees else None
    context = {
        "heading": f"{places.label}时效",
        "stamp": f"数据截至 {minute(now)}，从个案现数",
        "crumbs": crumbs_of(places),
        "stages": Stage.labels,
        "heads": [head for _ in Stage for head in HEADS],
        "regions": table(_region_lines(places, place, chosen, asked), shared=shared),
        "by_month": table(_month_lines(months, by_month, place, sees=sees), shared=shared),
        "months": months,
        "month": month,
        "shared": shared,
        "sees": sees,
    }
    return render(request, "monitoring/figures/timeliness.html", context)


def months_back(today: date, count: int) -> list[str]:
    """The month of ``today`` and those before it, the newest first, as 2026-11."""
    last = today.year * 12 + today.month - 1
    return [f"{month // 12}-{month % 12 + 1:02d}" for month in range(last, last - count, -1)]


def _month(request: SignedInRequest, months: list[str]) -> str:
    asked = request.GET.get("month", "")
    if asked and asked not in months:
        raise Http404(f"时效只数最近 {len(months)} 个月发现的。")
    return asked


def sees_cases(user: User, place: str) -> bool:
    """Whether the user sees the cases behind the numbers of ``place`` (empty: of all places counted)."""
    scope = (place,) if place else places_of(user, Permission.METRIC_VIEW)
    return all(permits(user, Permission.CASE_VIEW, code) for code in scope)


def _asked(month: str, months: list[str]) -> dict[str, str]:
    """The conditions of a list: one month, or all that are counted."""
    return {"f_month": month} if month else {"f_since_from": f"{months[-1]}-01"}


def _region_lines(
    places: PlaceChoice, place: str, counted: Counted, asked: dict[str, str] | None
) -> list[Line]:
    """The regions in the order of their codes, then all together."""
    lines = [
        Line(
            region.code,
            region.name,
            f"?{urlencode({'place': region.code})}",
            counted.by_region.get(region.code, _NONE),
            None if asked is None else asked | {"place": region.code},
        )
        for region in sorted(places.children, key=lambda one: one.code)
    ]
    here = {"place": place} if place else {}
    whole = None if asked is None else asked | here
    return [*lines, Line("", f"{places.label}合计", "", counted.whole, whole)]


def _month_lines(months: list[str], tallies: Any, place: str, *, sees: bool) -> list[Line]:
    here = {"place": place} if place else {}
    return [
        Line(
            month,
            month,
            f"?{urlencode({**here, 'month': month})}",
            tallies.get(month, _NONE),
            {"f_month": month, **here} if sees else None,
        )
        for month in months
    ]


def crumbs_of(places: PlaceChoice) -> list[dict[str, str]]:
    """The way down to the region of the page."""
    here = [*places.ancestors, *([places.current] if places.current else [])]
    return [{"label": region.name, "url": f"?{urlencode({'place': region.code})}"} for region in here]
