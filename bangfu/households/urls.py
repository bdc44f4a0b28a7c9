"""Addresses of this room: each part of the register brings its own."""

from __future__ import annotations

from django.urls import URLPattern

from bangfu.households import (
    urls_guarantee,
    urls_household,
    urls_importing,
    urls_income,
    urls_people,
    urls_round,
    urls_village,
    urls_work,
)

urlpatterns: list[URLPattern] = [
    *urls_household.urlpatterns,
    *urls_importing.urlpatterns,
    *urls_income.urlpatterns,
    *urls_work.urlpatterns,
    *urls_guarantee.urlpatterns,
    *urls_village.urlpatterns,
    *urls_people.urlpatterns,
    *urls_round.urlpatterns,
]
