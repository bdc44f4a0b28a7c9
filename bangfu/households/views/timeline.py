"""A household's time line: all of it, or one kind."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_GET

from bangfu.access.decorators import permission_required
from bangfu.access.permissions import Permission
from bangfu.access.requests import SignedInRequest
from bangfu.households.queries.timeline import HappeningKind
from bangfu.households.showing.timeline import timeline_shown
from bangfu.households.views.file_head import crumbs_of
from bangfu.households.views.looking import look_at

_CARD = "timeline"


@require_GET
@permission_required(Permission.HOUSEHOLD_VIEW)
def household_timeline(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """What happened (``?kind=``) as recorded when a day (``?on=``) was over; htmx gets the card alone."""
    look = look_at(request, uid)
    kind = request.GET.get("kind", "")
    if kind not in ("", *HappeningKind.values):
        raise Http404("没有这一类。")
    on = look.day.isoformat() if look.day else ""
    shown = timeline_shown(look.household, request.user, look.recorded_at, kind=kind, on=on)
    file = reverse("household_file", args=[look.household.uid])
    context = shown | {
        "heading": f"{look.household.head_name}户的时间线",
        "stamp": f"{on} 登记的样子" if on else "",
        "crumbs": crumbs_of(look.household, "时间线"),
        "back_url": f"{file}?on={on}" if on else file,
    }
    partial = request.htmx and request.htmx.target == _CARD
    template = "households/timeline_card.html" if partial else "households/household_timeline.html"
    response = render(request, template, context)
    patch_vary_headers(response, ("HX-Request", "HX-Target"))
    return response
