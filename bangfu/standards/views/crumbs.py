"""The way back."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

Crumbs = list[dict[str, Any]]


def to_standards(title: str = "", code: str = "") -> Crumbs:
    """To the standards, and one of them."""
    crumbs: Crumbs = [{"label": "标准和验收", "url": reverse("standard_list")}]
    if code:
        crumbs.append({"label": title, "url": reverse("standard_page", args=[code])})
    return crumbs
