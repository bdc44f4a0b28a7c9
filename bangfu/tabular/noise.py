"""Rows of a sheet that are no data: blank, repeated headers, totals, footers, notes, column numbers."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from bangfu.tabular.headers import Layout
from bangfu.tabular.spec import Kind
from bangfu.tabular.text import compact, is_blank, plain
from bangfu.tabular.titles import is_serial

_SUM = r"(?:合计|总计|小计|共计|累计)(?:\(.*\))?:?(?:[\d.,]+\D{0,3})*$"
_TOTAL = re.compile(rf"^.{{0,20}}?{_SUM}")
# In a name column the words before it must be a place or a page: 王小计 is a person.
_PLACES = "镇乡村县市区组户页月季年度院校所站社道办局类级数额费元"
_TOTAL_AS_NAME = re.compile(rf"^(?:总|本.{{1,3}}|上页|以上|全.{{1,2}}|.{{1,18}}[{_PLACES}])?{_SUM}")
_FOOTER = re.compile(
    r"^(?:填报|填表|制表|审核|复核|校对|审批|审定|审签|经办|录入|汇总|统计|负责|主管|分管|单位负责|联系|报送|上报|打印|导出)"
    r"(?:人|单位|日期|时间|领导|电话|人签字|人签名|负责人|意见)?(?:\([^)]*\))?(?::|$)"
    r"|^(?:日期|时间|电话|联系电话|领导签字|数据来源):"
    r"|^(?:注|附注|备注|说明|填表说明|填报说明|特别说明|附件)(?::|\d|$)"
    r"|^\(?(?:公章|盖章|签章|签字|单位公章|单位盖章)"
    r"|^以下(?:空白|无正文)|^第\d+页"
)
_NOTE_MARK = re.compile(r"[::,,。;;!!??、()\d]")
_CJK = re.compile(r"[\u3400-\u9fff]")
_LONG = 20
_SIGNED = re.compile(r"^\d{4}年\d{1,2}月(?:\d{1,2}日)?$")
_COLUMN_WORDS = ("甲", "乙", "丙", "丁", "栏次", "行次")
_COLUMN_NUMBER = re.compile(r"^\(?(?:(\d+)|([A-Z]))\)?(?:=.*)?$")


@dataclass(frozen=True)
class Noise:
    """Tells data rows from the rest, given what the header said."""

    titles: tuple[frozenset[str], ...]  # compact texts of the header row(s), by column
    above: frozenset[str]  # compact texts of the page title and notes above the header
    identity: tuple[int, ...]
    names: frozenset[int]
    aside: frozenset[int]  # columns that only number the rows, or have no title
    wide: Collection[int]  # rows (from 0) whose first cell is merged over several columns

    def is_data(self, row: Sequence[Any], number: int, after_header: bool = False) -> bool:
        """Whether a row (``number`` from 0) is a data row."""
        filled = [(index, plain(cell)) for index, cell in enumerate(row) if not is_blank(cell)]
        if all(index in self.aside or index >= len(self.titles) for index, _ in filled):
            return False
        if any(_may_be_id(text) for index, text in filled if index in self.identity):
            return True
        if self._repeats_page(filled) or _is_total(filled, self.names) or _is_footer(filled):
            return False
        if len(filled) == 1 and self._is_note(*filled[0], number):
            return False
        return not (after_header and _counts_columns(filled))

    def _repeats_page(self, filled: list[tuple[int, str]]) -> bool:
        return self._repeats_header(filled) or all(compact(text) in self.above for _, text in filled)

    def _repeats_header(self, filled: list[tuple[int, str]]) -> bool:
        return len(filled) > 1 and all(
            index < len(self.titles) and compact(text) in self.titles[index] for index, text in filled
        )

    def _is_note(self, index: int, text: str, number: int) -> bool:
        if len(text) > _LONG or _SIGNED.match(compact(text)):
            return True
        if index in self.names:
            return bool(_NOTE_MARK.search(compact(text))) or number in self.wide
        return bool(_CJK.search(text)) and (index == 0 or number in self.wide)


def noise_filter(
    layout: Layout,
    above: Sequence[Sequence[Any]],
    header: Sequence[Sequence[Any]],
    wide: Collection[int],
) -> Noise:
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
    written = frozenset(compact(plain(cell)) for line in above for cell in line if not is_blank(cell))
    known = {place.index for listed in layout.places.values() for place in listed}
    aside = frozenset(
        i for i, title in enumerate(layout.titles) if i not in known and (not title or is_serial(title))
    )
    return Noise(titles, written, tuple(sorted(identity)), frozenset(names), aside, wide)


def _may_be_id(text: str) -> bool:
    """Whether it is as long as an ID, also one that Excel ruined (4.10602E+17)."""
    return len(compact(text)) >= 10 and text[:1].isdigit()


def _is_total(filled: list[tuple[int, str]], names: frozenset[int]) -> bool:
    first = [(_TOTAL_AS_NAME if index in names else _TOTAL, text) for index, text in filled[:2]]
    named = [(_TOTAL_AS_NAME, text) for index, text in filled if index in names]
    return any(pattern.match(compact(text)) for pattern, text in first + named)


def _is_footer(filled: list[tuple[int, str]]) -> bool:
    return bool(_FOOTER.match(compact(filled[0][1])))


def _counts_columns(filled: list[tuple[int, str]]) -> bool:
    """A row under the header that numbers the columns: 1 2 3 …, (1) (2) …, A B C … or 甲 乙 1 2 …"""
    texts = [compact(text) for _, text in filled]
    found = [_COLUMN_NUMBER.match(text) for text in texts if text not in _COLUMN_WORDS]
    if len(texts) < 3 or not found or not all(found):
        return False
    numbers = [int(m.group(1)) if m.group(1) else ord(m.group(2)) - 64 for m in found if m]
    return numbers[0] <= 2 and numbers == list(range(numbers[0], numbers[0] + len(numbers)))
