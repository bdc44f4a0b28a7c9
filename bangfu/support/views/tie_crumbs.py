"""The way back from pages of ties and units."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from bangfu.support.models import Party


def crumbs(page: str, label: str, *more: str) -> list[dict[str, Any]]:
    """From a ledger to this page."""
    return [{"label": label, "url": reverse(page)}, *({"label": one, "url": ""} for one in more)]


def unit_crumbs(party: Party, page: str = "") -> list[dict[str, Any]]:
    """From the ledger of units to a unit's file, and on to a page of it."""
    file = reverse("support_unit_file", args=[party.uid]) if page else ""
    found = [
        {"label": "帮扶单位", "url": reverse("support_unit_list")},
        {"label": party.name, "url": file},
    ]
    return [*found, {"label": page, "url": ""}] if page else found
