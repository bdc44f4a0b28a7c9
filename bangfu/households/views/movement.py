"""The movement report of a round: page, paper, workbook (C-048, C-053)."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_GET

from bangfu.access.decorators import permission_required
from bangfu.access.permissions import Permission
from bangfu.access.requests import SignedInRequest
from bangfu.access.scope import has_permission, permits
from bangfu.core.models import Region
from bangfu.households.actions.exporting import export_movement_report as note_export
from bangfu.households.enums import RoundState
from bangfu.households.models import Round
from bangfu.households.queries.movement import gaps
from bangfu.households.queries.movement_report import Report, change_words, progress
from bangfu.households.queries.movement_report import movement_report as report_of
from bangfu.households.queries.rounds import visible_round
from bangfu.households.showing.movement_workbook import movement_workbook
from bangfu.households.views.rounds import round_actions
from bangfu.ui.formats import iso_day, minute

Words = dict[str, Any]


@permission_required(Permission.ROUND_VIEW)
@require_GET
def movement_report(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Opening and closing of the register, the equation between them, and what keeps it from closing."""
    report = _report(request, uid)
    round, missing = report.round, _gaps(request, report)
    context = _context(report) | {
        "cells": _cells(report, lists=has_permission(request.user, Permission.HOUSEHOLD_VIEW)),
        "lists": has_permission(request.user, Permission.HOUSEHOLD_VIEW),
        "gaps": missing,
        "progress": progress(request.user, round, report.place),
        "actions": _actions(request, report, missing),
        "may_decide": permits(request.user, Permission.ROUND_DECIDE, round.place),
        "may_add": has_permission(request.user, Permission.ROUND_DECIDE),
        "crumbs": [
            {"label": "再识别与变动表", "url": reverse("round_list")},
            {"label": round.title, "url": ""},
        ],
    }
    return render(request, "households/movement_report.html", context)


@permission_required(Permission.ROUND_VIEW)
@require_GET
def print_movement_report(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """The report on paper."""
    report = _report(request, uid)
    context = _context(report) | {
        "back_url": f"{reverse('movement_report', kwargs={'uid': uid})}{_query(report)}",
        "printed_by": request.user.actor_label(),
        "printed_at": minute(timezone.now()),
    }
    return render(request, "households/print_movement_report.html", context)


@permission_required(Permission.EXPORT)
@require_GET
def export_movement_report(request: SignedInRequest, uid: UUID) -> FileResponse:
    """The report as a workbook: numbers only, no names."""
    report = _report(request, uid)
    if not has_permission(request.user, Permission.ROUND_VIEW):
        raise PermissionDenied(f"需要的权限：{Permission.ROUND_VIEW.label}。")
    at = timezone.now()
    note_export(by=request.user, at=at, round=report.round, place=report.place)
    stamp = f"{request.user.actor_label()} 导出于 {minute(at)}"
    return FileResponse(
        movement_workbook(report, _place_name(report), stamp),
        as_attachment=True,
        filename=f"{report.round.title}变动表-{timezone.localtime(at):%Y%m%d-%H%M}.xlsx",
    )


def _report(request: SignedInRequest, uid: UUID) -> Report:
    round = visible_round(request.user, uid)
    place = request.GET.get("place", "")
    if place and not Region.objects.filter(code=place).exists():
        raise Http404("没有这个区划。")
    return report_of(request.user, round, place)


def _context(report: Report) -> Words:
    households, persons = report.figures.change
    return {
        "heading": report.round.title,
        "sentence": _sentence(report.round),
        "stamp": f"自然变更登记截至 {minute(report.round.counted_at)}",
        "round": report.round,
        "report": report,
        "place_name": _place_name(report),
        "query": _query(report),
        "tables": (
            {"title": "期初到哪里去了", "lines": report.opening, "gap": report.figures.opening_gap},
            {"title": "期末从哪里来", "lines": report.closing, "gap": report.figures.closing_gap},
        ),
        "equations": [_equation(report.opening), _equation(report.closing)],
        "households_change": change_words(households),
        "persons_change": change_words(persons),
        "closes": report.figures.closes,
    }


def _sentence(round: Round) -> str:
    until = f"期末 {iso_day(round.closed_on)}" if round.closed_on else "还没有关闭"
    return f"{round.year} 年度，期初 {iso_day(round.opened_on)}，{until}。"


def _place_name(report: Report) -> str:
    region = Region.objects.filter(code=report.place or report.round.place).first()
    return region.name if region else ""


def _query(report: Report) -> str:
    return f"?{urlencode({'place': report.place})}" if report.place else ""


def _equation(lines: tuple[Any, ...]) -> list[Any]:
    """The whole and its parts, those that are nothing left out, so that the drawing stays short."""
    whole, *parts = lines
    return [whole, *(part for part in parts if part.households or part.persons)]


def _cells(report: Report, *, lists: bool) -> list[Words]:
    """Opening, what left, what came, closing."""
    households, persons = report.figures.change
    shown = {line.code: line for line in (*report.opening, *report.closing)}
    cells = []
    for code in ("opening", "excluded", "natural_decrease", "returned", "new", "closing"):
        line = shown[code]
        cells.append(
            {
                "word": line.label,
                "number": f"{line.households:,}",
                "unit": "户",
                "made_of": f"{line.persons:,} 人",
                "url": line.households_url if lists else "",
            }
        )
    cells[-1]["made_of"] += f" · 户{change_words(households)} 人{change_words(persons)}"
    return cells


def _gaps(request: SignedInRequest, report: Report) -> list[Words]:
    """What keeps an open round from closing; names only for those who may see households there."""
    if report.round.state != RoundState.OPEN or report.place:
        return []
    named = permits(request.user, Permission.HOUSEHOLD_VIEW, report.round.place)
    if not permits(request.user, Permission.ROUND_VIEW, report.round.place):
        return []
    asked = {"f_round": str(report.round.uid)}
    address = reverse("round_entry_list")
    return [
        {
            "words": f"{gap.count} 户{gap.words}",
            "names": "、".join(gap.names) if named else "",
            "url": f"{address}?{urlencode({**asked, 'f_part': gap.code})}" if gap.code != "unlisted" else "",
        }
        for gap in gaps(report.round)
    ]


def _actions(request: SignedInRequest, report: Report, missing: list[Words]) -> list[Words]:
    address, query = {"uid": report.round.uid}, _query(report)
    found = [
        {"label": "打印", "url": reverse("print_movement_report", kwargs=address) + query, "icon": "printer"}
    ]
    if has_permission(request.user, Permission.EXPORT):
        url = reverse("export_movement_report", kwargs=address) + query
        found.append({"label": "导出", "url": url, "icon": "download"})
    reason = f"还差：{missing[0]['words']}" if missing else ""
    return found + round_actions(request, report.round, reason=reason)
