"""What somebody else changed since a page was opened."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bangfu.core.history import versions_of
from bangfu.households.facts import Subject, facts_of, label_of, same, shown


@dataclass(frozen=True)
class Overtaken:
    """A field that changed in between: as it was when the page opened, as it is, as the person typed."""

    label: str
    seen: str
    now: str
    typed: str


def overtaken(row: Subject, seen_version: int, typed: dict[str, Any]) -> list[Overtaken]:
    """The fields of ``row`` (as it is now) that differ from ``seen_version``."""
    model = type(row)
    seen = [version.data for version in versions_of(model, row.pk) if version.data["version"] == seen_version]
    if not seen:
        return []
    return [
        Overtaken(
            label_of(model, name),
            shown(model, name, seen[0][name]),
            shown(model, name, getattr(row, name)),
            shown(model, name, typed.get(name)),
        )
        for name in facts_of(model)
        if not same(seen[0][name], getattr(row, name))
    ]
