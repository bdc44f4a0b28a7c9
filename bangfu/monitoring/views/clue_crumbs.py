"""The way down to a clue."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from bangfu.households.queries.households import regions_above
from bangfu.monitoring.models import Clue
from bangfu.monitoring.showing.clues import whose


def crumbs_of_clue(clue: Clue, page: str = "") -> list[dict[str, Any]]:
    """From the county down to the clue and the page in it; each region opens its clues."""
    pool = reverse("clue_list")
    crumbs: list[dict[str, Any]] = [
        {"label": region.name, "url": f"{pool}?place={region.code}"} for region in regions_above(clue.place)
    ]
    file = reverse("clue_file", args=[clue.uid])
    crumbs.append(
        {"label": f"{whose(clue)}的线索" if clue.household else whose(clue), "url": file if page else ""}
    )
    return [*crumbs, {"label": page, "url": ""}] if page else crumbs
