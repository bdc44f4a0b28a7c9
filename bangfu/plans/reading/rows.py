"""A table's rows as pieces: each row a task, a merged cell taken from the row above and said so."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from bangfu.plans.reading.numbers import number
from bangfu.plans.reading.outline import shortened
from bangfu.plans.reading.shapes import Amount, AmountRole, Piece, PieceKind, ProposedTask, Span, UnitName
from bangfu.plans.reading.tables import Row, Table
from bangfu.plans.reading.tasks import UNIT_DOUBTS, build_task
from bangfu.plans.reading.units import UnitMention, split_names

_ABOVE = "单位写在上面一行（合并的格子）"
_FEN = {"万元": 1_000_000, "元": 100}


def table_pieces(even: str, table: Table, path: tuple[str, ...], year: int | None) -> Iterator[Piece]:
    """The heading row as no task, a row with one cell as a heading, every other row as a task."""
    yield Piece(PieceKind.OTHER, table.head, path, "表头")
    above: tuple[UnitName, ...] = ()
    for row in table.rows:
        if "what" not in row.cells or sum(map(len, row.cells.values())) == 1:
            kind = PieceKind.HEADING if sum(map(len, row.cells.values())) == 1 else PieceKind.OTHER
            yield Piece(kind, row.span, path, shortened(even[row.span.start : row.span.end]), level=4)
            continue
        task = _task(even, row, year)
        task = _inherited(task, above)
        above = task.units or above
        yield Piece(PieceKind.TASK, row.span, path, task.title, task=task)


def _inherited(task: ProposedTask, above: tuple[UnitName, ...]) -> ProposedTask:
    """A row without a leading unit takes that of the row above; one without units takes all."""
    taken = tuple(unit for unit in above if unit.leads or not task.units)
    if any(unit.leads for unit in task.units) or not taken:
        return task
    doubts = [doubt for doubt in task.doubts if doubt not in UNIT_DOUBTS]
    return replace(task, units=(*taken, *task.units), doubts=(_ABOVE, *doubts))


def _task(even: str, row: Row, year: int | None) -> ProposedTask:
    first = row.cells["what"][0]
    mentions = [UnitMention(cell, tuple(_units(even, row))) for cell in _unit_cells(row)[:1]]
    task = build_task(even, row.span, shortened(even[first.start : first.end]), mentions, year)
    bare = tuple(_bare_money(even, row))
    held = [amount.span for amount in bare]
    counts = tuple(count for count in task.counts if not any(count.span.meets(span) for span in held))
    steps = tuple(replace(step, words=task.title) for step in task.steps)
    return replace(task, amounts=(*task.amounts, *bare), counts=counts, steps=steps)


def _unit_cells(row: Row) -> list[Span]:
    return [*row.cells.get("leads", []), *row.cells.get("helps", [])]


def _units(even: str, row: Row) -> Iterator[UnitName]:
    for role, leads in (("leads", True), ("helps", False)):
        for cell in row.cells.get(role, []):
            yield from split_names(even, cell, leads)


def _bare_money(even: str, row: Row) -> Iterator[Amount]:
    """A number alone in the money column, in the unit that its heading names."""
    for cell in row.cells.get("money", []):
        words = even[cell.start : cell.end]
        if re.fullmatch(r"[\d,]+(\.\d+)?", words):
            fen = int(number(words) * _FEN[row.unit])
            yield Amount(cell, f"{words} {row.unit}", fen, fen, AmountRole.TOTAL)
