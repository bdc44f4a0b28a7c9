"""Puts cells into a workbook so that what is read back is what was there, within Excel's limits."""

from __future__ import annotations

import datetime as dt
import math
import re
import unicodedata
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

TEXT_LIMIT = 32_767  # characters of a cell
ROW_LIMIT = 1_048_576
COLUMN_LIMIT = 16_384
NAME_LIMIT = 31  # characters of a sheet's name

TEXT, WHOLE, DATE, MOMENT = "@", "0", "yyyy-mm-dd", "yyyy-mm-dd hh:mm:ss"
CLOCK, DURATION = "hh:mm:ss", "[h]:mm:ss"

_EXACT = 10**15  # Excel keeps 15 digits of a number
_FIRST_SAFE_DATE = dt.date(1900, 3, 1)  # before it Excel's calendar has a day that never was
_NOT_XML = re.compile("[\ud800-\udfff\ufffe\uffff]")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f]")
_NOT_IN_NAMES = {ord(mark): ord(mark) + 0xFEE0 for mark in "[]:*?/\\"}  # to their full-width forms
_RESERVED = {"history", "历史记录"}


def excel_text(text: str) -> str:
    """Text that a cell can hold: nothing an XML file cannot carry, not longer than TEXT_LIMIT."""
    fit = _NOT_XML.sub("\ufffd", text)
    if len(fit) > TEXT_LIMIT // 2:  # Excel counts rare characters twice
        fit = fit.encode("utf-16-le")[: TEXT_LIMIT * 2].decode("utf-16-le", "ignore")
    if fit.startswith("<r>") and fit.endswith("</r>"):
        fit = fit[: TEXT_LIMIT - 1] + " "  # the library would take it for ready-made XML
    return fit


def plain_text(text: str) -> str:
    """Text fit for titles, comments and footers: as :func:`excel_text`, without control characters."""
    return _CONTROL.sub("", excel_text(text))


def display_width(text: str) -> int:
    """The width in columns of the longest line; Chinese characters take two."""
    return max((_line_width(line) for line in text.splitlines()), default=0)


def _line_width(line: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in line)


def lines_needed(text: str, width: float) -> int:
    """How many lines wrapped text takes in a column of this width, reckoned on the safe side."""
    room = max(1.0, width - 2.5)  # margins and an indent
    if len(text) * 2 <= room and "\n" not in text:
        return 1
    # In this encoding Chinese characters and their punctuation take two bytes, ASCII one: as wide as printed.
    widths = (len(line.encode("gb18030", "replace")) for line in text.splitlines())
    return sum(max(1, math.ceil(width / room)) for width in widths) or 1


def unique_sheet_names(wanted: Iterable[str], *, taken: Iterable[str] = (), empty: str = "表") -> list[str]:
    """Names that Excel accepts, all different, as close to the wanted ones as can be, in their order."""
    used = {_folded(name) for name in taken} | _RESERVED
    names = []
    for text in wanted:
        name = _free(_sheet_name(text) or empty, used)
        used.add(_folded(name))
        names.append(name)
    return names


def _sheet_name(text: str) -> str:
    plain = " ".join(plain_text(text).split()).translate(_NOT_IN_NAMES)
    return _cut(plain.strip("' "), NAME_LIMIT).strip("' ")


def _free(name: str, used: set[str]) -> str:
    candidate, number = name, 1
    while _folded(candidate) in used:
        number += 1
        mark = f"({number})"
        candidate = _cut(name, NAME_LIMIT - len(mark)) + mark
    return candidate


def _cut(text: str, limit: int) -> str:
    return text.encode("utf-16-le")[: limit * 2].decode("utf-16-le", "ignore")


def _folded(name: str) -> str:
    return name.casefold()


class Formats:
    """The formats of a workbook, each made once: a look (properties) with a number format."""

    def __init__(self, book: Workbook, looks: Mapping[str, Mapping[str, Any]]) -> None:
        self._book = book
        self._looks = looks
        self._made: dict[tuple[str, str | None], Format] = {}

    def get(self, look: str, number_format: str | None = None) -> Format:
        """The format of this look (KeyError if there is none) and number format."""
        key = (look, number_format)
        if key not in self._made:
            number = {} if number_format is None else {"num_format": number_format}
            self._made[key] = self._book.add_format({**self._looks[look], **number})
        return self._made[key]


def write_cell(sheet: Worksheet, row: int, column: int, value: object, formats: Formats, look: str) -> None:
    """Writes a cell as what it was: text stays text (also ``00123`` and ``=1+1``), a date a date.

    A number of more than 15 digits that is exact becomes text, since Excel would ruin it; one that is a float
    already has lost its digits and stays a number, so that reading it again finds it lost again.
    """
    if value is None or value == "":
        sheet.write_blank(row, column, None, formats.get(look, TEXT))
    elif isinstance(value, bool):
        sheet.write_boolean(row, column, value, formats.get(look))
    elif isinstance(value, int | float | Decimal):
        _write_number(sheet, row, column, value, formats, look)
    elif isinstance(value, dt.date | dt.time | dt.timedelta):
        _write_time(sheet, row, column, value, formats, look)
    else:
        sheet.write_string(row, column, excel_text(str(value)), formats.get(look, TEXT))


def _write_number(
    sheet: Worksheet, row: int, column: int, value: float | Decimal, formats: Formats, look: str
) -> None:
    if isinstance(value, float) and math.isfinite(value):
        number_format = TEXT if abs(value) >= _EXACT else (WHOLE if value.is_integer() else None)
        sheet.write_number(row, column, value, formats.get(look, number_format))
    elif _fits_a_float(value):
        sheet.write_number(row, column, float(value), formats.get(look, WHOLE if value % 1 == 0 else None))
    else:
        sheet.write_string(row, column, str(value), formats.get(look, TEXT))


def _fits_a_float(value: float | Decimal) -> bool:
    if isinstance(value, Decimal):
        return value.is_finite() and len(value.as_tuple().digits) <= 15
    return isinstance(value, int) and abs(value) < _EXACT


def _write_time(
    sheet: Worksheet,
    row: int,
    column: int,
    value: dt.date | dt.time | dt.timedelta,
    formats: Formats,
    look: str,
) -> None:
    number_format = _time_format(value)
    if number_format is None:
        sheet.write_string(row, column, str(value), formats.get(look, TEXT))
    else:
        sheet.write_datetime(row, column, value, formats.get(look, number_format))


def _time_format(value: dt.date | dt.time | dt.timedelta) -> str | None:
    """The number format of a date or time, None for what Excel's calendar does not hold."""
    if isinstance(value, dt.datetime):
        if value.tzinfo is not None or value.date() < _FIRST_SAFE_DATE:
            return None
        return DATE if value.time() == dt.time() else MOMENT
    if isinstance(value, dt.date):
        return DATE if value >= _FIRST_SAFE_DATE else None
    if isinstance(value, dt.timedelta):
        return DURATION if value >= dt.timedelta() else None
    return CLOCK if value.tzinfo is None else None
