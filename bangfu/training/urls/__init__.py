"""Addresses of this room: each part brings its own."""

from __future__ import annotations

from django.urls import URLPattern

from bangfu.training.urls import courses, people, services

urlpatterns: list[URLPattern] = [
    *courses.urlpatterns,
    *people.urlpatterns,
    *services.urlpatterns,
]
