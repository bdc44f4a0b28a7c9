"""Addresses of this room: each half brings its own."""

from __future__ import annotations

from django.urls import URLPattern

from bangfu.monitoring.urls import cases, clues, declaring, figures, lists, screenings

urlpatterns: list[URLPattern] = [
    *clues.urlpatterns,
    *cases.urlpatterns,
    *screenings.urlpatterns,
    *lists.urlpatterns,
    *declaring.urlpatterns,
    *figures.urlpatterns,
]
