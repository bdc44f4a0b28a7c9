"""Addresses of screenings."""

from __future__ import annotations

from django.urls import path

from bangfu.monitoring.views import screenings

urlpatterns = [
    path("screenings/", screenings.screening_list, name="screening_list"),
    path("screenings/run/", screenings.run_screening, name="run_screening"),
    path("screenings/<uuid:uid>/", screenings.screening_file, name="screening_file"),
    path("screenings/<uuid:uid>/release/", screenings.release_screening, name="release_screening"),
    path("screenings/<uuid:uid>/discard/", screenings.discard_screening, name="discard_screening"),
]
