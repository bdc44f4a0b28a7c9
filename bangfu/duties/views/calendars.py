"""The calendar that a phone subscribes to, and the page that opens and closes it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from bangfu.access.decorators import permission_required, public_page
from bangfu.access.permissions import Permission
from bangfu.access.requests import SignedInRequest
from bangfu.duties.actions import calendars as actions
from bangfu.duties.queries import calendars as queries
from bangfu.duties.showing.deadlines import event_of
from bangfu.duties.showing.feeding import more_events
from bangfu.duties.showing.ical import calendar
from bangfu.duties.views.common import crumbs

_NAME = "帮扶责任"


@permission_required(Permission.DUTY_VIEW)
@require_GET
def my_calendar(request: SignedInRequest) -> HttpResponse:
    """What a subscription shows, and whether there is one."""
    context = {"key": queries.calendar_key(request.user), "crumbs": crumbs("日历订阅")}
    return render(request, "duties/my_calendar.html", context)


@permission_required(Permission.DUTY_VIEW)
@require_POST
def open_calendar(request: SignedInRequest) -> HttpResponse:
    """A new address, shown this once."""
    secret = actions.open_calendar(by=request.user, at=timezone.now())
    address = request.build_absolute_uri(reverse("calendar_feed", args=[secret]))
    key = queries.calendar_key(request.user)
    context = {"key": key, "address": address, "crumbs": crumbs("日历订阅")}
    response = render(request, "duties/my_calendar.html", context)
    response["Cache-Control"] = "no-store"
    return response


@permission_required(Permission.DUTY_VIEW)
@require_POST
def close_calendar(request: SignedInRequest) -> HttpResponse:
    """The address opens no more."""
    actions.close_calendar(by=request.user, at=timezone.now())
    messages.success(request, "日历地址停用了。手机里已有的，下次更新就没有了。")
    return redirect("my_calendar")


@public_page
@require_GET
def calendar_feed(request: SignedInRequest, secret: str) -> HttpResponse:
    """The person's deadlines as a calendar: counts and places, no names; what upper rooms add."""
    user = queries.user_of_secret(secret)
    now = timezone.now()
    page = request.build_absolute_uri(reverse("my_duties"))
    today = timezone.localdate(now)
    events = [event_of(each, str(user.uid), page) for each in queries.deadlines(user, today)]
    events += more_events(user, today, request.build_absolute_uri)
    response = HttpResponse(
        calendar(_NAME, events, queries.computed_at() or now), content_type="text/calendar; charset=utf-8"
    )
    response["Cache-Control"] = "private, no-store"
    response["Referrer-Policy"] = "no-referrer"
    return response
