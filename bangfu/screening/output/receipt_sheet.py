"""One sheet of a receipt: the source's header and rows as they were, what is wrong in red, and why."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from xlsxwriter.utility import xl_range
from xlsxwriter.worksheet import Worksheet

from bangfu.screening.result import RejectedSheet, Rejection
from bangfu.tabular.cell_writing import (
    COLUMN_LIMIT,
    TEXT_LIMIT,
    Formats,
    display_width,
    excel_text,
    lines_needed,
    plain_text,
    write_cell,
)
from bangfu.tabular.text import compact, plain

ROW_NUMBER, REASON = "行号", "原因"

_REASON_WIDTH = 60
_ONE_PAGE = 260  # columns' widths that can still be read on one page
_COMMENT_LIMIT = 2_000  # a sheet; the reasons stand in their column anyway
_SAMPLE = 200  # rows that decide the columns' widths
_HELP = "请直接改红色的格（其他格不动），保存后把本文件作为名单再提交一次。行号、原因两列不用删。"


class ReceiptSheet:
    """One sheet of a receipt while it is written, from the top down."""

    def __init__(self, target: Worksheet, content: RejectedSheet, formats: Formats) -> None:
        self._target = target
        self._content = content
        self._formats = formats
        self._width = _own_width(content)
        self._titles = _titles(content.header_rows, self._width)
        self._comments = 0

    def write(self) -> None:
        """Header, rows, then what the sheet as a whole looks like."""
        self._set_widths()
        for row, cells in enumerate(self._content.header_rows):
            self._target.set_row(row, 21)
            self._header(row, cells)
        first = len(self._content.header_rows)
        for row, (number, cells) in enumerate(self._content.rows, start=first):
            self._row(row, number, cells)
        self._finish(first, first + len(self._content.rows) - 1)

    def _header(self, row: int, cells: Sequence[Any]) -> None:
        last = row == len(self._content.header_rows) - 1
        for column, value in enumerate(cells[: self._width]):
            write_cell(self._target, row, column, value, self._formats, "header" if last else "above header")
        if last:
            look = self._formats.get("own header")
            self._target.write_string(row, self._width, ROW_NUMBER, look)
            self._target.write_string(row, self._width + 1, REASON, look)
            self._target.write_comment(row, self._width + 1, _HELP, {"author": "帮扶", "x_scale": 2})

    def _row(self, row: int, number: int, cells: Sequence[Any]) -> None:
        rejections = self._content.reasons.get(number, [])
        bad = {_column_of(rejection, self._titles, cells): rejection for rejection in reversed(rejections)}
        reason = "".join([*(rejection.sentence for rejection in rejections), *_losses(cells, self._width)])
        self._target.set_row(row, 15.0 * min(27, lines_needed(reason, _REASON_WIDTH)) + 3)
        for column in range(self._width):
            value = cells[column] if column < len(cells) else None
            look = "bad" if column in bad else "cell"
            write_cell(self._target, row, column, value, self._formats, look)
            if column in bad:
                self._comment(row, column, bad[column])
        self._target.write_number(row, self._width, number, self._formats.get("number"))
        self._target.write_string(row, self._width + 1, excel_text(reason), self._formats.get("reason"))

    def _comment(self, row: int, column: int, rejection: Rejection) -> None:
        self._comments += 1
        if self._comments <= _COMMENT_LIMIT:
            text = plain_text(rejection.sentence)[:1000]
            self._target.write_comment(row, column, text, {"author": "帮扶", "x_scale": 2})

    def _set_widths(self) -> None:
        rows = [*self._content.header_rows[-1:], *(cells for _, cells in self._content.rows[:_SAMPLE])]
        widths = []
        for column in range(self._width):
            texts = (plain(cells[column]) for cells in rows if column < len(cells))
            widths.append(min(40, max(8, 3 + max(map(display_width, texts), default=0))))
        for column, width in enumerate([*widths, 8, _REASON_WIDTH]):
            self._target.set_column(column, column, width)
        if sum(widths) + _REASON_WIDTH <= _ONE_PAGE:
            self._target.fit_to_pages(1, 0)
        else:
            self._target.set_print_scale(60)  # several pages side by side, but legible

    def _finish(self, first: int, last: int) -> None:
        sheet, width = self._target, self._width
        sheet.freeze_panes(first, 0)
        sheet.ignore_errors({"number_stored_as_text": xl_range(first, 0, last, width)})
        if first:
            sheet.autofilter(first - 1, 0, last, width + 1)
            sheet.repeat_rows(0, first - 1)
        sheet.set_paper(9)
        sheet.set_landscape()
        sheet.set_footer("&L红色的格请改正后再提交&C第 &P 页 / 共 &N 页&R含个人信息，请妥善保管")


def _own_width(content: RejectedSheet) -> int:
    """How many columns are the source's own: those of a receipt submitted again lose 行号 and 原因."""
    rows = [*content.header_rows, *(cells for _, cells in content.rows)]
    width = max((len(cells) for cells in rows), default=0)
    header = [plain(cell) for cell in content.header_rows[-1]] if content.header_rows else []
    while header and not header[-1]:
        header.pop()
    if header[-2:] == [ROW_NUMBER, REASON]:
        width = len(header) - 2
    return min(width, COLUMN_LIMIT - 2)


def _titles(header_rows: Sequence[Sequence[Any]], width: int) -> list[set[str]]:
    """For each column the texts its header may be called by: each row's, and the rows' joined."""
    titles = []
    for column in range(width):
        texts = [compact(plain(row[column])) for row in header_rows if column < len(row)]
        titles.append({*texts, "".join(texts)} - {""})
    return titles


def _column_of(rejection: Rejection, titles: Sequence[set[str]], cells: Sequence[Any]) -> int | None:
    """Where the offending cell stands; of two columns of one name, the one that holds what was found."""
    wanted = compact(rejection.column or "")
    places = [column for column, names in enumerate(titles) if wanted in names]
    found = compact(rejection.found)
    for column in places:
        if column < len(cells) and compact(plain(cells[column])) == found:
            return column
    return places[0] if places else None


def _losses(cells: Sequence[Any], width: int) -> list[str]:
    """What Excel's limits made us leave out of the row."""
    losses = []
    if any(isinstance(cell, str) and len(excel_text(cell)) < len(cell) for cell in cells):
        losses.append(f"有的格超过{TEXT_LIMIT:,}字，回执中只留下前面的部分，请从原件改。")
    if width == COLUMN_LIMIT - 2 and len(cells) > width:
        losses.append(f"列太多，回执中只留下前{width:,}列，请从原件改。")
    return losses
