"""The gallery: every pattern and every state on one page, with invented data and no database."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from bangfu.ui.samples import Sample, samples

PARTS = {
    "why": "ui/parts/why.html",
    "unmask": "ui/parts/unmask.html",
    "job": "ui/parts/progress.html",
}
PAGES = {
    "ledger": "ui/ledger.html",
    "file": "ui/gallery_file.html",
    "paper": "ui/gallery_paper.html",
    "plain": "ui/gallery_plain.html",
}


@require_GET
def gallery(request: HttpRequest) -> HttpResponse:
    """All components; `?density=compact` and `?type=large` show them in other sizes."""
    return render(request, "ui/gallery.html", {**samples(), **_sizes(request)})


@require_GET
def gallery_page(request: HttpRequest, name: str) -> HttpResponse:
    """One of the whole pages that others extend."""
    if name not in PAGES:
        raise Http404
    return render(request, PAGES[name], {**samples(), **_sizes(request), "watermark": "何静 11-22 10:20"})


@require_GET
def gallery_part(request: HttpRequest, name: str) -> HttpResponse:
    """What a page fetches while it is open: a panel, the state of long work."""
    if name not in PARTS:
        raise Http404
    return render(request, PARTS[name], samples())


def _sizes(request: HttpRequest) -> Sample:
    asked = {"density": request.GET.get("density"), "type_size": request.GET.get("type")}
    return {name: value for name, value in asked.items() if value}
