"""Addresses of this room: each part of the register brings its own."""

from __future__ import annotations

from django.urls import URLPattern

from bangfu.households.urls import (
    following,
    guarantees,
    households,
    importing,
    income,
    people,
    rounds,
    villages,
    work,
)

urlpatterns: list[URLPattern] = [
    *households.urlpatterns,
    *importing.urlpatterns,
    *income.urlpatterns,
    *work.urlpatterns,
    *guarantees.urlpatterns,
    *following.urlpatterns,
    *villages.urlpatterns,
    *people.urlpatterns,
    *rounds.urlpatterns,
]
