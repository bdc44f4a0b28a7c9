"""The gallery: every pattern and every state on one page, with invented data and no database."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET


@require_GET
def gallery(request: HttpRequest) -> HttpResponse:
    """All components; `?density=compact` and `?type=large` show them in other sizes."""
    return render(request, "ui/gallery.html", {})
