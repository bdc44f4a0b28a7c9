"""Addresses of this room."""

from __future__ import annotations

from django.urls import URLPattern, path

from bangfu.duties.ledgers.excuses import EXCUSES
from bangfu.duties.ledgers.items import DUE_ITEMS, MY_ITEMS
from bangfu.duties.views import calendars, duties, excuses, items
from bangfu.ledgers.views import ledger_view

urlpatterns: list[URLPattern] = [
    path("duties/", ledger_view(DUE_ITEMS), name="due_item_list"),
    path("duties/mine/", items.my_duties, name="my_duties"),
    path("duties/mine/all/", ledger_view(MY_ITEMS), name="my_due_item_list"),
    path("duties/items/<int:pk>/", items.due_item, name="due_item"),
    path("duties/items/<int:pk>/excuse/", excuses.request_excuse, name="request_excuse"),
    path("duties/compliance/", items.duty_compliance, name="duty_compliance"),
    path("duties/excuses/", ledger_view(EXCUSES), name="duty_excuse_list"),
    path("duties/excuses/<uuid:uid>/", excuses.duty_excuse, name="duty_excuse"),
    path("duties/excuses/<uuid:uid>/approve/", excuses.approve_excuse, name="approve_excuse"),
    path("duties/excuses/<uuid:uid>/refuse/", excuses.refuse_excuse, name="refuse_excuse"),
    path("duties/excuses/<uuid:uid>/withdraw/", excuses.withdraw_excuse, name="withdraw_excuse"),
    path("duties/rules/", duties.duty_list, name="duty_list"),
    path("duties/rules/change/", duties.change_duty, name="change_duty"),
    path("duties/rules/check/", duties.check_duty, name="check_duty"),
    path("duties/rules/versions/<uuid:uid>/", duties.duty_version, name="duty_version"),
    path("duties/rules/<slug:code>/end/", duties.end_duty, name="end_duty"),
    path("duties/calendar/", calendars.my_calendar, name="my_calendar"),
    path("duties/calendar/open/", calendars.open_calendar, name="open_calendar"),
    path("duties/calendar/close/", calendars.close_calendar, name="close_calendar"),
    path("duties/calendar/<str:secret>.ics", calendars.calendar_feed, name="calendar_feed"),
]
