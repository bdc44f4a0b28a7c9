"""Pages of the lists' calendar: what is due, the county's own lines, reminders, results for departments."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.http import urlencode
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from bangfu.access.decorators import permission_required
from bangfu.access.permissions import Permission
from bangfu.access.requests import SignedInRequest
from bangfu.access.scope import has_permission
from bangfu.access.steps import taken
from bangfu.core.errors import BangfuError
from bangfu.monitoring.actions import list_calendar as actions
from bangfu.monitoring.forms.list_calendar import RemindForm, RequirementForm
from bangfu.monitoring.queries import list_calendar as queries
from bangfu.monitoring.queries.list_results import judged_facts, may_see_results, months_of_results
from bangfu.monitoring.showing.list_results import HEADS, cells_of, results_workbook
from bangfu.screening.catalogue.loading import load_catalogue
from bangfu.ui.downloads import workbook_file

_SHOWN = 200


@require_GET
@permission_required(Permission.LIST_CALENDAR_VIEW)
def list_calendar(request: SignedInRequest) -> HttpResponse:
    """Every list with what came of the last times it was due."""
    place, today = queries.county_of(request.user), timezone.localdate()
    expected = queries.calendar(place, today)
    lines = [
        {
            "line": one.line,
            "dues": [(due, *due.words(today)) for due in one.dues],
            "latest": one.latest,
            "late": next((due for due in one.dues if due.due_on < today and due.sent_on is None), None),
            "results": may_see_results(request.user, place, one.line.dataset, today),
        }
        for one in expected
    ]
    context = {
        "heading": "部门名单",
        "sentence": "哪个部门、什么名单、几号以前报；报了没有，对着已导入的名单看。",
        "lines": lines,
        "may_manage": has_permission(request.user, Permission.LIST_CALENDAR_MANAGE),
        "crumbs": [{"label": "部门名单", "url": ""}],
    }
    return render(request, "monitoring/clues/list_calendar.html", context)


def _line(place: str, dataset: str, on: date) -> queries.Line:
    line = queries.line_of(place, dataset, on)
    if line is None or dataset not in load_catalogue().datasets:
        raise Http404("没有这种名单。")
    return line


def _crumbs(page: str) -> list[dict[str, str]]:
    return [{"label": "部门名单", "url": reverse("list_calendar")}, {"label": page, "url": ""}]


@require_http_methods(["GET", "POST"])
@permission_required(Permission.LIST_CALENDAR_MANAGE)
def set_list_requirement(request: SignedInRequest, dataset: str) -> HttpResponse:
    """The county's own line for a list."""
    place, today = queries.county_of(request.user), timezone.localdate()
    line = _line(place, dataset, today)
    form = RequirementForm(place, request.POST or None, initial=_opening(line, today))
    if request.method == "POST" and form.is_valid():
        row = taken(
            form,
            lambda: actions.set_list_requirement(
                by=request.user, at=timezone.now(), place=place, dataset=dataset, facts=form.requirement()
            ),
        )
        if row is not None:
            messages.success(request, "报送要求已改，从起始日起按新的算。")
            return redirect("list_calendar")
    context = {
        "form": form,
        "heading": f"{line.title}：报送要求",
        "sentence": f"现在是：{line.department}，{line.words}。依据：{line.basis}（{line.grade}）",
        "submit": "保存",
        "cancel_url": reverse("list_calendar"),
        "crumbs": _crumbs("报送要求"),
    }
    return render(request, "monitoring/clues/list_form.html", context)


def _opening(line: queries.Line, today: date) -> dict[str, Any]:
    return {
        "department": line.department,
        "unit": line.unit,
        "frequency": line.frequency,
        "due_day": line.due_day,
        "due_months": "、".join(map(str, line.due_months)),
        "valid_from": today,
    }


