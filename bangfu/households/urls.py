"""Addresses of this room: each part of the register brings its own."""

from __future__ import annotations

from django.urls import URLPattern

from bangfu.households import urls_income

urlpatterns: list[URLPattern] = [*urls_income.urlpatterns]
