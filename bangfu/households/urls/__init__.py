"""Addresses of this room: each part of the register brings its own."""

from __future__ import annotations

from django.urls import URLPattern

from bangfu.households.urls import guarantees, households, importing, income, people, rounds, villages, work

urlpatterns: list[URLPattern] = [
    *households.urlpatterns,
    *importing.urlpatterns,
    *income.urlpatterns,
    *work.urlpatterns,
    *guarantees.urlpatterns,
    *villages.urlpatterns,
    *people.urlpatterns,
    *rounds.urlpatterns,
]
