"""A ledger as a workbook: its conditions on top, who and when on every sheet, rows streamed."""

from __future__ import annotations

from collections.abc import Iterable
from tempfile import TemporaryFile
from typing import IO, Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from bangfu.ledgers.asking import Asked
from bangfu.ledgers.cells import exported, heading_of, value_of
from bangfu.ledgers.definition import Column

_HEAD_ROWS = 3
_FORMATS: dict[str, dict[str, Any]] = {
    "title": {"bold": True, "font_size": 14},
    "head": {"bold": True, "bottom": 1, "bg_color": "#F2F2F2", "text_wrap": True, "valign": "vcenter"},
    "money": {"num_format": "#,##0.00"},
    "number": {"num_format": "#,##0.##"},
    "date": {"num_format": "yyyy-mm-dd", "align": "left"},
    "total": {"bold": True, "top": 1, "num_format": "#,##0.00"},
    "plain": {},
}
_WIDTHS = {"money": 14, "number": 10, "date": 12, "month": 10, "bool": 8}
_TEXT_WIDTH = 18


def workbook(asked: Asked, rows: Iterable[Any], totals: dict[str, Any], stamp: str) -> IO[bytes]:
    """A workbook over ``rows``, open at its beginning; ``stamp`` says who exported it and when."""
    file = TemporaryFile()  # noqa: SIM115  # the response that sends it closes it
    book = xlsxwriter.Workbook(file, {"constant_memory": True, "strings_to_formulas": False})
    formats = {name: book.add_format(look) for name, look in _FORMATS.items()}
    sheet = book.add_worksheet(asked.ledger.title[:31])
    _set_up(sheet, asked, stamp)
    _write_head(sheet, asked, formats, stamp)
    last = _write_rows(sheet, asked, rows, formats)
    _write_totals(sheet, asked, totals, formats, last + 1)
    book.close()
    file.seek(0)
    return file


def _set_up(sheet: Worksheet, asked: Asked, stamp: str) -> None:
    for at, column in enumerate(asked.columns):
        sheet.set_column(at, at, _WIDTHS.get(column.kind, _TEXT_WIDTH))
    sheet.freeze_panes(_HEAD_ROWS + 1, 1)
    sheet.repeat_rows(_HEAD_ROWS)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_header(f"&L{_plain(asked.ledger.title)}&R{_plain(stamp)}")
    sheet.set_footer(f"&L内部资料，含个人信息&C{_plain(stamp)}&R第 &P 页，共 &N 页")


def _plain(text: str) -> str:
    """An ampersand starts a code in a header."""
    return text.replace("&", "&&")


def _write_head(sheet: Worksheet, asked: Asked, formats: dict[str, Format], stamp: str) -> None:
    sheet.write_string(0, 0, asked.ledger.print_title or asked.ledger.title, formats["title"])
    sheet.write_string(1, 0, "；".join(asked.phrases()))
    sheet.write_string(2, 0, f"{stamp}。证件、电话、账号和健康按屏幕上的样子打码。")
    for at, column in enumerate(asked.columns):
        sheet.write_string(_HEAD_ROWS, at, heading_of(column, asked.unit), formats["head"])


def _write_rows(sheet: Worksheet, asked: Asked, rows: Iterable[Any], formats: dict[str, Format]) -> int:
    number = _HEAD_ROWS
    for number, row in enumerate(rows, start=_HEAD_ROWS + 1):
        for at, column in enumerate(asked.columns):
            _write(sheet, number, at, column, value_of(column, row), asked.unit, formats)
    return number


def _write(
    sheet: Worksheet, row: int, at: int, column: Column, value: Any, unit: str, formats: dict[str, Format]
) -> None:
    cell = exported(column, value, unit)
    if cell is None:
        return
    if isinstance(cell, str):
        sheet.write_string(row, at, cell)
    elif column.kind == "date":
        sheet.write_datetime(row, at, cell, formats["date"])
    else:
        sheet.write_number(row, at, cell, formats[column.kind])


def _write_totals(
    sheet: Worksheet, asked: Asked, totals: dict[str, Any], formats: dict[str, Format], row: int
) -> None:
    shown = [(at, column) for at, column in enumerate(asked.columns) if column.total]
    if not shown:
        return
    sheet.write_string(row, 0, "合计", formats["total"])
    for at, column in shown:
        value = exported(column, totals.get(column.id), asked.unit)
        if value is not None:
            sheet.write_number(row, at, value, formats["total"])
