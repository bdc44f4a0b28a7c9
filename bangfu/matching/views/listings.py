"""Pages: a need or an offer with what the rules propose, and its steps."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from bangfu.access.decorators import permission_required
from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.requests import SignedInRequest
from bangfu.access.scope import permits
from bangfu.access.steps import step_from, step_page
from bangfu.households.policies.reach import reaches
from bangfu.matching.actions import listings as actions
from bangfu.matching.enums import ListingState, Side
from bangfu.matching.forms import ChangeForm, CloseForm, ListingForm, ReviewForm
from bangfu.matching.kinds import kind_of, matching_kinds
from bangfu.matching.models import Listing
from bangfu.matching.policies import doubts
from bangfu.matching.proposing import rests_of
from bangfu.matching.queries import listing_seen, matches_of, proposals_for
from bangfu.matching.showing import listing_subject
from bangfu.matching.views.crumbs import to_listings

_VIEW, _RECORD, _REVIEW = (
    Permission.MATCHING_VIEW,
    Permission.MATCHING_RECORD,
    Permission.MATCHING_REVIEW,
)
_ABOUT = "存了就等另一位同事审核，合理的才发布。内容别人看得到，不写姓名、证件号、电话。"


@permission_required(_VIEW)
@require_GET
def listing_file(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """A need or an offer: what it says, whose it is, what the rules propose, what was made of it."""
    listing = listing_seen(request.user, uid)
    today = timezone.localdate()
    context = {
        "listing": listing,
        "kind": kind_of(listing.kind),
        "subject": listing_subject(listing, request.user),
        "whose": _whose(request.user, listing),
        "rest": rests_of([listing])[listing.pk],
        "proposals": proposals_for(request.user, listing, today),
        # 供给提出的需求，只有您能办的那些
        "may_open": listing.side == Side.OFFER or permits(request.user, _RECORD, listing.place),
        "matches": matches_of(request.user, listing),
        "events": listing.events.select_related("by"),
        "doubts": doubts(listing, today) if listing.state == ListingState.SUBMITTED else [],
        "crumbs": [*to_listings(), {"label": listing.title, "url": ""}],
    }
    return render(request, "matching/listing_file.html", context)


def _whose(user: User, listing: Listing) -> dict[str, str]:
    """Whose it is, as far as the person may see the household."""
    home = listing.household
    if home is None:
        return {"name": listing.who or "没有写", "url": ""}
    if not reaches(user, Permission.HOUSEHOLD_VIEW, home):
        return {"name": f"{listing.region.name}一户", "url": ""}
    return {"name": listing.who, "url": reverse("household_file", args=[home.uid])}


@permission_required(_RECORD)
@require_GET
def choose_listing(request: SignedInRequest) -> HttpResponse:
    """Which kind of need or offer is registered."""
    context = {
        "kinds": list(matching_kinds().values()),
        "crumbs": [*to_listings(), {"label": "登记", "url": ""}],
    }
    return render(request, "matching/choose_listing.html", context)


@permission_required(_RECORD)
@require_http_methods(["GET", "POST"])
def register_listing(request: SignedInRequest, kind: str, side: str) -> HttpResponse:
    """A need or an offer of a kind."""
    known = matching_kinds().get(kind)
    if known is None or side not in Side:
        raise Http404("没有这一种供需。")
    form = ListingForm(request.user, known, side, request.POST or None)
    step = step_from(to_listings(), f"登记：{known.name(side)}", _ABOUT, "存，交审核")
    act = partial(actions.register_listing, by=request.user, at=timezone.now())
    return step_page(request, step, form, lambda _: act(facts=form.facts()), _then("登记了，等审核"))


@permission_required(_RECORD)
@require_http_methods(["GET", "POST"])
def change_listing(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Correct one before it is published."""
    listing = listing_seen(request.user, uid, _RECORD)
    form = ChangeForm(request.user, kind_of(listing.kind), listing, request.POST or None)
    step = step_from(to_listings(listing), "改内容", _ABOUT, "存，交审核")
    act = partial(actions.change_listing, by=request.user, at=timezone.now(), listing=listing)

    def do(data: dict[str, Any]) -> Listing:
        return act(version=data["version"], reason=data["reason"], facts=form.facts())

    return step_page(request, step, form, do, _then("改好了，等审核"))


@permission_required(_REVIEW)
@require_http_methods(["GET", "POST"])
def review_listing(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Publish it or return it."""
    listing = listing_seen(request.user, uid, _REVIEW)
    found = "".join(doubts(listing, timezone.localdate()))
    about = f"看看：{found}" if found else "看数量、日期合不合理，有没有写出姓名、电话；合理的发布。"
    return _act(request, listing, ReviewForm, "审核", about, actions.review_listing, "审核好了")


@permission_required(_RECORD)
@require_http_methods(["GET", "POST"])
def close_listing(request: SignedInRequest, uid: UUID) -> HttpResponse:
    """Let it hold no longer."""
    listing = listing_seen(request.user, uid, _RECORD)
    about = "结束以后不再提出对接；签过的都在。"
    return _act(request, listing, CloseForm, "结束", about, actions.close_listing, "结束了")


def _act(
    request: SignedInRequest,
    listing: Listing,
    kind: type[forms.Form],
    heading: str,
    about: str,
    action: Any,
    done: str,
) -> HttpResponse:
    form = kind(request.POST or None, initial={"version": listing.version})
    act = partial(action, by=request.user, at=timezone.now(), listing=listing)
    step = step_from(to_listings(listing), heading, about, "存")
    return step_page(request, step, form, lambda data: act(**data), _then(done))


def _then(said: str) -> Any:
    return lambda listing: (f"{listing.title}：{said}。", reverse("listing_file", args=[listing.uid]))
