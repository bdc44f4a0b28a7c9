"""The look of the workbooks that Bangfu makes: the colours of its pages, put into Excel's terms."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from xlsxwriter.worksheet import Worksheet

from bangfu.tabular.cell_writing import lines_needed, plain_text
from bangfu.tabular.writing import FONT

INK, INK_2 = "#1a2327", "#4a575d"
ACCENT, ACCENT_DEEP, ACCENT_10 = "#155e82", "#0d4564", "#e9f1f5"
LINE, SUNK = "#cdd4d8", "#f8fafa"
BAD, BAD_BG = "#b3261e", "#fdf2f0"
WARN, WARN_BG = "#8a5200", "#fef7e8"
MARKED = "#f9d6d2"  # a cell to be mended: must catch the eye on a beamer and on grey paper

Look = dict[str, Any]

_FONT: Look = {"font_name": FONT, "font_size": 10, "font_color": INK, "valign": "vcenter"}
_CELL: Look = {**_FONT, "border": 1, "border_color": LINE}
_HEADER: Look = {**_CELL, "bold": True, "bg_color": ACCENT_10, "font_color": ACCENT_DEEP, "text_wrap": True}

RECEIPT_LOOKS: dict[str, Look] = {
    "cell": _CELL,
    "header": _HEADER,
    "above header": {**_FONT, "bold": True},
    "own header": {**_HEADER, "bg_color": ACCENT, "font_color": "#ffffff"},
    "bad": {**_CELL, "bg_color": MARKED, "font_color": BAD, "bold": True, "border": 2, "border_color": BAD},
    "number": {**_CELL, "align": "center", "font_color": INK_2},
    "reason": {**_CELL, "text_wrap": True, "font_color": BAD},
}

_WRAPPED: Look = {**_CELL, "text_wrap": True, "align": "left", "indent": 1}
_CENTRED: Look = {**_CELL, "align": "center"}
_SIGNAL: Look = {**_CENTRED, "bold": True}
_SMALL: Look = {**_FONT, "font_color": INK_2, "text_wrap": True}

#: ``high``, ``medium`` and ``low`` are the signals; they colour one cell, never a row: work, not people.
CLUES_LOOKS: dict[str, Look] = {
    "title": {**_FONT, "font_size": 16, "bold": True},
    "section": {**_FONT, "font_size": 12, "bold": True, "font_color": ACCENT_DEEP},
    "note": _SMALL,
    "label": {**_FONT, "bold": True, "font_color": INK_2, "valign": "top"},
    "sentence": {**_FONT, "text_wrap": True, "valign": "top"},
    "header": {**_HEADER, "align": "center"},
    "fill header": {**_HEADER, "align": "center", "bg_color": ACCENT, "font_color": "#ffffff"},
    "cell": _WRAPPED,
    "one line": _CELL,
    "strong": {**_WRAPPED, "bold": True},
    "code": {**_WRAPPED, "num_format": "@"},
    "centre": {**_CENTRED, "text_wrap": True},
    "date": {**_CENTRED, "num_format": "yyyy-mm-dd"},
    "count": {**_CELL, "num_format": "#,##0", "align": "right", "indent": 1},
    "total": {**_CELL, "num_format": "#,##0", "align": "right", "indent": 1, "bold": True, "bg_color": SUNK},
    "total label": {**_WRAPPED, "bold": True, "bg_color": SUNK},
    "link": {**_CENTRED, "font_color": ACCENT, "underline": 1},
    "fill": {**_WRAPPED, "num_format": "@"},
    "fill date": {**_CENTRED, "num_format": "yyyy-mm-dd"},
    "village line": {"border": 1, "border_color": LINE, "top_color": ACCENT},
    "high": {**_SIGNAL, "font_color": BAD, "bg_color": BAD_BG},
    "medium": {**_SIGNAL, "font_color": WARN, "bg_color": WARN_BG},
    "low": {**_SIGNAL, "font_color": ACCENT, "bg_color": ACCENT_10},
}


def set_page(sheet: Worksheet, footer: str, *, repeat: tuple[int, int] | None = None) -> None:
    """A4 landscape, one page wide, the header rows repeated, page numbers and the footer on each page."""
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.center_horizontally()
    if repeat is not None:
        sheet.repeat_rows(*repeat)
    text = plain_text(footer)[:60].replace("&", "&&")  # a footer holds 255 characters
    sheet.set_footer(f"&L&9{text}&C&9第 &P 页 / 共 &N 页&R&9含个人信息，请妥善保管")


def row_height(texts: Iterable[tuple[str, float]]) -> float:
    """The height in points that shows every text (with its column's width) whole, as far as Excel allows."""
    lines = max((lines_needed(text, width) for text, width in texts), default=1)
    return min(409.0, 14.5 * lines + 5)
