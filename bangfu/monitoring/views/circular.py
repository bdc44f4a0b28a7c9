"""The monthly circular as known then: page, list of each figure, paper, workbook (C-048)."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_GET

from bangfu.access.decorators import permission_required
from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.places import choose_place
from bangfu.access.requests import SignedInRequest
from bangfu.access.scope import has_permission, permits, places_of
from bangfu.monitoring.actions import figures as actions
from bangfu.monitoring.enums.clues import ClueState
from bangfu.monitoring.models import Case, Clue
from bangfu.monitoring.queries.circular import Circular, circular_months, count_circular, counted_rows
from bangfu.monitoring.queries.circular_figures import CircularFigure, Row, circular_figure
from bangfu.monitoring.showing.circular import draft, nature, tables
from bangfu.monitoring.showing.circular_workbook import circular_workbook
from bangfu.monitoring.views.figures import crumbs_of, sees_cases
from bangfu.ui.formats import minute
from bangfu.workflow.showing.rows import state_title

PAGE_SIZE = 50
Words = dict[str, Any]


@permission_required(Permission.METRIC_VIEW)
@require_GET
def circular(request: SignedInRequest) -> HttpResponse:
    """The numbers of a month by region, and the draft text."""
    months = circular_months()
    if not months:
        context = {"heading": "月通报", "crumbs": [], "months": []}
        return render(request, "monitoring/figures/circular.html", context)
    month, place = _month(request, months), request.GET.get("place", "")
    places = choose_place(request.user, Permission.METRIC_VIEW, place)
    found = _circular(request, month)
    context = _shown(request, found) | {
        "heading": f"{places.label} {month:%Y-%m} 月通报",
        "stamp": f"按 {month:%Y-%m} 月末快照，后来补记的不算进来",
        "crumbs": crumbs_of(places),
        "months": months,
        "actions": _actions(request),
    }
    return render(request, "monitoring/figures/circular.html", context)


@permission_required(Permission.METRIC_VIEW)
@require_GET
def print_circular(request: SignedInRequest) -> HttpResponse:
    """The circular on paper: to be published, or with ``internal`` for the office that sees the cases."""
    found = _circular(request, _month(request, circular_months()))
    context = _shown(request, found, published=not request.GET.get("internal")) | {
        "back_url": f"{reverse('circular')}?{request.GET.urlencode()}",
        "printed_by": request.user.actor_label(),
        "printed_at": minute(timezone.now()),
    }
    return render(request, "monitoring/figures/print_circular.html", context)


@permission_required(Permission.EXPORT)
@require_GET
def export_circular(request: SignedInRequest) -> FileResponse:
    """The circular as a workbook, numbers only, for who sees the cases behind them; ``internal`` as above."""
    month, place = _month(request, circular_months()), request.GET.get("place", "")
    found = _circular(request, month)
    scope = (place,) if place else places_of(request.user, Permission.METRIC_VIEW)
    if not sees_cases(request.user, place) or not all(
        permits(request.user, Permission.EXPORT, code) for code in scope
    ):
        raise PermissionDenied(f"需要的权限：{Permission.EXPORT.label}、{Permission.CASE_VIEW.label}。")
    internal = bool(request.GET.get("internal"))
    actions.export_circular(by=request.user, at=timezone.now(), month=month, place=place, internal=internal)
    name = f"月通报{'内部件' if internal else ''}-{found.whole.name}-{month:%Y-%m}.xlsx"
    book = circular_workbook(found, shared=not internal)
    return FileResponse(BytesIO(book), as_attachment=True, filename=name)


@permission_required(Permission.METRIC_VIEW)
@require_GET
def circular_list(request: SignedInRequest) -> HttpResponse:
    """The rows that a figure counts, fifty a page; none for who may not see cases there."""
    figure = circular_figure(request.GET.get("figure", ""))
    if figure is None:
        raise Http404("通报里没有这个数。")
    month, place = _month(request, circular_months()), request.GET.get("place", "")
    places = choose_place(request.user, Permission.METRIC_VIEW, place)
    sees = sees_cases(request.user, place)
    rows = counted_rows(request.user, figure, month, place) if sees else []
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "heading": f"{places.label} {month:%Y-%m} {figure.label}",
        "sentence": figure.definition,
        "stamp": f"按 {month:%Y-%m} 月末快照，共 {len(rows)} 件",
        "crumbs": crumbs_of(places),
        "page": page,
        "rows": _named(request.user, figure, list(page.object_list)),
    }
    return render(request, "monitoring/figures/circular_list.html", context)


def _month(request: SignedInRequest, months: list[date]) -> date:
    """The month asked for, else the newest; raises Http404 for one without a snapshot."""
    asked = request.GET.get("month", "")
    found = next((month for month in months if asked in ("", f"{month:%Y-%m}")), None)
    if found is None:
        raise Http404("这个月没有线索和个案的月末快照。")
    return found


def _circular(request: SignedInRequest, month: date) -> Circular:
    """Split by region only for who sees the cases behind the numbers."""
    user, place = request.user, request.GET.get("place", "")
    places = choose_place(user, Permission.METRIC_VIEW, place)
    regions = places.children if sees_cases(user, place) else ()
    return count_circular(user, month, place, places.label, regions)


def _shown(request: SignedInRequest, found: Circular, *, published: bool = False) -> Words:
    sees = sees_cases(request.user, found.place)
    shared = published or bool(request.GET.get("shared")) or not sees
    return {
        "circular": found,
        "month": found.month,
        "tables": tables(found, sees=sees, shared=shared),
        "draft": draft(found, sees=sees, shared=shared),
        "sees": sees,
        "shared": shared,
        "nature": nature(found, shared=shared),
    }


def _actions(request: SignedInRequest) -> list[Words]:
    """The papers to publish; for who sees the cases, those of the office too."""
    asked = {name: request.GET[name] for name in ("month", "place") if request.GET.get(name)}
    sees = sees_cases(request.user, asked.get("place", ""))
    ways = [("打印", "print_circular", "printer")]
    if sees and has_permission(request.user, Permission.EXPORT):
        ways.append(("导出", "export_circular", "download"))
    kinds = [("通报", {}), ("内部件", {"internal": "1"})] if sees else [("通报", {})]
    return [
        {"label": f"{word}{kind}", "url": f"{reverse(name)}?{urlencode(asked | more)}", "icon": icon}
        for word, name, icon in ways
        for kind, more in kinds
    ]


def _named(user: User, figure: CircularFigure, rows: list[Row]) -> list[Words]:
    """Each counted row with what it is today, if the reader still sees it."""
    named = _clues if figure.dataset == "clues" else _cases
    found = named(user, [UUID(row[f"{figure.dataset[:-1]}_uid"]) for row in rows])
    return [found.get(UUID(row[f"{figure.dataset[:-1]}_uid"]), {}) for row in rows]


def _clues(user: User, uids: list[UUID]) -> dict[UUID, Words]:
    rows = Clue.objects.visible_to(user, Permission.CLUE_VIEW).filter(uid__in=uids)
    return {
        clue.uid: {
            "name": str(clue),
            "url": reverse("clue_file", args=[clue.uid]),
            "village": clue.village.name if clue.village else "",
            "day": clue.discovered_on,
            "now": str(ClueState(clue.state).label),
        }
        for clue in rows.select_related("subject", "village")
    }


def _cases(user: User, uids: list[UUID]) -> dict[UUID, Words]:
    rows = Case.objects.visible_to(user, Permission.CASE_VIEW).filter(uid__in=uids)
    return {
        case.uid: {
            "name": str(case),
            "url": reverse("case_file", args=[case.uid]),
            "village": case.household.village.name,
            "day": case.discovered_on,
            "now": state_title(case.run),
        }
        for case in rows.select_related("household__village", "run__definition").defer(
            "run__definition__text"
        )
    }
