"""Which numbers of a circular are too small to publish, and which would give such a one away (C-048)."""

from __future__ import annotations

from collections.abc import Sequence

from bangfu.monitoring.queries.circular import CircularLine
from bangfu.monitoring.queries.circular_figures import FIGURES

Cell = tuple[str, str]
"""A number of the circular: the region's code (empty: all together) and the figure's id."""

PARTS = {
    "clues": tuple(one.id for one in FIGURES if one.group == "channel"),
    "decided": ("enrolled", "refused"),
}
"""Figures that are the sum of others."""


def withheld_cells(lines: Sequence[CircularLine], whole: CircularLine, smallest: int) -> set[Cell]:
    """The cells not to show: numbers under ``smallest`` but nought, and what they could be reckoned from.

    Wherever only one number of a sum is withheld, the next smallest goes with it.
    """
    numbers = {(line.code, one.id): line.numbers[one.id] for line in (*lines, whole) for one in FIGURES}
    hidden = {cell for cell, number in numbers.items() if 0 < number < smallest}
    sums = _sums([line.code for line in lines], whole.code)
    while more := {cell for each in sums for cell in _goes_with(each, hidden, numbers)}:
        hidden |= more
    return hidden


def _sums(codes: Sequence[str], whole: str) -> list[list[Cell]]:
    """Cells of which one is the sum of the others: by region, and by part."""
    by_region = [[(code, one.id) for code in (*codes, whole)] for one in FIGURES] if codes else []
    by_part = [
        [(code, figure) for figure in (total, *parts)]
        for code in (*codes, whole)
        for total, parts in PARTS.items()
    ]
    return by_region + by_part


def _goes_with(cells: list[Cell], hidden: set[Cell], numbers: dict[Cell, int]) -> list[Cell]:
    """The cell to withhold beside the only one that is."""
    if sum(cell in hidden for cell in cells) != 1:
        return []
    shown = [cell for cell in cells if cell not in hidden and numbers[cell]]
    return sorted(shown, key=lambda cell: numbers[cell])[:1]
