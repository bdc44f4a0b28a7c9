"""Regions as a map of tiles and a table that say the same, with small groups withheld."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from statistics import quantiles

from bangfu.ui.formats import NOTHING, counted

TINTS = 4


@dataclass(frozen=True, kw_only=True)
class Region:
    """What is counted for one region. `group` says how many stand behind it and decides what is withheld."""

    code: str
    name: str
    url: str
    group: int
    figure: Decimal | int | None = None
    """What tints the tile, if it is not the group itself: a rate for instance."""
    cells: tuple[str, ...] = ()
    """Further columns of the table, ready to read."""


@dataclass(frozen=True, kw_only=True)
class Tile:
    """One region as the page draws it. `tint` 0 is no tint, 1–4 from light to strong."""

    code: str
    name: str
    url: str
    text: str
    tint: int
    withheld: bool
    cells: tuple[str, ...]


@dataclass(frozen=True)
class LegendStep:
    """What a tint stands for."""

    tint: int
    label: str


@dataclass(frozen=True, kw_only=True)
class Twin:
    """Map and table in one: tiles in the order of the region code, and the legend of their tints."""

    tiles: tuple[Tile, ...]
    legend: tuple[LegendStep, ...]
    unit: str
    group_of: str
    smallest: int

    @property
    def withheld(self) -> bool:
        """Whether any region is withheld, so that the page says so."""
        return any(tile.withheld for tile in self.tiles)


def region_twin(regions: Sequence[Region], *, unit: str, group_of: str = "户", smallest: int = 5) -> Twin:
    """Tiles and table of regions, in the order of their code: nobody is ranked.

    `unit` is what a figure is counted in ("户", "每千户"), `group_of` what a group consists of. A group of
    fewer than `smallest`, but not an empty one, is withheld; if only one is, the next smallest goes with it:
    else the total would give it away.
    """
    hidden = _withheld(regions, smallest)
    shown = [_figure(region) for region in regions if region.code not in hidden]
    cuts = _cuts(shown)
    tiles = tuple(
        _tile(region, cuts, region.code in hidden) for region in sorted(regions, key=lambda one: one.code)
    )
    return Twin(tiles=tiles, legend=_legend(cuts), unit=unit, group_of=group_of, smallest=smallest)


def _figure(region: Region) -> Decimal | int:
    return region.group if region.figure is None else region.figure


def _withheld(regions: Sequence[Region], smallest: int) -> set[str]:
    by_size = sorted((region for region in regions if region.group > 0), key=lambda one: one.group)
    hidden = {region.code for region in by_size if region.group < smallest}
    if len(hidden) == 1:
        hidden |= {region.code for region in by_size[1:2]}
    return hidden


def _cuts(figures: Sequence[Decimal | int]) -> list[Decimal | int]:
    """Up to three figures that part the regions into groups of about the same number."""
    if len(set(figures)) < TINTS:
        return sorted(set(figures))[1:]
    digits = 0 if all(isinstance(figure, int) for figure in figures) else 1
    rough = quantiles([float(figure) for figure in figures], n=TINTS, method="inclusive")
    rounded = {round(Decimal(cut), digits) for cut in rough}
    return sorted(int(cut) if digits == 0 else cut for cut in rounded)


def _tile(region: Region, cuts: Sequence[Decimal | int], withheld: bool) -> Tile:
    figure = _figure(region)
    return Tile(
        code=region.code,
        name=region.name,
        url=region.url,
        text="" if withheld else counted(figure),
        tint=0 if withheld else 1 + sum(figure >= cut for cut in cuts),
        withheld=withheld,
        cells=tuple(NOTHING for _ in region.cells) if withheld else region.cells,
    )


def _legend(cuts: Sequence[Decimal | int]) -> tuple[LegendStep, ...]:
    if not cuts:
        return ()
    ranges = [f"{counted(low)}–{counted(high)}" for low, high in pairwise(cuts)]
    labels = [f"{counted(cuts[0])} 以下", *ranges, f"{counted(cuts[-1])} 及以上"]
    return tuple(LegendStep(number, label) for number, label in enumerate(labels, start=1))
