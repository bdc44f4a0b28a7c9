"""Causes and risks by region and year, the households behind a figure, incidence and income by year."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_GET

from bangfu.access.decorators import permission_required
from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.places import PlaceChoice, choose_place
from bangfu.access.requests import SignedInRequest
from bangfu.access.scope import has_permission, permits, places_of
from bangfu.households.models import Household
from bangfu.households.queries.causes import (
    CauseCount,
    CauseKind,
    CauseRow,
    by_column,
    cause_rows,
    split_by_region,
    with_word,
)
from bangfu.households.queries.incidence import incidence
from bangfu.households.showing.wording import dictionaries
from bangfu.households.snapshots.reading import kept_months

PAGE_SIZE = 50
SMALLEST_SHOWN = 5
_DECEMBER = 12
Words = dict[str, Any]


@permission_required(Permission.METRIC_VIEW)
@require_GET
def cause_matrix(request: SignedInRequest) -> HttpResponse:
    """Causes or risks against regions (``by=region``) or years (``by=year``)."""
    user, place = request.user, request.GET.get("place", "")
    places = choose_place(user, Permission.METRIC_VIEW, place)
    kind, month = _kind(request), _month(request)
    sees = _sees_households(user, place)
    if request.GET.get("by") == "year":
        heads, columns = _years(user, place, kind)
    else:
        heads, columns = _regions(user, places, place, month, kind, split=sees)
    counts = by_column([column for _, column in columns], dictionaries()["main_cause"])
    context = _frame(places, kind, month) | {
        "heading": "致贫原因与风险",
        "by": request.GET.get("by", "region"),
        "heads": heads,
        "rows": [_line(count, [asked for asked, _ in columns], kind, sees=sees) for count in counts],
        "households": [len(column) for _, column in columns],
        "sees": sees,
    }
    return render(request, "households/cause_matrix.html", context)


_Column = tuple[Words, list[CauseRow]]


def _regions(
    user: User, places: PlaceChoice, place: str, month: date | None, kind: CauseKind, *, split: bool
) -> tuple[list[str], list[_Column]]:
    """The regions right below and all of them together; only the latter for who may not see households."""
    rows = cause_rows(user, Permission.METRIC_VIEW, place, month, kind)
    children = places.children if split else ()
    parts = split_by_region(rows, [region.code for region in children])
    then = {"month": f"{month:%Y-%m}"} if month else {}
    whole = {"place": place} if place else {}
    columns = [({**then, "place": region.code}, part) for region, part in zip(children, parts, strict=True)]
    heads = [region.name for region in children] + [f"{places.label}合计"]
    return heads, [*columns, ({**then, **whole}, rows)]


def _years(user: User, place: str, kind: CauseKind) -> tuple[list[str], list[_Column]]:
    """Every December that has a snapshot, and today."""
    months: list[date | None] = [month for month in reversed(kept_months()) if month.month == _DECEMBER]
    whole = {"place": place} if place else {}
    columns = []
    for month in [*months, None]:
        asked = {**whole, **({"month": f"{month:%Y-%m}"} if month else {})}
        columns.append((asked, cause_rows(user, Permission.METRIC_VIEW, place, month, kind)))
    return [f"{month:%Y} 年末" if month else "现在" for month in [*months, None]], columns


def _line(count: CauseCount, asked: Sequence[Words], kind: CauseKind, *, sees: bool) -> Words:
    """A cause with its cells; who may not see households sees no small number and opens no list."""
    cells = []
    for number, conditions in zip(count.cells, asked, strict=True):
        small = not sees and 0 < number < SMALLEST_SHOWN
        query = urlencode({"kind": kind.value, "word": count.word, **conditions})
        cells.append(
            {
                "text": f"不足 {SMALLEST_SHOWN}" if small else f"{number:,}",
                "url": f"{reverse('cause_households')}?{query}" if sees and number else "",
            }
        )
    return {"word": count.word, "cells": cells}


@permission_required(Permission.METRIC_VIEW)
@require_GET
def cause_households(request: SignedInRequest) -> HttpResponse:
    """The households that a cell of the matrix counts, fifty a page; none for who may not see households."""
    place = request.GET.get("place", "")
    places = choose_place(request.user, Permission.METRIC_VIEW, place)
    kind, month, word = _kind(request), _month(request), request.GET.get("word", "")
    rows: list[CauseRow] = []
    if _sees_households(request.user, place):
        rows = with_word(cause_rows(request.user, Permission.METRIC_VIEW, place, month, kind), word)
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    context = _frame(places, kind, month) | {
        "heading": f"{kind.label}：{word}",
        "page": page,
        "households": _named(request.user, list(page.object_list)),
    }
    return render(request, "households/cause_households.html", context)


def _named(user: User, rows: Sequence[CauseRow]) -> list[tuple[CauseRow, Household | None]]:
    """Each counted row with its household of today, if the reader still sees it."""
    visible = Household.objects.visible_to(user, Permission.HOUSEHOLD_VIEW).select_related("village__parent")
    found = {one.uid: one for one in visible.filter(uid__in=[UUID(row.uid) for row in rows])}
    return [(row, found.get(UUID(row.uid))) for row in rows]


@permission_required(Permission.METRIC_VIEW)
@require_GET
def incidence_rate(request: SignedInRequest) -> HttpResponse:
    """Incidence of poverty and average income by year, of one region."""
    granted = places_of(request.user, Permission.METRIC_VIEW)
    place = request.GET.get("place", "") or (granted[0] if granted else "")
    places = choose_place(request.user, Permission.METRIC_VIEW, place)
    context = {
        "heading": "贫困发生率与增收",
        "crumbs": _crumbs(places),
        "years": incidence(request.user, place, timezone.localdate()),
        "place_name": places.label,
        "may_set": has_permission(request.user, Permission.PARAMETER_VIEW),
    }
    return render(request, "households/incidence_rate.html", context)


def _frame(places: PlaceChoice, kind: CauseKind, month: date | None) -> Words:
    return {
        "crumbs": _crumbs(places),
        "stamp": f"数据截至 {month:%Y-%m} 月末快照" if month else "数据截至现在，从登记现数",
        "kinds": list(CauseKind),
        "kind": kind,
        "months": kept_months(),
        "month": month,
    }


def _crumbs(places: PlaceChoice) -> list[Words]:
    here = [*places.ancestors, *([places.current] if places.current else [])]
    return [{"label": region.name, "url": f"?{urlencode({'place': region.code})}"} for region in here]


def _kind(request: SignedInRequest) -> CauseKind:
    asked = request.GET.get("kind", CauseKind.MAIN)
    if asked not in CauseKind.values:
        raise Http404("没有这一种统计。")
    return CauseKind(asked)


def _month(request: SignedInRequest) -> date | None:
    """The month asked for; raises Http404 for one without a snapshot."""
    asked = request.GET.get("month", "")
    if not asked:
        return None
    found = next((month for month in kept_months() if f"{month:%Y-%m}" == asked), None)
    if found is None:
        raise Http404("这个月没有月末快照。")
    return found


def _sees_households(user: User, place: str) -> bool:
    scope = (place,) if place else places_of(user, Permission.METRIC_VIEW)
    return all(permits(user, Permission.HOUSEHOLD_VIEW, code) for code in scope)
