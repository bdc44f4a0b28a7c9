"""The way from the room's first page to a page."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from bangfu.access.steps import Step


def crumbs_to(page: str, label: str, *here: str) -> list[dict[str, Any]]:
    """The room, the list called ``page``, and what is open."""
    return [
        {"label": "培训与专家", "url": reverse("training")},
        {"label": label, "url": reverse(page)},
        *({"label": one, "url": ""} for one in here),
    ]


def step_of(page: str, label: str, heading: str, about: str, submit: str, done: str, back: str = "") -> Step:
    """A step that begins in the list called ``page`` and goes back to it, or to ``back``."""
    return Step(heading, about, submit, done, back or reverse(page), crumbs_to(page, label, heading))
