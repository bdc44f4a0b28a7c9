"""The room's first page (C-001, C-002, C-003, C-202)."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from bangfu.access.decorators import permission_required
from bangfu.access.permissions import Permission
from bangfu.access.places import PlaceChoice, choose_place
from bangfu.access.requests import SignedInRequest
from bangfu.access.scope import has_permission
from bangfu.training.queries.calendar import MONTHS, missing, year_of_training
from bangfu.training.queries.totals import effects_in, tables_of, times_in
from bangfu.training.showing.home import (
    address,
    calendar_rows,
    service_cells,
    tabs_of,
    total_tables,
    training_cells,
    years_around,
)

VIEW, SERVICE = Permission.TRAINING_VIEW, Permission.SERVICE_VIEW


@require_GET
@permission_required(VIEW, SERVICE)
def training(request: SignedInRequest) -> HttpResponse:
    """A year of training at a place, and the services that wait; ``?year=`` and ``?place=``."""
    sees = has_permission(request.user, VIEW)
    places = choose_place(request.user, VIEW if sees else SERVICE, request.GET.get("place", ""))
    place = places.current.code if places.current else ""
    year = asked_year(request)
    cells = training_cells(request.user, place, year) if sees else []
    if has_permission(request.user, SERVICE):
        cells += service_cells(request.user, place)
    context: dict[str, Any] = {
        "tabs": tabs_of(request.user),
        "cells": cells,
        "sees": sees,
        "asks": has_permission(request.user, Permission.SERVICE_ASK),
        "year": year,
        "years": years_around(timezone.localdate()),
        "places": places,
        "crumbs": [{"label": one.name, "url": f"?place={one.code}"} for one in places.ancestors],
    }
    if sees:
        context |= _of_year(request, places, place, year)
    return render(request, "training/training.html", context)


def asked_year(request: SignedInRequest) -> int:
    """The year of the address, else this one."""
    today, asked = timezone.localdate(), request.GET.get("year", "")
    return int(asked) if asked.isdecimal() and int(asked) in years_around(today) else today.year


def _of_year(request: SignedInRequest, places: PlaceChoice, place: str, year: int) -> dict[str, Any]:
    today = timezone.localdate()
    lines = year_of_training(request.user, places.current, year, today)
    rows = times_in(request.user, place, year)
    return {
        "months": list(MONTHS),
        "lines": calendar_rows(lines, place, year, today),
        "missing": [(one.audience, *one.words(today)) for one in missing(lines, today)],
        "tables": total_tables(tables_of(rows), place, year),
        "effects": [
            (effect.label, number, address("follow_up_list", place, effect=effect.value, year=str(year)))
            for effect, number in effects_in(request.user, place, year)
        ],
    }
