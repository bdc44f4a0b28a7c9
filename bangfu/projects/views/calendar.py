"""The calendar of deadlines of projects: a month as a list, and as a file for a phone's calendar."""

from __future__ import annotations

from datetime import date, timedelta

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from bangfu.access.decorators import permission_required
from bangfu.access.permissions import Permission
from bangfu.access.requests import SignedInRequest
from bangfu.access.scope import has_permission
from bangfu.duties.showing.ical import calendar
from bangfu.projects.queries.deadlines import Deadline, deadlines_between, month_of
from bangfu.projects.showing.deadline_events import deadline_event
from bangfu.projects.views.records import crumbs_of
from bangfu.ui.downloads import saved_file


def _month(request: SignedInRequest) -> date:
    """The asked month; raises Http404 for no month."""
    asked = request.GET.get("month")
    if not asked:
        return timezone.localdate()
    try:
        return date.fromisoformat(f"{asked}-01")
    except ValueError as wrong:
        raise Http404("没有这个月份。") from wrong


@require_GET
@permission_required(Permission.PROJECT_VIEW)
def project_calendar(request: SignedInRequest) -> HttpResponse:
    """What is due in a month, by day; ``?format=ics`` as a file for the calendar of a phone."""
    first, last = month_of(_month(request))
    found = deadlines_between(request.user, first, last)
    if request.GET.get("format") == "ics":
        return _file(request, found, f"{first:%Y-%m}")
    days: dict[date, list[Deadline]] = {}
    for each in found:
        days.setdefault(each.on, []).append(each)
    context = {
        "first": first,
        "before": f"{first - timedelta(days=1):%Y-%m}",
        "after": f"{last + timedelta(days=1):%Y-%m}",
        "month": f"{first:%Y-%m}",
        "days": days,
        "total": len(found),
        "today": timezone.localdate(),
        "may_subscribe": has_permission(request.user, Permission.DUTY_VIEW),
        "crumbs": [*crumbs_of(), {"label": "期限日历", "url": ""}],
    }
    return render(request, "projects/project_calendar.html", context)


def _file(request: SignedInRequest, found: list[Deadline], month: str) -> HttpResponse:
    events = [deadline_event(each, request.build_absolute_uri) for each in found]
    text = calendar(f"项目期限 {month}", events, timezone.now())
    return saved_file(text.encode(), "text/calendar; charset=utf-8", f"项目期限 {month}.ics")
