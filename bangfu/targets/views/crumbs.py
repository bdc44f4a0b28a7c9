"""The way back."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from bangfu.targets.models import Target

Crumbs = list[dict[str, Any]]


def to_board(target: Target | None = None) -> Crumbs:
    """To what was reached of all targets, and one of them."""
    crumbs: Crumbs = [{"label": "目标完成情况", "url": reverse("target_board")}]
    if target is not None:
        crumbs.append({"label": target.title, "url": reverse("county_target_file", args=[target.uid])})
    return crumbs
