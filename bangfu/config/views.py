"""The workbench, display preferences and the health check."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET


@require_GET
def workbench(request: HttpRequest) -> HttpResponse:
    """What the signed-in person has to do, and where to begin."""
    return render(request, "ui/base.html", {})


@require_GET
def health(request: HttpRequest) -> JsonResponse:
    """Whether the application answers; says nothing about the data."""
    return JsonResponse({"ok": True})


@require_GET
def preference(request: HttpRequest) -> HttpResponse:
    """Set money unit or type size, and go back."""
    return HttpResponse(status=204)