@require_http_methods(["GET", "POST"])
@permission_required(Permission.LIST_CALENDAR_MANAGE)
def remind_list(request: SignedInRequest, dataset: str) -> HttpResponse:
    """Note a reminder; the words to send stand ready to be copied."""
    place, today = queries.county_of(request.user), timezone.localdate()
    line = _line(place, dataset, today)
    due_on = parse_date(request.GET.get("due", "")) or next(line.due_days(today), today)
    form = RemindForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.remind_list(
            by=request.user,
            at=timezone.now(),
            place=place,
            dataset=dataset,
            due_on=due_on,
            **form.cleaned_data,
        )
        messages.success(request, "催报已记下。")
        return redirect("list_calendar")
    words = f"{line.department}：“{line.title}”名单应在 {due_on} 前报送，目前还没有收到，请尽快报来。"
    context = {
        "form": form,
        "heading": f"催报：{line.title}",
        "sentence": "把下面的话发给部门联络员，再记一笔。",
        "words": words,
        "submit": "记下催报",
        "cancel_url": reverse("list_calendar"),
        "crumbs": _crumbs("催报"),
    }
    return render(request, "monitoring/clues/list_form.html", context)


@require_GET
@permission_required(Permission.LIST_CALENDAR_VIEW)
def list_results(request: SignedInRequest, dataset: str) -> HttpResponse:
    """What came of the facts of a list, by month, as the department that sent it may see it."""
    place, month = _results_asked(request, dataset)
    months = months_of_results(place, dataset)
    shown = month or (months[0].month if months else None)
    facts = list(judged_facts(place, dataset, shown)[:_SHOWN]) if shown else []
    context = {
        "line": _line(place, dataset, timezone.localdate()),
        "months": months,
        "shown": next((one for one in months if shown and one.month == shown.replace(day=1)), None),
        "heads": HEADS,
        "rows": [cells_of(fact) for fact in facts],
        "most": _SHOWN,
        "may_return": has_permission(request.user, Permission.LIST_CALENDAR_MANAGE),
        "crumbs": _crumbs("核实结果"),
    }
    return render(request, "monitoring/clues/list_results.html", context)


def _results_asked(request: SignedInRequest, dataset: str) -> tuple[str, date | None]:
    """The county and the month; raises Http404 for a list whose results the person may not see."""
    place, today = queries.county_of(request.user), timezone.localdate()
    _line(place, dataset, today)
    if not may_see_results(request.user, place, dataset, today):
        raise Http404("这种名单的核实结果不归您的单位看。请县帮扶办在报送要求里选上您的单位。")
    asked = request.POST.get("month", "") or request.GET.get("month", "")
    return place, parse_date(f"{asked[:7]}-01")


@require_GET
@permission_required(Permission.LIST_CALENDAR_VIEW)
def export_results(request: SignedInRequest, dataset: str) -> HttpResponse:
    """The same as a workbook."""
    place, month = _results_asked(request, dataset)
    if month is None:
        return redirect("list_results", dataset)
    facts = list(judged_facts(place, dataset, month))
    actions.export_results(
        by=request.user, at=timezone.now(), place=place, dataset=dataset, month=month, count=len(facts)
    )
    return workbook_file(results_workbook(facts, dataset, month), f"results-{dataset}-{month:%Y-%m}.xlsx")


@require_POST
@permission_required(Permission.LIST_CALENDAR_MANAGE)
def return_results(request: SignedInRequest, dataset: str) -> HttpResponse:
    """Mark that a month's results went back to the department."""
    place, month = _results_asked(request, dataset)
    if month is None:
        messages.error(request, "没有说是哪个月，没有记。请先选月份。")
        return redirect("list_results", dataset)
    try:
        count = actions.return_results(
            by=request.user, at=timezone.now(), place=place, dataset=dataset, month=month
        )
    except BangfuError as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, f"已记下反馈 {count} 件。")
    return redirect(f"{reverse('list_results', args=[dataset])}?{urlencode({'month': f'{month:%Y-%m}'})}")
