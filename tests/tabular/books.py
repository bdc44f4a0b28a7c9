"""Makes files as departments make them: workbooks of three programs, text in several encodings, Parquet.

IDs are made up by the rule of GB 11643; nobody has them.
"""

from __future__ import annotations

import csv
import gzip
import io
import struct
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import xlsxwriter
import xlwt

from bangfu.screening.catalogue.datasets import sheet_specs
from bangfu.tabular.opening import RawSheet
from bangfu.tabular.reading import SheetReading, read_sheet

Rows = Sequence[Sequence[Any]]

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def make_id(number: int = 1, born: str = "19800101", region: str = "410602") -> str:
    """A valid ID number: ``number`` (0–999) is its serial, odd for a man."""
    body = f"{region}{born}{number:03d}"
    total = sum(int(digit) * weight for digit, weight in zip(body, _WEIGHTS, strict=True))
    return body + "10X98765432"[total % 11]


def id_ending_in_x(born: str = "19800101") -> str:
    """A valid ID number whose check digit is X."""
    return next(made for n in range(1000) if (made := make_id(n, born)).endswith("X"))


def wrong_check_digit(number: str) -> str:
    """The ID with another last digit."""
    return number[:-1] + ("1" if number[-1] != "1" else "2")


def xlsx(path: Path, content: Mapping[str, Rows] | Rows, merged: Iterable[str] = (), **hidden: Any) -> Path:
    """A workbook by openpyxl; ``merged`` ("A1:C1") and ``hidden`` rows and columns are of the first sheet."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    named = content if isinstance(content, Mapping) else {"Sheet1": content}
    for name, rows in named.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    first = book.worksheets[0]
    for span in merged:
        first.merge_cells(span)
    for row in hidden.get("rows", ()):
        first.row_dimensions[row].hidden = True
    for column in hidden.get("columns", ()):
        first.column_dimensions[column].hidden = True
    for name in hidden.get("sheets", ()):
        book[name].sheet_state = "hidden"
    book.save(path)
    return path


def xlsx_by_writer(path: Path, rows: Rows, merged: Mapping[str, Any] | None = None) -> Path:
    """A workbook by xlsxwriter: numbers as numbers, strings as strings."""
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        for r, row in enumerate(rows):
            for c, cell in enumerate(row):
                if isinstance(cell, str) and cell.startswith("#"):
                    sheet.write_formula(r, c, "=NA()", None, cell)
                elif isinstance(cell, str):
                    sheet.write_string(r, c, cell)
                elif cell is not None:
                    sheet.write(r, c, cell)
        for span, value in (merged or {}).items():
            sheet.merge_range(span, value)
    return path


def xls(path: Path, rows: Rows, merged: Iterable[tuple[int, int, int, int]] = ()) -> Path:
    """An old workbook; ``merged``: (first row, last row, first column, last column) from 0."""
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("表1", cell_overwrite_ok=True)
    date = xlwt.easyxf(num_format_str="yyyy-mm-dd")
    for r, row in enumerate(rows):
        for c, cell in enumerate(row):
            if cell is not None:
                sheet.write(r, c, cell, *([date] if hasattr(cell, "year") else []))
    for span in merged:
        sheet.merge(*span)
    book.save(str(path))
    return path


def csv_text(rows: Rows, delimiter: str = ",", end: str = "\r\n") -> str:
    """The rows as CSV text."""
    stream = io.StringIO()
    csv.writer(stream, delimiter=delimiter, lineterminator=end).writerows(rows)
    return stream.getvalue()


def csv_file(path: Path, rows: Rows | str, encoding: str = "utf-8", **style: str) -> Path:
    """A CSV file, packed if its name ends in .gz."""
    text = rows if isinstance(rows, str) else csv_text(rows, **style)
    data = text.encode(encoding)
    path.write_bytes(gzip.compress(data, mtime=0) if path.suffix == ".gz" else data)
    return path


def parquet(path: Path, rows: Rows) -> Path:
    """A Parquet file: the first row names the columns."""
    titles, *body = rows
    columns = [pa.array(list(column)) for column in zip(*body, strict=True)]
    pq.write_table(pa.table(columns, names=list(titles)), path)
    return path


def ole_with_stream(path: Path, name: str, content: bytes = b"\0" * 4096) -> Path:
    """A compound file that holds one stream: what a password-protected workbook looks like from outside."""
    free, end, table = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
    content = content.ljust(4096, b"\0")
    sectors = -(-len(content) // 512)
    fat = [table, end, *range(3, 2 + sectors), end]
    fat += [free] * (128 - len(fat))
    head = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16)
    head += struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    head += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, end, 0, end, 0)
    head += struct.pack("<109I", 0, *[free] * 108)

    def entry(title: str, kind: int, child: int, start: int, size: int) -> bytes:
        text = title.encode("utf-16-le") + b"\0\0"
        body = text.ljust(64, b"\0") + struct.pack("<HBB", len(text), kind, 1)
        body += struct.pack("<III", free, free, child) + bytes(36)
        return body + struct.pack("<IQ", start, size)

    directory = entry("Root Entry", 5, 1, end, 0) + entry(name, 2, free, 2, len(content))
    directory += 2 * (bytes(64) + struct.pack("<HBB", 0, 0, 1) + struct.pack("<III", free, free, free)).ljust(
        128, b"\0"
    )
    path.write_bytes(head + struct.pack("<128I", *fat) + directory + content.ljust(sectors * 512, b"\0"))
    return path


def xls_with_password(path: Path) -> Path:
    """An old workbook that says it is encrypted: a FILEPASS record behind the first one."""
    book = xlwt.Workbook()
    book.add_sheet("表1")
    data = book.get_biff_data()
    first = 4 + struct.unpack("<H", data[2:4])[0]
    password = struct.pack("<HH", 0x2F, 54) + struct.pack("<HHH", 1, 1, 1) + b"\x11" * 48
    xlwt.CompoundDoc.XlsDoc().save(str(path), data[:first] + password + data[first:])
    return path


def read_rows(rows: Rows, merged: Sequence[tuple[tuple[int, int], tuple[int, int]]] = ()) -> SheetReading:
    """Rows read as a sheet of a workbook, without a file."""
    return read_sheet(RawSheet("表", iter(rows), merged), sheet_specs())
