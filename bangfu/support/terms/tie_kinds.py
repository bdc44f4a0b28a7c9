"""The kinds of ties, from ``tie_kinds.yaml``: who holds one, whom it is to, how many there may be."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from bangfu.core.models import RegionLevel
from bangfu.support.enums.units import UnitNature

_FILE = Path(__file__).parents[1] / "tie_kinds.yaml"


@dataclass(frozen=True)
class TieKind:
    """One kind. ``levels`` is empty where the target is a unit.

    ``one_holder``: a target has one of the kind at a time; ``one_target``: a holder has one at a time.
    ``natures`` are those a holding unit may have, empty for any. ``years`` is what papers usually say.
    """

    code: str
    label: str
    group: str
    by_person: bool
    levels: tuple[RegionLevel, ...]
    one_holder: bool
    one_target: bool
    natures: tuple[UnitNature, ...]
    years: int | None

    @property
    def to_unit(self) -> bool:
        """Whether the target is a unit and not a region."""
        return not self.levels


@cache
def tie_kinds() -> dict[str, TieKind]:
    """All kinds by code, in the file's order. Raises ValueError for a file that is written wrongly."""
    found = [_kind(entry) for entry in yaml.safe_load(_FILE.read_text("utf-8"))["kinds"]]
    return {kind.code: kind for kind in found}


def kind_label(code: str) -> str:
    """What a kind is called; the code itself for one that the file no longer has."""
    kind = tie_kinds().get(code)
    return kind.label if kind else code


def kind_choices() -> list[tuple[str, str]]:
    """Codes and labels, in the file's order."""
    return [(kind.code, kind.label) for kind in tie_kinds().values()]


def _kind(entry: dict[str, Any]) -> TieKind:
    levels = tuple(RegionLevel[name.upper()] for name in entry.get("levels", ()))
    if bool(levels) == entry.get("to_unit", False):
        raise ValueError(f"tie kind {entry['code']}: levels or to_unit, one of them")
    if entry["holder"] not in ("person", "unit"):
        raise ValueError(f"tie kind {entry['code']}: holder is person or unit")
    return TieKind(
        code=entry["code"],
        label=entry["label"],
        group=entry["group"],
        by_person=entry["holder"] == "person",
        levels=levels,
        one_holder=entry.get("one_holder", False),
        one_target=entry.get("one_target", False),
        natures=tuple(UnitNature(one) for one in entry.get("natures", ())),
        years=entry.get("years"),
    )
