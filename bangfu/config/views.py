"""The workbench, display preferences and the health check."""

from __future__ import annotations

from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET

from bangfu.access.decorators import public_page, signed_in_page
from bangfu.households.workbench import cells

_CHOICES = {"unit": ("yuan", "wan"), "type": ("normal", "large")}


@signed_in_page
@require_GET
def workbench(request: HttpRequest) -> HttpResponse:
    """What the signed-in person has to do, and where to begin."""
    context = {"cells": cells(request.user), "now": timezone.localtime()}
    return render(request, "config/workbench.html", context)


@public_page
@require_GET
def health(request: HttpRequest) -> JsonResponse:
    """Whether the application and its database answer; says nothing about the data."""
    connection.ensure_connection()
    return JsonResponse({"ok": True})


@signed_in_page
@require_GET
def preference(request: HttpRequest) -> HttpResponse:
    """Keep the money unit or type size that the person chose, and go back to the page."""
    chosen = {key: request.GET[key] for key, known in _CHOICES.items() if request.GET.get(key) in known}
    if chosen:
        request.user.preferences = {**request.user.preferences, **chosen}
        request.user.save(update_fields=["preferences"])
    back = request.GET.get("next", "")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}):
        back = "workbench"
    return redirect(back)
