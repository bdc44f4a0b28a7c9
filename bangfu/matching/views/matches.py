"""Pages: a match and its steps."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from bangfu.access.decorators import permission_required
from bangfu.access.permissions import Permission
from bangfu.access.requests import SignedInRequest
from bangfu.access.scope import permits
from bangfu.access.steps import step_from, step_page
from bangfu.matching.actions import matches as actions
from bangfu.matching.enums import LIVING, MatchState
from bangfu.matching.forms import MoveForm, OpenForm, rest_words
from bangfu.matching.kinds import kind_of
from bangfu.matching.models import Match
from bangfu.matching.proposing import rests_of
from bangfu.matching.queries import listing_seen, match_seen, offer_for
from bangfu.matching.showing import match_subject
from bangfu.matching.views.crumbs import to_listings, to_matches

_VIEW, _RECORD = Permission.MATCHING_VIEW, Permission.MATCHING_RECORD
_WAY = (MatchState.TALKS, MatchState.VISIT, MatchState.SIGNED, MatchState.LANDED)


@permission_required(_VIEW)
@require_GET
def match_file(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """A match: both sides, why it was proposed, every step."""
    match = match_seen(request.user, uid)
    kind = kind_of(match.need.kind)
    sides = [
        {
            "label": kind.name(one.side),
            "listing": one,
            "url": reverse("listing_file", args=[one.uid]) if permits(request.user, _VIEW, one.place) else "",
        }
        for one in (match.need, match.offer)
    ]
    context = {
        "match": match,
        "sides": sides,
        "kind": kind,
        "subject": match_subject(match, request.user),
        "steps": _steps(match),
        "events": match.events.select_related("by"),
        "crumbs": [*to_matches(), {"label": match.need.title, "url": ""}],
    }
    return render(request, "matching/match_file.html", context)


def _steps(match: Match) -> list[dict[str, str]]:
    """The way to the landing, with where it stands."""
    done = set(match.events.values_list("state", flat=True))
    living = match.state in LIVING
    return [
        {
            "label": state.label,
            "state": "on" if living and state == match.state else "done" if state in done else "todo",
        }
        for state in _WAY
    ]


@permission_required(_RECORD)
@require_http_methods(["GET", "POST"])
def open_match(request: SignedInRequest, uid: UUID, offer: UUID) -> HttpResponse:
    """Begin talks between a need and an offer."""
    need = listing_seen(request.user, uid, _RECORD)
    found = offer_for(request.user, need, offer, timezone.localdate())
    form = OpenForm(request.POST or None)
    about = f"{need.title}（{need.region.name}）和 {found.title}（{found.region.name}）。"
    step = step_from(to_listings(need), "开始对接", about, "开始")
    act = partial(actions.open_match, by=request.user, at=timezone.now(), need=need, offer=found)
    return step_page(request, step, form, lambda data: act(**data), _then("开始对接"))


@permission_required(_RECORD)
@require_http_methods(["GET", "POST"])
def move_match(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """The next step of a match."""
    match = match_seen(request.user, uid, _RECORD)
    rests = rests_of([match.need, match.offer])
    measure = kind_of(match.need.kind).measure
    rest = rest_words(rests[match.need_id], rests[match.offer_id], measure)
    form = MoveForm(match, rest, request.POST or None)
    about = f"现在是“{match.get_state_display()}”，最近一步 {match.moved_on}。{rest}"
    step = step_from(to_matches(match), "记下一步", about, "存")
    act = partial(actions.move_match, by=request.user, at=timezone.now(), match=match)
    return step_page(request, step, form, lambda data: act(**data), _then("记下了"))


def _then(said: str) -> Any:
    return lambda match: (f"{match.need.title}：{said}。", reverse("match_file", args=[match.uid]))
