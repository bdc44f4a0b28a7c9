"""Cuts a workbook with one very large sheet into parts that are read side by side.

Parsing the XML is most of the reading, and one processor does it. Each part is a workbook in memory whose
large sheet holds the rows of the header and a run of the others, numbered as they were. What cannot be cut
without doubt (merged cells over rows, rows out of order, comments in the XML) is read whole.
"""

from __future__ import annotations

import io
import os
import re
import struct
import tempfile
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO
from xml.etree import ElementTree

from bangfu.tabular.error_cells import ERROR_MARK, UNREADABLE_PARTS, sheet_parts
from bangfu.tabular.headers import HEADER_ROWS

#: A sheet whose XML is smaller (bytes) is not worth a second process; a workbook that unpacks to more than
#: the other would take too much memory.
LARGE, LARGEST = 16 << 20, 1 << 30

_START, _END, _ROW = b"<sheetData>", b"</sheetData>", b"<row "
_NUMBER = re.compile(rb'<row (?:[^>]*? )?r="(\d+)"')
_MERGES = re.compile(rb"<mergeCells(?:\s[^>]*)?(?:/>|>.*?</mergeCells>)", re.S)
_NO_MERGES = b"<mergeCells/>"
_HEAD_ROWS = HEADER_ROWS + 2
#: What stands before each file in a zip; the last two are the lengths of its name and of what follows that.
_LOCAL_HEADER = struct.Struct("<4s5H3I2H")
_ENCRYPTED = 1


@dataclass(frozen=True)
class Part:
    """One of several parts of a file, from 0."""

    number: int = 0
    of: int = 1


WHOLE = Part()


class CannotCutError(Exception):
    """The file is to be read whole."""


@dataclass(frozen=True)
class CutBook:
    """A part: where the workbook lies, its large sheet, and the first row (from 0) that is the part's own.

    ``failed``: whether a formula failed somewhere in these rows.
    """

    path: Path
    sheet: str
    first: int
    failed: bool


@dataclass(frozen=True)
class _Cut:
    """The pieces of a sheet's XML, its first own row, whether a formula failed in it."""

    pieces: Sequence[bytes | memoryview]
    first: int
    failed: bool


@contextmanager
def cut_book(path: Path, part: Part) -> Iterator[CutBook]:
    """The workbook with only this part of its large sheet, in memory, while the block lasts.

    Raises CannotCutError.
    """
    with os.fdopen(os.memfd_create("bangfu"), "wb") as file, tempfile.TemporaryDirectory() as folder:
        try:
            name, cut = _write_part(path, part, file)
        except (*UNREADABLE_PARTS, ElementTree.ParseError) as error:
            raise CannotCutError from error
        file.flush()
        named = Path(folder) / "part.xlsx"  # from a path that says what it is, the reader takes no copy
        named.symlink_to(f"/proc/self/fd/{file.fileno()}")
        yield CutBook(named, name, cut.first, cut.failed)


def _write_part(path: Path, part: Part, file: IO[bytes]) -> tuple[str, _Cut]:
    """Write the part as a workbook in which nothing is compressed; its large sheet."""
    with zipfile.ZipFile(path) as archive, zipfile.ZipFile(file, "w") as made:
        name, member = _large_sheet(archive)
        cut = _cut(_unpacked(archive, path, archive.getinfo(member)), part)
        for entry in archive.infolist():
            with made.open(entry.filename, "w") as written:
                for piece in cut.pieces if entry.filename == member else (archive.read(entry),):
                    written.write(piece)
    return name, cut


def _large_sheet(archive: zipfile.ZipFile) -> tuple[str, str]:
    """Name and file of the one sheet that is large."""
    sizes = {found: archive.getinfo(found[1]).file_size for found in sheet_parts(archive).items()}
    large = [found for found, size in sizes.items() if size >= LARGE]
    if len(large) != 1 or sum(entry.file_size for entry in archive.infolist()) > LARGEST:
        raise CannotCutError
    return large[0]


def _unpacked(archive: zipfile.ZipFile, path: Path, entry: zipfile.ZipInfo) -> bytes:
    """A file of the archive, unpacked in one go: ``ZipFile.read`` takes twice as long for a large one."""
    if entry.compress_type != zipfile.ZIP_DEFLATED or entry.flag_bits & _ENCRYPTED:
        return archive.read(entry)
    with path.open("rb") as file:
        file.seek(entry.header_offset)
        *_, name, extra = _LOCAL_HEADER.unpack(file.read(_LOCAL_HEADER.size))
        file.seek(name + extra, io.SEEK_CUR)
        content = zlib.decompress(file.read(entry.compress_size), -zlib.MAX_WBITS, entry.file_size)
    if len(content) != entry.file_size or zlib.crc32(content) != entry.CRC:
        raise CannotCutError
    return content


def _cut(xml: bytes, part: Part) -> _Cut:
    """The sheet's XML with the rows of the part only.

    Its merged cells stand in front: the reader looks for them first, if need be to the end of the sheet, and
    then reads the rows.
    """
    start, stop = xml.find(_START), xml.rfind(_END)
    rows = start + len(_START)
    if start < 0 or stop < rows:
        raise CannotCutError
    begin, finish = (_boundary(xml, rows, stop, share, part.of) for share in (part.number, part.number + 1))
    last = part.number + 1 == part.of
    if _hides(xml, begin if part.number else 0, len(xml) if last else finish):
        raise CannotCutError
    numbers = [int(number) - 1 for number in _NUMBER.findall(xml, begin, finish)]
    after = [_number_at(xml, finish)] if finish < stop else []
    if not numbers or [*numbers, *after] != sorted({*numbers, *after}):
        raise CannotCutError
    head = xml[rows : _head_end(xml, rows, begin)] if part.number else b""
    merges = _MERGES.search(xml, stop)
    tail = xml[stop : merges.start()] + xml[merges.end() :] if merges else xml[stop:]
    in_front = merges.group() if merges else _NO_MERGES
    pieces = (xml[:start], in_front, _START, head, memoryview(xml)[begin:finish], tail)
    failed = ERROR_MARK in head or xml.find(ERROR_MARK, begin, finish) >= 0
    return _Cut(pieces, numbers[0] if part.number else 0, failed)


def _hides(xml: bytes, start: int, stop: int) -> bool:
    """Whether there is a comment or the like, in which rows may only seem to be; the parts look at all."""
    # The single character is found ten times as fast, and hardly ever stands in a table.
    return xml.find(b"!", start, stop) >= 0 and xml.find(b"<!", start, stop) >= 0


def _boundary(xml: bytes, start: int, stop: int, share: int, of: int) -> int:
    """Where the first row after this share of the rows' XML begins; ``stop`` after the last."""
    if share == of:
        return stop
    found = xml.find(_ROW, start + (stop - start) * share // of, stop)
    if found < 0:
        raise CannotCutError
    return found


def _number_at(xml: bytes, position: int) -> int:
    """The number (from 0) of the row that begins here."""
    match = _NUMBER.match(xml, position)
    if match is None:
        raise CannotCutError
    return int(match.group(1)) - 1


def _head_end(xml: bytes, start: int, stop: int) -> int:
    """Where the rows end among which the header is looked for."""
    for match in _NUMBER.finditer(xml, start, stop):
        if int(match.group(1)) > _HEAD_ROWS:
            return match.start()
    raise CannotCutError
