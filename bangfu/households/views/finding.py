"""The page that finds a household."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from bangfu.access.decorators import permission_required
from bangfu.access.permissions import Permission
from bangfu.access.requests import SignedInRequest
from bangfu.households.queries.finding import MOST, find


@require_GET
@permission_required(Permission.HOUSEHOLD_VIEW)
def find_page(request: SignedInRequest) -> HttpResponse:
    """One box; what was typed last is answered below it, as one types or on Enter."""
    text = request.GET.get("q", "").strip()
    context = {
        "q": text,
        "found": find(request.user, text),
        "most": MOST,
        "crumbs": [{"label": "找户", "url": ""}],
    }
    # 边打边找只换结果
    partial = request.htmx and request.htmx.target == "hits"
    return render(request, "households/find_hits.html" if partial else "households/find.html", context)
