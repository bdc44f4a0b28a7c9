"""Needs, offers and matches as their pages show them."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.scope import permits
from bangfu.matching.enums import FOLLOWING, ListingState, MatchState
from bangfu.matching.kinds import matching_kinds
from bangfu.matching.models import Listing, Match
from bangfu.ui.formats import exact

Words = dict[str, Any]
VERBS = {
    "register_listing": "登记供需",
    "change_listing": "改供需",
    "review_listing": "审核供需",
    "close_listing": "结束供需",
    "open_match": "开始对接",
    "move_match": "办理对接",
}
_LISTING = {
    ListingState.SUBMITTED: "now",
    ListingState.RETURNED: "warn",
    ListingState.PUBLISHED: "ok",
    ListingState.CLOSED: "off",
}
_MATCH = {
    MatchState.TALKS: "now",
    MatchState.VISIT: "now",
    MatchState.SIGNED: "now",
    MatchState.LANDED: "ok",
    MatchState.DROPPED: "off",
}


def listing_signal(listing: Listing, today: date | None = None) -> tuple[str, str]:
    """Its state as light and word; published ones may be over."""
    today = today or timezone.localdate()
    if listing.state == ListingState.PUBLISHED and listing.valid_to < today:
        return "warn", f"{listing.valid_to} 到期"
    return _LISTING[ListingState(listing.state)], listing.get_state_display()


def match_signal(match: Match, today: date | None = None) -> tuple[str, str]:
    """How far it came as light and word; with the days when nothing happens."""
    if match.is_stale:
        days = ((today or timezone.localdate()) - match.moved_on).days
        return "warn", f"{match.get_state_display()}，{days} 天没有进展"
    return _MATCH[MatchState(match.state)], match.get_state_display()


def kind_title(row: Listing) -> str:
    """What its kind calls its side."""
    kind = matching_kinds().get(row.kind)
    return kind.name(row.side) if kind else row.kind


def amount_words(row: Listing) -> str:
    """How much, with its measure."""
    kind = matching_kinds().get(row.kind)
    return f"{exact(row.quantity)} {kind.measure if kind else ''}".strip()


def listing_subject(listing: Listing, user: User) -> Words:
    """What ``ui/parts/file_head.html`` shows."""
    light, word = listing_signal(listing)
    return {
        "name": listing.title,
        "about": f"{kind_title(listing)} · {listing.sort_name}",
        "signals": [{"kind": light, "word": word}],
        "tags": [listing.get_side_display()],
        "facts": [
            {"label": "哪里", "value": listing.region.name},
            {"label": "数量", "value": amount_words(listing)},
            {"label": "有效期", "value": f"{listing.valid_from} 到 {listing.valid_to}"},
            {"label": "经办单位", "value": listing.unit.name if listing.unit else "没有写"},
        ],
        "actions": _listing_actions(listing, user),
    }


def match_subject(match: Match, user: User) -> Words:
    """What ``ui/parts/file_head.html`` shows."""
    light, word = match_signal(match)
    kind = matching_kinds().get(match.need.kind)
    signed = f"{exact(match.quantity)} {kind.measure}" if match.quantity is not None and kind else "还没有签"
    return {
        "name": f"{match.need.title} ↔ {match.offer.title}",
        "about": kind.title if kind else "",
        "signals": [{"kind": light, "word": word}],
        "tags": [match.need.sort_name],
        "facts": [
            {"label": "需求在", "value": match.need.region.name},
            {"label": "供给在", "value": match.offer.region.name},
            {"label": "签约数量", "value": signed},
            {"label": "最近一步", "value": match.moved_on.isoformat()},
        ],
        "actions": _match_actions(match, user),
    }


def _listing_actions(listing: Listing, user: User) -> list[Words]:
    records = permits(user, Permission.MATCHING_RECORD, listing.place)
    reviews = permits(user, Permission.MATCHING_REVIEW, listing.place) and listing.recorded_by_id != user.pk
    waiting = listing.state == ListingState.SUBMITTED
    changeable = listing.state in (ListingState.SUBMITTED, ListingState.RETURNED)
    steps = (
        (waiting and reviews, "审核", "review_listing", "clipboard-check"),
        (changeable and records, "改", "change_listing", "edit"),
        (listing.state != ListingState.CLOSED and records, "结束", "close_listing", "circle-x"),
    )
    return _links(steps, listing.uid)


def _match_actions(match: Match, user: User) -> list[Words]:
    moves = match.state in FOLLOWING and permits(user, Permission.MATCHING_RECORD, match.place)
    found = _links(((moves, "记下一步", "move_match", "arrow-right"),), match.uid)
    if permits(user, Permission.EVIDENCE_VIEW, match.place):
        url = reverse("evidence_list", args=[match.subject.uid])
        found.append({"label": "证明材料", "url": url, "icon": "paperclip"})
    return found


def _links(steps: Any, uid: Any) -> list[Words]:
    return [
        {"label": label, "url": reverse(name, args=[uid]), "icon": icon}
        for allowed, label, name, icon in steps
        if allowed
    ]
