"""Rows of a sheet that are no data: blank, repeated headers, totals, footers, notes, column numbers."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from bangfu.tabular.headers import Layout
from bangfu.tabular.spec import Kind
from bangfu.tabular.text import compact, is_blank, plain

_TOTAL = re.compile(r"^.{0,20}?(合计|总计|小计|共计)[::]?(\d[\d.,]*\D{0,3})?$")
_FOOTER = re.compile(
    r"^(填报|填表|制表|审核|复核|审批|审定|经办|统计|负责|主管|分管|单位负责|联系)"
    r"(人|单位|日期|时间|领导|电话|人签字|人签名|负责人|意见)?(\([^)]*\))?([::]|$)"
    r"|^(注|附注|备注|说明|填表说明|填报说明|特别说明|附件)([::]|\d|$)"
    r"|^\(?(公章|盖章|签章|签字|单位公章|单位盖章)"
)
_NOTE_MARK = re.compile(r"[::,,。;;!!??()\d]")
_CJK = re.compile(r"[\u3400-\u9fff]")
_LONG = 20


@dataclass(frozen=True)
class Noise:
    """Tells data rows from the rest, given what the header said."""

    titles: tuple[frozenset[str], ...]  # compact texts of the header row(s), by column
    identity: tuple[int, ...]
    names: frozenset[int]
    serials: frozenset[int]
    wide: Collection[int]  # rows (from 0) whose first cell is merged over several columns

    def is_data(self, row: Sequence[Any], number: int, after_header: bool = False) -> bool:
        """Whether a row (``number`` from 0) is a data row."""
        filled = [(index, plain(cell)) for index, cell in enumerate(row) if not is_blank(cell)]
        if not filled or all(index in self.serials for index, _ in filled):
            return False
        if any(len(compact(text)) >= 15 and text[:1].isdigit() for i, text in filled if i in self.identity):
            return True
        if self._repeats_header(filled) or _is_total(filled, self.names) or _is_footer(filled):
            return False
        if len(filled) == 1 and self._is_note(*filled[0], number):
            return False
        return not (after_header and _counts_columns(filled))

    def _repeats_header(self, filled: list[tuple[int, str]]) -> bool:
        return len(filled) > 1 and all(
            index < len(self.titles) and compact(text) in self.titles[index] for index, text in filled
        )

    def _is_note(self, index: int, text: str, number: int) -> bool:
        if len(text) > _LONG:
            return True
        if index in self.names:
            return bool(_NOTE_MARK.search(text)) or number in self.wide
        return bool(_CJK.search(text)) and (index == 0 or number in self.wide)


def noise_filter(layout: Layout, header: Sequence[Sequence[Any]], wide: Collection[int]) -> Noise:
    """The filter for a sheet whose header was recognised; ``header`` holds its one or two rows."""
    assert layout.spec is not None
    identity, names = set(), set()
    for column in layout.spec.columns:
        where = {place.index for place in layout.places.get(column.id, ())}
        if column.kind in (Kind.IDENTITY, Kind.CERTIFICATE):
            identity |= where
        elif column.kind is Kind.NAME:
            names |= where
    width = max(len(line) for line in header)
    titles = tuple(
        frozenset(compact(plain(line[i])) for line in header if i < len(line) and not is_blank(line[i]))
        for i in range(width)
    )
    known = {place.index for listed in layout.places.values() for place in listed}
    serials = frozenset(
        i
        for i, title in enumerate(layout.titles)
        if i not in known and compact(title).lower() in ("序号", "序", "no", "no.", "行号", "编号")
    )
    return Noise(titles, tuple(sorted(identity)), frozenset(names), serials, wide)


def _is_total(filled: list[tuple[int, str]], names: frozenset[int]) -> bool:
    looked_at = [text for _, text in filled[:2]] + [text for index, text in filled if index in names]
    return any(_TOTAL.match(compact(text)) for text in looked_at)


def _is_footer(filled: list[tuple[int, str]]) -> bool:
    return bool(_FOOTER.match(compact(filled[0][1])))


def _counts_columns(filled: list[tuple[int, str]]) -> bool:
    """A row under the header that numbers the columns: 1 2 3 … or 甲 乙 1 2 …"""
    texts = [text for _, text in filled if text not in ("甲", "乙", "丙", "丁")]
    if len(filled) < 3 or not all(text.isdigit() for text in texts):
        return False
    numbers = [int(text) for text in texts]
    return (
        numbers == list(range(numbers[0], numbers[0] + len(numbers))) and numbers[0] <= 2
        if numbers
        else False
    )
