"""What the program does not do, on purpose."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from bangfu.access.compliance import ABSENT_FUNCTIONS, CONTROLS
from bangfu.access.decorators import signed_in_page


@signed_in_page
@require_GET
def compliance(request: HttpRequest) -> HttpResponse:
    """The functions that do not exist, and the controls with their place and test."""
    context = {"absent": ABSENT_FUNCTIONS, "controls": CONTROLS}
    return render(request, "access/compliance.html", context)
