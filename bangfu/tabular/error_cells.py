"""Cells whose formula failed (#N/A, #REF!): the workbook reader gives them as blanks, which they are not."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from xml.etree import ElementTree

#: What Excel shows where a formula failed.
ERROR_TEXTS = frozenset("#N/A #REF! #VALUE! #DIV/0! #NAME? #NULL! #NUM! #SPILL! #CALC! #GETTING_DATA".split())

_BLOCK = 1 << 20
_MARK = b't="e"'
_CELL = re.compile(
    rb'<(?:\w+:)?c (?=[^>]*\bt="e")[^>]*?\br="([A-Z]{1,3})(\d{1,7})"[^>]*>(.*?)</(?:\w+:)?c>', re.S
)
_VALUE = re.compile(rb"<(?:\w+:)?v>([^<]{1,20})<")
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, KeyError, NotImplementedError, RuntimeError)
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"

Place = tuple[int, int]


def error_cells(path: Path) -> dict[str, dict[Place, str]]:
    """By sheet name, the cells (row, column from 0) that show an error, and which.

    Of xlsx only; a part that cannot be read has none here: who reads the cells says what is wrong with it.
    """
    found = {}
    try:
        with zipfile.ZipFile(path) as archive:
            for sheet, part in _parts(archive).items():
                if _has_errors(archive, part):
                    found[sheet] = _errors(archive.read(part))
    except (*_BROKEN, ElementTree.ParseError):
        return found
    return found


def _parts(archive: zipfile.ZipFile) -> Mapping[str, str]:
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
            if _MARK in end + block[: len(_MARK)] or _MARK in block:
                return True
            end = block[-len(_MARK) :]
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
