"""The page of how far needs and offers came."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from bangfu.access.decorators import permission_required
from bangfu.access.permissions import Permission
from bangfu.access.requests import SignedInRequest
from bangfu.access.scope import has_permission
from bangfu.matching.enums import MatchState, Side
from bangfu.matching.queries import Funnel, funnels, rate_asked, years_seen

_STATES = (MatchState.TALKS, MatchState.VISIT, MatchState.SIGNED, MatchState.LANDED, MatchState.DROPPED)
_VIEW = Permission.MATCHING_VIEW


@permission_required(_VIEW)
@require_GET
def matching_board(request: SignedInRequest) -> HttpResponse:
    """Of each kind: registered, published, in talks, visited, signed, landed, dropped, and the rate."""
    today = timezone.localdate()
    years = years_seen(request.user, today)
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isdigit() and int(asked) in years else years[0]
    least = rate_asked(request.user, today)
    context = {
        "year": year,
        "years": years,
        "least": least,
        "rows": [_row(one, least) for one in funnels(request.user, year)],
        "states": [state.label for state in _STATES],
        "records": has_permission(request.user, Permission.MATCHING_RECORD),
        "crumbs": [{"label": "供需对接", "url": ""}],
    }
    return render(request, "matching/matching_board.html", context)


def _row(one: Funnel, least: int) -> dict[str, object]:
    rate = one.rate
    return {
        "kind": one.kind,
        "needs": one.registered.get(Side.NEED, 0),
        "offers": one.registered.get(Side.OFFER, 0),
        "published": one.published.get(Side.NEED, 0),
        "widest": max([one.published.get(Side.NEED, 0), *one.reached.values(), 1]),
        "states": [
            {
                "state": state.value,
                "label": state.label,
                "count": one.reached.get(state, 0),
            }
            for state in _STATES
        ],
        "matched": one.matched,
        "rate": None if rate is None else round(rate, 1),
        "signal": "ok" if rate is not None and rate >= least else "warn",
        "word": "到了" if rate is not None and rate >= least else f"不到 {least}%",
    }
