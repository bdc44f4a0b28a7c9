"""Addresses of this room: each part brings its own."""

from __future__ import annotations

from django.urls import URLPattern

from bangfu.support.urls import meetings, reports, supervision, teams, ties, visits

urlpatterns: list[URLPattern] = [
    *meetings.urlpatterns,
    *reports.urlpatterns,
    *supervision.urlpatterns,
    *teams.urlpatterns,
    *ties.urlpatterns,
    *visits.urlpatterns,
]
