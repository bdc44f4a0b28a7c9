"""Merged cells: a value that stands over several rows belongs to each of them (C-170)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bangfu.tabular.headers import Merged
from bangfu.tabular.text import is_blank


def wide_rows(merged: Merged) -> frozenset[int]:
    """Rows (from 0) in which a cell is merged over several columns of that row alone: titles and notes."""
    return frozenset(top for (top, left), (bottom, right) in merged if right > left and bottom == top)


class FillDown:
    """Fills cells that are merged over several rows, while rows are read in order."""

    def __init__(self, merged: Merged, start: int) -> None:
        self._starts: dict[int, list[tuple[int, int]]] = {}  # row → (column, last row) of merges from there
        self._active: dict[int, tuple[int, Any]] = {}  # column → (last row, value)
        for (top, left), (bottom, _right) in merged:
            if bottom > top and top >= start:
                self._starts.setdefault(top, []).append((left, bottom))

    def see(self, number: int, row: Sequence[Any]) -> None:
        """Take note of values that merges beginning in this row spread downwards."""
        for column, bottom in self._starts.get(number, ()):
            if column < len(row) and not is_blank(row[column]):
                self._active[column] = (bottom, row[column])

    def filled(self, number: int, row: Sequence[Any]) -> list[Any] | None:
        """The row with what merges bring from above, or None where they bring nothing."""
        if not self._active:
            return None
        mended = list(row)
        changed = False
        for column, (bottom, value) in list(self._active.items()):
            if number > bottom:
                del self._active[column]
            elif column < len(mended) and is_blank(mended[column]):
                mended[column] = value
                changed = True
        return mended if changed else None
