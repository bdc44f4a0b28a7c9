"""The lists that this room reads, from ``lists.yaml``; the kinds of ties are those of ``tie_kinds.yaml``."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import yaml

from bangfu.screening.catalogue.datasets import Dataset, read_dataset
from bangfu.support.terms.tie_kinds import tie_kinds

_FILE = Path(__file__).with_name("lists.yaml")
UNITS, POSTS, TIES, PAIRINGS = "support_units", "support_posts", "support_ties", "support_pairings"
TEAMS = "support_teams"


@cache
def lists() -> dict[str, Dataset]:
    """All of them by id."""
    found = {}
    for raw in yaml.safe_load(_FILE.read_text("utf-8"))["lists"]:
        if raw["id"] == TIES:
            raw["columns"]["kind"]["choices"] = {kind.code: [kind.label] for kind in tie_kinds().values()}
        found[raw["id"]] = read_dataset(raw)
    return found
