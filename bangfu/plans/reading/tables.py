"""Tables pasted or read from a document: a heading row that names its columns, then one task a row."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bangfu.plans.reading.markers import lines
from bangfu.plans.reading.shapes import Span

_ROLES = (
    ("number", "序号|编号"),
    ("leads", "牵头|主责|主办"),
    ("helps", "责任单位|责任部门|配合|协办|承办|实施单位|落实单位|单位|部门"),
    ("due", "时限|时间|期限|进度|完成日期|节点"),
    ("money", "资金|投资|预算|经费|金额"),
    ("what", "任务|内容|事项|项目|措施|工作|行动|目标|举措|指标"),
)
_LEAST_CELLS = 2


@dataclass(frozen=True)
class Row:
    """A row: its line, and the cells under each role. ``unit`` is 万元 or 元 of the money column."""

    span: Span
    cells: dict[str, list[Span]]
    unit: str = ""


@dataclass(frozen=True)
class Table:
    """A heading row and the rows below it."""

    head: Span
    rows: tuple[Row, ...]

    @property
    def span(self) -> Span:
        """From the heading row to the last row."""
        return Span(self.head.start, self.rows[-1].span.end if self.rows else self.head.end)


def find_tables(even: str) -> list[Table]:
    """Runs of lines parted by tabs or bars whose first names a task column and a unit or date column."""
    made: list[Table] = []
    run: list[Span] = []
    for line in [*lines(even, Span(0, len(even))), Span(len(even), len(even))]:
        if run and _is_rule(even[line.start : line.end]):
            continue
        if len(_cells(even, line)) >= _LEAST_CELLS:
            run.append(line)
            continue
        made.extend(_table(even, run))
        run = []
    return made


def _table(even: str, run: list[Span]) -> Iterator[Table]:
    if len(run) < _LEAST_CELLS:
        return
    roles = [_role(even[cell.start : cell.end]) for cell in _cells(even, run[0])]
    if "what" not in roles or not {"leads", "helps", "due"} & set(roles):
        return
    unit = "万元" if "万元" in even[run[0].start : run[0].end] else "元"
    yield Table(run[0], tuple(Row(line, _by_role(even, line, roles), unit) for line in run[1:]))


def _by_role(even: str, line: Span, roles: list[str]) -> dict[str, list[Span]]:
    cells: dict[str, list[Span]] = {}
    for role, cell in zip(roles, _cells(even, line), strict=False):
        if cell.end > cell.start:
            cells.setdefault(role, []).append(cell)
    return cells


def _role(words: str) -> str:
    return next((role for role, pattern in _ROLES if re.search(pattern, words)), "")


def _is_rule(words: str) -> bool:
    """Whether a line only draws the table."""
    return bool(words.strip()) and set(words.strip()) <= set("|-: +")


def _cells(even: str, line: Span) -> list[Span]:
    """The cells of a line, without the blanks around their words; empty ones too."""
    words = even[line.start : line.end]
    bar = "\t" if "\t" in words else "|"
    if bar not in words or _is_rule(words):
        return []
    start, end = line.start, line.end
    if bar == "|":
        inner = words.strip()
        start += words.find(inner) + inner.startswith("|")
        end = line.start + words.find(inner) + len(inner) - inner.endswith("|")
    return list(_parted(even, Span(start, end), bar))


def _parted(even: str, span: Span, bar: str) -> Iterator[Span]:
    start = span.start
    for part in even[span.start : span.end].split(bar):
        lead = len(part) - len(part.lstrip())
        yield Span(start + min(lead, len(part)), start + max(lead, len(part.rstrip())))
        start += len(part) + 1
