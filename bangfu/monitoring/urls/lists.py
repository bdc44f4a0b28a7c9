"""Addresses of the lists' calendar, of the results for departments, and of how good rules are."""

from __future__ import annotations

from django.urls import path

from bangfu.monitoring.views import list_calendar, precision

urlpatterns = [
    path("lists/calendar/", list_calendar.list_calendar, name="list_calendar"),
    path("lists/<slug:dataset>/require/", list_calendar.set_list_requirement, name="set_list_requirement"),
    path("lists/<slug:dataset>/remind/", list_calendar.remind_list, name="remind_list"),
    path("lists/<slug:dataset>/results/", list_calendar.list_results, name="list_results"),
    path("lists/<slug:dataset>/results/export/", list_calendar.export_results, name="export_results"),
    path("lists/<slug:dataset>/results/return/", list_calendar.return_results, name="return_results"),
    path("clues/precision/", precision.rule_precision, name="rule_precision"),
]
