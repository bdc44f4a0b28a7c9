"""A standard as its definition says it is."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from bangfu.standards.enums import ItemKind, Thing, Threshold


@dataclass(frozen=True)
class Band:
    """From ``low`` on and below ``high`` (None: no end) a number is worth so many points."""

    low: Decimal
    high: Decimal | None
    points: int


@dataclass(frozen=True)
class Item:
    """A line of a standard. A number has a threshold with its side, or bands, or neither (it only ranks)."""

    id: str
    title: str
    kind: ItemKind
    points: int = 1
    veto: bool = False
    unit: str = ""
    side: Threshold | None = None
    threshold: Decimal | None = None
    bands: tuple[Band, ...] = ()
    options: tuple[str, ...] = ()
    accepted: tuple[str, ...] = ()
    source: str = ""

    @property
    def demand(self) -> str:
        """What the item asks for, in words."""
        if self.side is not None:
            return f"{self.side.word} {self.threshold} {self.unit}".rstrip()
        if self.bands:
            return f"按{self.unit or '数'}给分，最多 {self.full} 分"
        if self.accepted:
            return "、".join(self.accepted)
        return {"paper": "有这份材料", "yes_no": "有"}.get(self.kind, "如实填")

    @property
    def full(self) -> int:
        """The most points that it gives."""
        return max((band.points for band in self.bands), default=self.points)


@dataclass(frozen=True)
class Quota:
    """Of the things with this answer to the item that groups, so many are chosen."""

    option: str
    places: int


@dataclass(frozen=True)
class Subsidy:
    """What a thing that passed is given: so much ``each``, or a ``share`` (per cent) of the number of the
    item ``of``, ``most`` at most. Yuan."""

    each: Decimal | None = None
    share: Decimal | None = None
    of: str = ""
    most: Decimal | None = None


@dataclass(frozen=True)
class Standard:
    """A list of items. Without ``pass_mark`` every item must be met; veto items must be met anyhow.

    Things are ranked by the number of ``ranked_by`` within the ``quotas`` of the item ``grouped_by``.
    """

    id: str
    title: str
    help: str
    basis: str
    grade: str
    about: Thing
    noun: str
    items: tuple[Item, ...]
    ledger: str = ""
    pass_mark: int | None = None
    ranked_by: str = ""
    grouped_by: str = ""
    quotas: tuple[Quota, ...] = ()
    subsidy: Subsidy | None = None

    @property
    def full(self) -> int:
        """All points together."""
        return sum(item.full for item in self.items)

    def item(self, id: str) -> Item | None:
        """The item of that id."""
        return next((one for one in self.items if one.id == id), None)
