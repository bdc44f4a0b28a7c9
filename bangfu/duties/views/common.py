"""What the pages of this room share."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from bangfu.duties.queries.items import last_recomputation
from bangfu.ui.formats import minute


def crumbs(*pages: str) -> list[dict[str, Any]]:
    """From the due items to the page."""
    return [{"label": "责任事项", "url": reverse("due_item_list")}, *({"label": p, "url": ""} for p in pages)]


def stamp() -> str:
    """How fresh the computed items are."""
    last = last_recomputation()
    return f"数据截至 {minute(last.at)}" if last else "还没有算过，每天自动算一次"
