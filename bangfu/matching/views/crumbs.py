"""The way back."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from bangfu.matching.models import Listing, Match

Crumbs = list[dict[str, Any]]


def to_listings(listing: Listing | None = None) -> Crumbs:
    """To all needs and offers, and one of them."""
    crumbs: Crumbs = [{"label": "需求和供给", "url": reverse("listing_list")}]
    if listing is not None:
        crumbs.append({"label": listing.title, "url": reverse("listing_file", args=[listing.uid])})
    return crumbs


def to_matches(match: Match | None = None) -> Crumbs:
    """To all matches, and one of them."""
    crumbs: Crumbs = [{"label": "对接", "url": reverse("match_list")}]
    if match is not None:
        crumbs.append({"label": match.need.title, "url": reverse("match_file", args=[match.uid])})
    return crumbs
