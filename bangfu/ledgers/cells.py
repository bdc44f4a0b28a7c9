"""What stands in a cell, on the screen and in a workbook: read once, masked once, written twice."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from bangfu.access.masking import is_masked, mask
from bangfu.ledgers.definition import Column
from bangfu.ui.formats import FEN_PER_WAN, FEN_PER_YUAN, NOTHING, counted, iso_day, money
from bangfu.ui.icons import drawn, signal_icon

_UNIT_WORDS = {"yuan": "元", "wan": "万元"}
Exported = str | int | Decimal | date | None


def heading_of(column: Column, unit: str) -> str:
    """The column's head; amounts name their unit."""
    if column.kind != "money":
        return column.label
    word = _UNIT_WORDS[unit]
    return f"{column.label[:-1]}，{word}）" if column.label.endswith("）") else f"{column.label}（{word}）"


def value_of(column: Column, row: Any) -> Any:
    """The column's value of a row, masked by its class; a field with choices gives its label."""
    value = column.value(row) if callable(column.value) else _follow(row, column.value or column.id)
    if column.classified and is_masked(column.classified):
        return mask(column.classified, None if value is None else str(value))
    return value


def _follow(row: Any, path: str) -> Any:
    *steps, last = path.split(".")
    for step in steps:
        row = getattr(row, step, None)
    display: Callable[[], str] | None = getattr(row, f"get_{last}_display", None)
    return display() if display else getattr(row, last, None)


def text_of(column: Column, value: Any, unit: str) -> str:
    """A value in words, as screen and paper show it; nothing is a dash."""
    if value is None or value == "":
        return NOTHING
    return _TEXTS[column.kind](value, unit) if column.kind in _TEXTS else str(value)


_TEXTS: dict[str, Callable[[Any, str], str]] = {
    "money": money,
    "number": lambda value, _: counted(value),
    "date": lambda value, _: iso_day(value),
    "month": lambda value, _: f"{value:%Y-%m}",
    "bool": lambda value, _: "是" if value else "否",
    "signal": lambda value, _: value[1],
    "link": lambda value, _: value[0],
}


def exported(column: Column, value: Any, unit: str) -> Exported:
    """A value as a workbook keeps it: amounts and counts stay numbers, days stay days."""
    if value is None or value == "":
        return None
    if column.kind == "money":
        return Decimal(value) / (FEN_PER_WAN if unit == "wan" else FEN_PER_YUAN)
    if column.kind == "number":
        return value
    if column.kind == "date":
        return value.date() if isinstance(value, datetime) else value
    return text_of(column, value, unit)


def row_cells(columns: Sequence[Column], row: Any, unit: str, url: str) -> SafeString:
    """The cells of one row as HTML; the first leads to the row's page at ``url`` (empty for none)."""
    return format_html_join(
        "",
        "{}",
        (
            (_cell(column, value_of(column, row), unit, url if not at else ""),)
            for at, column in enumerate(columns)
        ),
    )


def _cell(column: Column, value: Any, unit: str, url: str) -> SafeString:
    look = "n" if column.numeric else "nw"
    return format_html(
        '<td class="{}" data-label="{}">{}</td>',
        look,
        heading_of(column, unit),
        _inside(column, value, unit, url),
    )


def _inside(column: Column, value: Any, unit: str, url: str) -> SafeString | str:
    text = text_of(column, value, unit)
    if text == NOTHING:
        return format_html('<a href="{}">{}</a>', url, NOTHING) if url else NOTHING
    if column.kind == "signal":
        kind, word, *icon = value
        return format_html(
            '<span class="sig {}">{}{}</span>', kind, drawn(*icon or [signal_icon(kind)]), word
        )
    if column.kind == "tag":
        return format_html('<span class="tag">{}</span>', text)
    address = url or (value[1] if column.kind == "link" else "")
    return format_html('<a href="{}">{}</a>', address, text) if address else text
