"""Cells whose formula failed (#N/A, #REF!): the workbook reader gives them as blanks, which they are not."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Container, Mapping
from pathlib import Path, PurePosixPath
from xml.etree import ElementTree

#: What Excel shows where a formula failed.
ERROR_TEXTS = frozenset("#N/A #REF! #VALUE! #DIV/0! #NAME? #NULL! #NUM! #SPILL! #CALC! #GETTING_DATA".split())

_BLOCK = 1 << 20
ERROR_MARK = b't="e"'
_CELL = re.compile(
    rb'<(?:\w+:)?c (?=[^>]*\bt="e")[^>]*?\br="([A-Z]{1,3})(\d{1,7})"[^>]*>(.*?)</(?:\w+:)?c>', re.S
)
_VALUE = re.compile(rb"<(?:\w+:)?v>([^<]{1,20})<")
#: What a zip or a part of it that cannot be read raises.
UNREADABLE_PARTS = (zipfile.BadZipFile, zlib.error, EOFError, KeyError, NotImplementedError, RuntimeError)
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"

Place = tuple[int, int]


def error_cells(book: Path, clean: Container[str] = frozenset()) -> dict[str, dict[Place, str]]:
    """By sheet name, the cells (row, column from 0) that show an error, and which.

    ``clean``: sheets that are known to have none. Of xlsx only; a part that cannot be read has none here: who
    reads the cells says what is wrong with it.
    """
    found = {}
    try:
        with zipfile.ZipFile(book) as archive:
            for sheet, part in sheet_parts(archive).items():
                if sheet not in clean and _has_errors(archive, part):
                    found[sheet] = _errors(archive.read(part))
    except (*UNREADABLE_PARTS, ElementTree.ParseError):
        return found
    return found


def sheet_parts(archive: zipfile.ZipFile) -> Mapping[str, str]:
    """The workbook's sheets by name, each with its file in the archive."""
    relations = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    targets = {item.get("Id"): item.get("Target", "") for item in relations}
    book = ElementTree.fromstring(archive.read("xl/workbook.xml"))
    sheets = (item for item in book.iter() if item.tag.endswith("}sheet"))
    return {item.get("name", ""): _inside(targets.get(item.get(_RELATION), "")) for item in sheets}


def _inside(target: str) -> str:
    return target[1:] if target.startswith("/") else str(PurePosixPath("xl") / target)


def _has_errors(archive: zipfile.ZipFile, part: str) -> bool:
    with archive.open(part) as stream:
        end = b""
        while block := stream.read(_BLOCK):
            if ERROR_MARK in end + block[: len(ERROR_MARK)] or ERROR_MARK in block:
                return True
            end = block[-len(ERROR_MARK) :]
    return False


def _errors(xml: bytes) -> dict[Place, str]:
    cells = {}
    for match in _CELL.finditer(xml):
        value = _VALUE.search(match.group(3))
        text = value.group(1).decode("ascii", "replace") if value else ""
        if text in ERROR_TEXTS:
            cells[int(match.group(2)) - 1, _column(match.group(1))] = text
    return cells


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1
