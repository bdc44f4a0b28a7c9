"""Pages: what was reached of all targets of a year, also as paper and workbook; reading the records."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from bangfu.access.addresses import client_address
from bangfu.access.decorators import permission_required
from bangfu.access.permissions import Permission
from bangfu.access.requests import SignedInRequest
from bangfu.access.scope import has_permission, places_of
from bangfu.access.steps import step_from, step_page
from bangfu.targets.actions import targets as actions
from bangfu.targets.forms import CountyForm
from bangfu.targets.queries import Board, boards, counties_to_read, live_targets, years_seen
from bangfu.targets.showing import board_lines, board_paper, board_workbook
from bangfu.targets.views.crumbs import to_board
from bangfu.ui.downloads import workbook_file
from bangfu.ui.paper_files import answer_paper

_VIEW, _MANAGE = Permission.TARGET_VIEW, Permission.TARGET_MANAGE


@permission_required(_VIEW)
@require_GET
def target_board(request: SignedInRequest) -> HttpResponse:
    """The targets of a year: wanted, reached, the share, a year before."""
    year = _year(request)
    context = {
        "year": year,
        "years": years_seen(request.user),
        "lines": board_lines(_boards(request, year), year),
        "manages": has_permission(request.user, _MANAGE),
        "may_export": has_permission(request.user, Permission.EXPORT),
        "crumbs": [{"label": "目标完成情况", "url": ""}],
    }
    return render(request, "targets/target_board.html", context)


@permission_required(_MANAGE)
@require_http_methods(["GET", "POST"])
def read_targets(request: SignedInRequest) -> HttpResponse:
    """Read the records of a county now."""
    form = CountyForm(counties_to_read(request.user), request.POST or None)
    about = "把执行中的目标要用的记录数一遍，各村、各乡镇都数；每个月底前取一次，月度、季度的数就都有。"
    step = step_from(to_board(), "取数", about, "取数")

    def act(data: dict[str, Any]) -> actions.Taken:
        return actions.read_targets(by=request.user, at=timezone.now(), place=data["county"].code)

    return step_page(request, step, form, act, _taken)


@require_GET
@permission_required(_VIEW)
def print_target_board(request: SignedInRequest) -> HttpResponse:
    """The table for the wall, PDF or Word."""
    year = _year(request)
    paper = board_paper(_boards(request, year), year, "")
    back = f"{reverse('target_board')}?year={year}"
    return answer_paper(
        request, paper, paper.title, back, lambda form: _note(request, "print_target_board", form)
    )


@permission_required(Permission.EXPORT)
@require_GET
def export_target_board(request: SignedInRequest) -> HttpResponse:
    """The table with every place and period, as a workbook."""
    year = _year(request)
    stamp = f"{request.user.name} {timezone.localtime():%Y-%m-%d %H:%M} 导出"
    content = board_workbook(_boards(request, year), year, stamp)
    _note(request, "export_target_board", "xlsx")
    return workbook_file(content, f"{year}年目标完成情况.xlsx")


def _note(request: SignedInRequest, verb: str, form: str) -> None:
    place = next(iter(places_of(request.user, _VIEW)), "")
    actions.take_targets(
        by=request.user,
        at=timezone.now(),
        verb=verb,
        place=place,
        form=form,
        address=client_address(request),
    )


def _taken(taken: actions.Taken) -> tuple[str, str]:
    left = f"您数不全的没有动：{'、'.join(taken.left)}。" if taken.left else ""
    return f"取了 {taken.read} 个口径的数。{left}", reverse("target_board")


def _year(request: SignedInRequest) -> int:
    asked = request.GET.get("year", "")
    return int(asked) if asked.isdigit() and len(asked) == 4 else timezone.localdate().year


def _boards(request: SignedInRequest, year: int) -> list[Board]:
    return boards(request.user, live_targets(request.user, year), timezone.localdate())
