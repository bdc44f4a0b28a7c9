"""Reads a column's cells at once, with the meaning that :mod:`bangfu.tabular.cells` gives each.

Unique values are read once and remembered; long clean columns (numbers, IDs, names) are recognised whole.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from bangfu.tabular.cells import LIMIT, Read, reader_for
from bangfu.tabular.marks import Flag
from bangfu.tabular.spec import ColumnSpec, Kind
from bangfu.tabular.text import BLANKS

ARROW_TYPES: Mapping[Kind, pa.DataType] = {
    Kind.TEXT: pa.string(),
    Kind.NAME: pa.string(),
    Kind.IDENTITY: pa.string(),
    Kind.CERTIFICATE: pa.string(),
    Kind.CODE: pa.string(),
    Kind.CHOICE: pa.string(),
    Kind.DATE: pa.date32(),
    Kind.MONTH: pa.date32(),
    Kind.MONEY: pa.decimal128(18, 2),
    Kind.NUMBER: pa.float64(),
    Kind.PERCENT: pa.float64(),
    Kind.YES_NO: pa.bool_(),
}

_MEMORY = 50_000
_SEP = "\x1f"
_CLEAN = {
    Kind.IDENTITY: re.compile(rf"(?:(?:[0-9]{{17}}[0-9X])?{_SEP})*"),
    Kind.NAME: re.compile(rf"[\u4e00-\u9fff{_SEP}]*"),
    Kind.CODE: re.compile(rf"(?:[A-DF-Z]?[0-9]*{_SEP})*"),  # no E: 4E17 has lost its digits
    Kind.TEXT: re.compile(rf"(?:(?:[^\s\x00-\x1f{BLANKS}][\u4e00-\u9fffA-Za-z0-9·()-]*)?{_SEP})*"),
}


@dataclass
class Cells:
    """A column's values (an Arrow array) and what is noted of single rows, by position."""

    values: pa.Array
    repairs: dict[int, int] = field(default_factory=dict)
    flags: dict[int, int] = field(default_factory=dict)
    expected: dict[int, str] = field(default_factory=dict)


class ColumnReader:
    """Reads the cells of one column of one sheet, block after block."""

    def __init__(self, column: ColumnSpec, scale: Decimal) -> None:
        self.column = column
        self.scale = scale
        self.type = ARROW_TYPES[column.kind]
        self._read = reader_for(column, scale)
        self._known: dict[Any, Read] = {}

    def read(self, cells: Sequence[Any]) -> Cells:
        """The cells of a block of rows as typed values."""
        return self._whole(cells) or self._one_by_one(cells)

    def _whole(self, cells: Sequence[Any]) -> Cells | None:
        """The block as a whole where its cells are of one type; None where they are to be read one by one."""
        # Arrow would take True for 1 and a number for a day: where it could, the types are looked at first.
        if self.column.kind in (Kind.MONEY, Kind.NUMBER) and set(map(type, cells)) <= {float, int, str}:
            return self._numbers(cells) or self._texts(cells)
        if self.column.kind is Kind.DATE and set(map(type, cells)) <= {dt.date, str}:
            return _dates(cells) or self._texts(cells)
        return self._texts(cells)

    def _texts(self, cells: Sequence[Any]) -> Cells | None:
        try:
            texts = pa.array(cells, pa.string())
        except (pa.ArrowInvalid, pa.ArrowTypeError):
            return None  # something else than text among them
        if texts.null_count:
            return None
        encoded = texts.dictionary_encode()
        clean = _CLEAN.get(self.column.kind)
        if clean and len(encoded.dictionary) > len(cells) // 4:
            joined = _SEP.join(cells) + _SEP
            if joined.count(_SEP) == len(cells) and clean.fullmatch(joined):
                return Cells(pc.if_else(pc.equal(texts, ""), None, texts))
        reads, noted = self._reads(encoded.dictionary.to_pylist())
        result = Cells(self._array([found.value for found in reads]).take(encoded.indices))
        if noted:
            _note(result, [reads[index] for index in encoded.indices.to_pylist()])
        return result

    def _numbers(self, cells: Sequence[Any]) -> Cells | None:
        try:
            numbers = pa.array([None if cell == "" else cell for cell in cells], pa.float64())
        except (pa.ArrowInvalid, pa.ArrowTypeError):
            return None  # a text, or a whole number that no float holds
        if self.column.kind is Kind.NUMBER:
            usual = pc.all(pc.less(pc.abs(numbers), LIMIT)).as_py()
            return Cells(numbers) if self.scale == 1 and usual in (True, None) else None
        return self._fen(numbers)

    def _fen(self, yuan: pa.Array) -> Cells | None:
        hundredfold = pc.multiply(yuan, float(self.scale * 100))
        fen = pc.round(hundredfold)
        # More than two decimals, or too large for a float to hold the fen: exactly, cell by cell.
        exact = pc.and_(pc.less(pc.abs(pc.subtract(hundredfold, fen)), 1e-4), pc.less(pc.abs(fen), 1e13))
        if pc.all(exact).as_py() is False:
            return None
        negative = pc.less(fen, 0)
        flags = {}
        if pc.any(negative).as_py():
            flags = {i: int(Flag.NEGATIVE_AMOUNT) for i, below in enumerate(negative.to_pylist()) if below}
        return Cells(_decimals(fen.cast(pa.int64())), flags=flags)

    def _one_by_one(self, cells: Sequence[Any]) -> Cells:
        reads, noted = self._reads(cells)
        result = Cells(self._array([found.value for found in reads]))
        if noted:
            _note(result, reads)
        return result

    def _reads(self, cells: Sequence[Any]) -> tuple[list[Read], bool]:
        """Each cell as read, and whether anything is noted of one of them."""
        read, known = self._read, self._known
        if bool in set(map(type, cells)):  # True and 1 are two cells, but one key
            return [read(cell) for cell in cells], True
        if len(known) > _MEMORY:
            known.clear()
        noted = False
        for cell in set(cells):
            if cell not in known:
                known[cell] = read(cell)
            found = known[cell]
            noted = noted or found.repairs != 0 or found.flags != 0 or found.expected is not None
        return [known[cell] for cell in cells], noted

    def _array(self, values: list[Any]) -> pa.Array:
        if self.column.kind is Kind.MONEY:
            return _decimals(pa.array(values, pa.int64()))
        return pa.array(values, self.type)


def _decimals(fen: pa.Array) -> pa.Array:
    """Whole fen as DECIMAL(18,2) yuan, without passing through a float."""
    whole = fen.cast(pa.decimal128(19, 0))
    return pa.Array.from_buffers(pa.decimal128(18, 2), len(whole), whole.buffers(), offset=whole.offset)


def _note(cells: Cells, reads: Sequence[Read]) -> None:
    for index, found in enumerate(reads):
        if found.repairs:
            cells.repairs[index] = found.repairs
        if found.flags:
            cells.flags[index] = found.flags
        if found.expected is not None:
            cells.expected[index] = found.expected


def _dates(cells: Sequence[Any]) -> Cells | None:
    try:
        days = pa.array([None if cell == "" else cell for cell in cells], pa.date32())
    except (pa.ArrowInvalid, pa.ArrowTypeError):
        return None  # a text among them
    bounds = pc.min_max(days).as_py()
    if bounds["min"] is not None and (bounds["min"].year < 1900 or bounds["max"].year > 2200):
        return None
    return Cells(days)
