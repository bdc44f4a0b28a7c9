"""Receipts: each source's rejected rows in their own columns, for the sender to mend and submit again."""

from __future__ import annotations

import datetime as dt
import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from xlsxwriter.workbook import Workbook

from bangfu.screening.output.receipt_sheet import ReceiptSheet
from bangfu.screening.output.sheet_style import RECEIPT_LOOKS
from bangfu.screening.result import RejectedSheet
from bangfu.tabular.cell_writing import ROW_LIMIT, Formats, plain_text, unique_sheet_names
from bangfu.tabular.writing import (
    RECEIPT,
    OutputError,
    marked_workbook,
    output_error,
    read_mark,
    shown,
    was_edited,
)

_SUFFIX = "-回执.xlsx"
_NAME_BYTES = 255 - 8  # what file systems allow, less room for a number
_NOT_IN_PATHS = re.compile(r'[\x00-\x1f<>:"|?*]')


def write_receipts(sheets: Sequence[RejectedSheet], folder: Path, as_of: dt.date) -> list[Path]:
    """Writes one receipt for each source that has rejected rows; returns their paths in order.

    A receipt is ``folder/<relative path>-回执.xlsx``, never outside ``folder``. One that somebody has mended
    since, or any other file of that name, is not replaced: the new one gets ``(2)``. Raises OutputError.
    """
    written: dict[Path, None] = {}
    for (source, relative_path), group in _by_source(sheets).items():
        target = _prepared(folder, relative_path, written)
        title = plain_text(shown(f"{source or relative_path} 回执"))
        with marked_workbook(target, RECEIPT, title, as_of) as book:
            _fill(book, group)
        written[target] = None
    return list(written)


def _by_source(sheets: Sequence[RejectedSheet]) -> dict[tuple[str, str], list[RejectedSheet]]:
    groups: dict[tuple[str, str], list[RejectedSheet]] = {}
    for sheet in sheets:
        if sheet.rows:
            groups.setdefault((sheet.source, sheet.relative_path), []).append(sheet)
    return groups


def _prepared(folder: Path, relative_path: str, written: Mapping[Path, None]) -> Path:
    """The receipt's path, its folder made: below ``folder``, of no other source, over nobody's work."""
    *parents, name = _parts(relative_path) or ["名单"]
    place = folder.joinpath(*parents)
    if not Path(os.path.realpath(place)).is_relative_to(os.path.realpath(folder)):
        raise OutputError(f"写不成“{shown(place)}”：它指向回执文件夹之外。请换一个 --receipts 文件夹。")
    try:
        place.mkdir(parents=True, exist_ok=True)
        return _free_path(place, name, {str(path).casefold() for path in written})
    except OSError as error:
        raise output_error(place, error) from error


def _free_path(place: Path, name: str, used: set[str]) -> Path:
    number, target = 1, place / _receipt_name(name, "")
    while str(target).casefold() in used or _is_kept(target):
        number += 1
        target = place / _receipt_name(name, f"({number})")
    return target


def _parts(relative_path: str) -> list[str]:
    parts = (_NOT_IN_PATHS.sub("_", part) for part in relative_path.replace("\\", "/").split("/"))
    return [part for part in parts if part.strip(". ")]


def _receipt_name(name: str, number: str) -> str:
    suffix = _SUFFIX.replace(".", f"{number}.")
    while len(os.fsencode(name + suffix)) > _NAME_BYTES:
        name = name[:-1]
    return name + suffix


def _is_kept(target: Path) -> bool:
    return target.exists() and (read_mark(target) != RECEIPT or was_edited(target))


def _fill(book: Workbook, group: Sequence[RejectedSheet]) -> None:
    formats = Formats(book, RECEIPT_LOOKS)
    pages = [page for sheet in group for page in _pages(sheet)]
    names = unique_sheet_names((page.sheet or "回执" for page in pages), empty="回执")
    for page, name in zip(pages, names, strict=True):
        ReceiptSheet(book.add_worksheet(name), page, formats).write()


def _pages(sheet: RejectedSheet) -> list[RejectedSheet]:
    """The sheet, in as many parts as Excel's row limit asks for."""
    room = ROW_LIMIT - len(sheet.header_rows)
    starts = range(0, len(sheet.rows), room)
    return [replace(sheet, rows=sheet.rows[start : start + room]) for start in starts]
