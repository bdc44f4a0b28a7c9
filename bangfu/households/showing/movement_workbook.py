"""The movement report as a workbook."""

from __future__ import annotations

from tempfile import TemporaryFile
from typing import IO, Any

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from bangfu.households.queries.movement_report import Line, Report, change_words

_HEADS = ("", "项目", "户数", "人数")
_WIDTHS = (5, 22, 12, 12)


def movement_workbook(report: Report, place_name: str, stamp: str) -> IO[bytes]:
    """Both tables on one sheet, open at its beginning; ``stamp`` says who took it out and when."""
    file = TemporaryFile()  # noqa: SIM115  # the response that sends it closes it
    book = xlsxwriter.Workbook(file, {"strings_to_formulas": False})
    bold = book.add_format({"bold": True})
    head = book.add_format({"bold": True, "bottom": 1, "bg_color": "#F2F2F2"})
    sheet = book.add_worksheet("变动表")
    for at, width in enumerate(_WIDTHS):
        sheet.set_column(at, at, width)
    sheet.set_paper(9)
    sheet.set_footer(f"&L{stamp.replace('&', '&&')}&R第 &P 页，共 &N 页")
    sheet.write_string(0, 0, f"{report.round.title}变动表（{place_name}）", bold)
    sheet.write_string(1, 0, stamp)
    row = _table(sheet, 3, "期初", report.opening, head, bold)
    row = _table(sheet, row + 1, "期末", report.closing, head, bold)
    _change(sheet, row + 1, report)
    book.close()
    file.seek(0)
    return file


def _table(sheet: Worksheet, row: int, title: str, lines: tuple[Line, ...], head: Any, bold: Any) -> int:
    sheet.write_string(row, 0, title, bold)
    for at, text in enumerate(_HEADS):
        sheet.write_string(row + 1, at, text, head)
    for number, line in enumerate(lines, start=row + 2):
        sheet.write_string(number, 0, line.sign)
        sheet.write_string(number, 1, line.label)
        for at, value in ((2, line.households), (3, line.persons)):
            if value is not None:
                sheet.write_number(number, at, value)
    return row + 2 + len(lines)


def _change(sheet: Worksheet, row: int, report: Report) -> None:
    households, persons = report.figures.change
    sheet.write_string(row, 1, "与期初相比")
    sheet.write_string(row, 2, change_words(households))
    sheet.write_string(row, 3, change_words(persons))
