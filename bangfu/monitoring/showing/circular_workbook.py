"""The circular as a workbook: the same snapshot gives the same bytes, whoever takes it out and when."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from typing import Any

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from bangfu.monitoring.queries.circular import Circular
from bangfu.monitoring.showing.circular import TABLES, draft, figures_of, nature, published, withheld

_LANDSCAPE_A4 = 9


def circular_workbook(circular: Circular, *, shared: bool) -> bytes:
    """A sheet for clues, one for cases, one with the draft and the definitions; ``shared``: to be published,
    so without small numbers."""
    file = BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False})
    book.set_properties({"created": datetime(circular.month.year, circular.month.month, circular.month.day)})
    head = book.add_format({"bold": True, "bottom": 1, "bg_color": "#F2F2F2", "text_wrap": True})
    for title, dataset in TABLES:
        _numbers(book.add_worksheet(title), circular, title, dataset, head, shared=shared)
    words = book.add_format({"text_wrap": True})
    _words(book.add_worksheet("通报稿和口径"), circular, words, shared=shared)
    book.close()
    return file.getvalue()


def _numbers(
    sheet: Worksheet, circular: Circular, title: str, dataset: str, head: Any, *, shared: bool
) -> None:
    figures, hidden = figures_of(dataset), withheld(circular, shared=shared)
    sheet.set_paper(_LANDSCAPE_A4)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_column(0, 0, 16)
    sheet.write_string(0, 0, f"{circular.whole.name} {circular.month:%Y-%m} {title}")
    sheet.write_string(1, 0, f"按 {circular.month:%Y-%m} 月末快照，指纹 {circular.digest}")
    for at, text in enumerate(["区划", *(one.label for one in figures)]):
        sheet.write_string(3, at, text, head)
    for row, line in enumerate((*circular.lines, circular.whole), start=4):
        sheet.write_string(row, 0, line.name)
        for at, one in enumerate(figures, start=1):
            number = line.numbers[one.id]
            if (line.code, one.id) in hidden:
                sheet.write_string(row, at, published(number, circular.smallest, hidden=True))
            else:
                sheet.write_number(row, at, number)


def _words(sheet: Worksheet, circular: Circular, wrapped: Any, *, shared: bool) -> None:
    sheet.set_paper(_LANDSCAPE_A4)
    sheet.set_column(0, 0, 100, wrapped)
    paragraphs = [
        "".join(piece.text for piece in part) for part in draft(circular, sees=False, shared=shared)
    ]
    definitions = [f"{one.label}：{one.definition}" for _, name in TABLES for one in figures_of(name)]
    for row, text in enumerate([*paragraphs, "", nature(circular, shared=shared), "", "口径", *definitions]):
        sheet.write_string(row, 0, text)
