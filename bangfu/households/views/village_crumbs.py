"""The breadcrumb of a village's pages."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from bangfu.core.models import Region
from bangfu.households.queries.households import regions_above
from bangfu.households.queries.villages import uid_of


def crumbs_of_village(village: Region, page: str = "") -> list[dict[str, Any]]:
    """From the county down to the village, and the page in it; each region opens its villages."""
    ledger = reverse("village_list")
    *above, here = regions_above(village.code)
    crumbs: list[dict[str, Any]] = [
        {"label": region.name, "url": f"{ledger}?place={region.code}"} for region in above
    ]
    file = reverse("village_file", args=[uid_of(village)])
    crumbs.append({"label": here.name, "url": file if page else ""})
    return [*crumbs, {"label": page, "url": ""}] if page else crumbs
