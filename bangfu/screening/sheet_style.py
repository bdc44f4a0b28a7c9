"""The look of the workbooks that Bangfu makes: the colours of its pages, put into Excel's terms."""

from __future__ import annotations

from typing import Any

from bangfu.tabular.writing import FONT

INK, INK_2, INK_3 = "#1a2327", "#4a575d", "#5d6970"
ACCENT, ACCENT_DEEP, ACCENT_20, ACCENT_10 = "#155e82", "#0d4564", "#d5e4ec", "#e9f1f5"
LINE, LINE_2, SUNK = "#e3e7e9", "#cdd4d8", "#f8fafa"
BAD, BAD_BG, BAD_LINE = "#b3261e", "#fdf2f0", "#efc9c4"
WARN, WARN_BG = "#8a5200", "#fef7e8"
MARKED = "#f9d6d2"  # a cell to be mended: must catch the eye on a beamer and on grey paper

Look = dict[str, Any]

_FONT: Look = {"font_name": FONT, "font_size": 10, "font_color": INK, "valign": "vcenter"}
_CELL: Look = {**_FONT, "border": 1, "border_color": LINE_2}
_HEADER: Look = {**_CELL, "bold": True, "bg_color": ACCENT_10, "font_color": ACCENT_DEEP, "text_wrap": True}

RECEIPT_LOOKS: dict[str, Look] = {
    "cell": _CELL,
    "header": _HEADER,
    "own header": {**_HEADER, "bg_color": ACCENT, "font_color": "#ffffff"},
    "bad": {**_CELL, "bg_color": MARKED, "font_color": BAD, "bold": True, "border": 2, "border_color": BAD},
    "number": {**_CELL, "align": "center", "font_color": INK_2},
    "reason": {**_CELL, "text_wrap": True, "font_color": BAD},
}
