"""The holiday tables."""

from __future__ import annotations

from itertools import groupby

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from bangfu.access.decorators import permission_required
from bangfu.access.permissions import Permission
from bangfu.access.requests import SignedInRequest
from bangfu.access.scope import has_permission
from bangfu.core.errors import BangfuError
from bangfu.workflow.actions import holidays
from bangfu.workflow.calendars import TableDay, calendar_now, table_days
from bangfu.workflow.forms_definitions import HolidayForm
from bangfu.workflow.holiday_tables import read_table


@permission_required(Permission.FLOW_VIEW)
@require_GET
def holiday_list(request: SignedInRequest) -> HttpResponse:
    """The tables in force, by year, and the years that still lack one."""
    today = timezone.localdate()
    wanted = [today.year, today.year + 1]
    context = {
        "years": _by_year(),
        "lacking": [year for year in wanted if year not in calendar_now().years],
        "may_load": has_permission(request.user, Permission.FLOW_MANAGE),
    }
    return render(request, "workflow/holiday_list.html", context)


@permission_required(Permission.FLOW_MANAGE)
@require_http_methods(["GET", "POST"])
def load_holidays(request: SignedInRequest) -> HttpResponse:
    """Put in the table of a year."""
    following = timezone.localdate().year + 1
    form = HolidayForm(request.POST or None, request.FILES or None, initial={"year": following})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            moved = holidays.load_holidays(
                by=request.user,
                at=timezone.now(),
                year=given["year"],
                days=read_table(given["text"]),
                basis=given["basis"],
                grade=given["grade"],
            )
        except BangfuError as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, f"{given['year']} 年的表装好了，{moved} 件在办的期限跟着变了。")
            return redirect("holiday_list")
    tables = [days[0] for year, days in _by_year() if year >= following - 1]
    return render(request, "workflow/load_holidays.html", {"form": form, "tables": tables})


def _by_year() -> list[tuple[int, list[TableDay]]]:
    """The days of each year's table, the newest year first."""
    years = [(year, list(days)) for year, days in groupby(table_days(), key=lambda each: each.day.year)]
    return sorted(years, key=lambda one: one[0], reverse=True)
