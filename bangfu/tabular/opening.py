"""Opens a file for what it is: content decides, not the extension.

Everything that can go wrong with a file ends in :class:`UnreadableError`, whose text is a Chinese sentence.
"""

from __future__ import annotations

import codecs
import csv
import gzip
import io
import itertools
import re
import zipfile
import zlib
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, cast

import pyarrow as pa
import pyarrow.parquet as pq
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError, SheetTypeEnum

from bangfu.tabular.cutting import CannotCutError, Part, cut_book
from bangfu.tabular.error_cells import Place, error_cells
from bangfu.tabular.headers import HEADER_ROWS, Merged

#: A file that unpacks to more than this is not read.
UNPACKED_LIMIT = 4 << 30
#: A sheet that spans more cells than this is not read: Excel's rows times some hundred columns.
CELL_LIMIT = 100_000_000
_TEXT_LIMIT = 2 << 30
_BLOCK = 1 << 20
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_DELIMITERS = ",\t;|"
_FULL_WIDTH_COMMA = "\uff0c"  # people's own separator; also in many a remark
_MARKUP = ("<html", "<!doctype", "<table", "<?xml", "<head", "<meta", "<style", "<div", "<!--")
_DOCUMENTS = ("%pdf", "{\\rtf", "mime-version:")
_END = "\x03bangfu-end\x03"
_QUOTED = re.compile(r'"[^"]*"')
_SAMPLE_LINES = 50
_BROKEN_WORKBOOK = "工作簿不完整或已损坏，没有读入任何行。请用 Excel 打开另存为 xlsx 后重新提交。"
_BROKEN_PARQUET = "Parquet 文件不完整或已损坏，没有读入任何行。请重新导出后提交。"
_PARQUET_ERRORS = (pa.ArrowException, OSError, ValueError, OverflowError, UnicodeDecodeError)


class UnreadableError(Exception):
    """A file that cannot be read to its end; the message is a sentence for its sender."""


@dataclass
class RawSheet:
    """A sheet as it stands: rows of cells from the first row on; ``titles`` where the format has them.

    ``first``: where only a part of the sheet is read, the first of its rows (from 0) that belongs to it.
    """

    name: str | None
    rows: Iterator[Sequence[Any]]
    merged: Merged = ()
    titles: tuple[str, ...] | None = None
    first: int = 0


def open_sheets(path: Path) -> Iterator[RawSheet]:
    """The sheets of a workbook in its order, or the one sheet of a CSV or Parquet file.

    Raises UnreadableError, also while rows are being drawn.
    """
    try:
        with path.open("rb") as stream:
            head = stream.read(8)
        yield from _by_content(path, head)
    except OSError as error:
        raise UnreadableError(_os_sentence(error)) from error


def open_part(path: Path, part: Part) -> Iterator[RawSheet]:
    """A part of a workbook with one large sheet; its small sheets come with the first part.

    Raises CannotCutError where the file is to be read whole, which then also tells what is wrong with it.
    """
    with cut_book(path, part) as cut:
        clean = frozenset() if cut.failed else frozenset([cut.sheet])
        try:
            for raw in _sheets(lambda: CalamineWorkbook.from_path(str(cut.path)), cut.path, clean):
                if raw.name == cut.sheet:
                    if any(bottom > top and bottom >= HEADER_ROWS for (top, _), (bottom, _) in raw.merged):
                        raise CannotCutError
                    raw.first = cut.first
                if raw.name == cut.sheet or part.number == 0:
                    yield raw
        except UnreadableError as error:
            raise CannotCutError from error


def _by_content(path: Path, head: bytes) -> Iterator[RawSheet]:
    if not head:
        raise UnreadableError("文件是空的（0字节），没有读入任何行。请重新导出后提交。")
    if head.startswith(b"PK"):
        yield from _workbook(path, _check_zip)
    elif head == _OLE:
        yield from _workbook(path, _check_ole)
    elif head.startswith(b"PAR1"):
        yield from _parquet(path)
    elif head.startswith(b"\x1f\x8b"):
        yield from _text(lambda: cast(IO[bytes], gzip.GzipFile(path)))
    else:
        yield from _text(lambda: path.open("rb"))


def _os_sentence(error: OSError) -> str:
    if isinstance(error, PermissionError):
        return "没有权限打开这个文件，或它正被别的程序占用，没有读入任何行。请关闭占用它的程序后重试。"
    if isinstance(error, EOFError | gzip.BadGzipFile):
        return "压缩文件不完整或已损坏，没有读入任何行。请重新压缩后提交。"
    return f"文件打不开({error.strerror or type(error).__name__}),没有读入任何行。请检查后重试。"


# --- workbooks -------------------------------------------------------------------------------------------


def _check_zip(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, UnicodeDecodeError, ValueError) as error:
        raise UnreadableError(
            "工作簿不完整或已损坏（多半是没有传完），没有读入任何行。请重新导出后提交。"
        ) from error
    names = {entry.filename for entry in entries}
    if not names & {"xl/workbook.xml", "xl/workbook.bin", "content.xml"}:
        raise UnreadableError("这是压缩包或别的文档，不是工作簿，没有读入任何行。请解压或另存为 xlsx。")
    if sum(entry.file_size for entry in entries) > UNPACKED_LIMIT:
        raise UnreadableError("工作簿解开后超过4GB，没有读入任何行。请拆成几个文件后提交。")


def _check_ole(path: Path) -> None:
    if "EncryptedPackage".encode("utf-16-le") in path.read_bytes():
        raise UnreadableError("工作簿设了打开密码，没有读入任何行。请取消密码后提交。")


def _workbook(path: Path, check: Callable[[Path], None]) -> Iterator[RawSheet]:
    check(path)
    yield from _sheets(lambda: _opened(path), path)


def _sheets(
    opener: Callable[[], CalamineWorkbook], source: Path, clean: Container[str] = frozenset()
) -> Iterator[RawSheet]:
    """The sheets of the workbook that ``opener`` opens; ``source``: where its content is found once more.

    ``clean``: sheets of it without failed formulas.
    """
    try:
        book = opener()
        with ThreadPoolExecutor(max_workers=1) as beside:
            # its own pass over the XML, beside the reader's
            failed = beside.submit(error_cells, source, clean)
            for meta in book.sheets_metadata:
                if meta.typ == SheetTypeEnum.WorkSheet:
                    sheet = _sheet(book, meta.name)
                    rows = _sheet_rows(sheet, failed.result().get(meta.name, {}))
                    yield RawSheet(meta.name, rows, sheet.merged_cell_ranges or [])
    except PasswordError as error:
        raise UnreadableError("工作簿设了打开密码，没有读入任何行。请取消密码后提交。") from error
    except (CalamineError, ValueError, KeyError, IndexError, OverflowError) as error:
        raise UnreadableError(_BROKEN_WORKBOOK) from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # the native reader broke off; its class has no import
            raise
        raise UnreadableError(_BROKEN_WORKBOOK) from error


def _sheet(book: CalamineWorkbook, name: str) -> CalamineSheet:
    sheet = book.get_sheet_by_name(name)
    if sheet.total_height * sheet.total_width > CELL_LIMIT:
        raise UnreadableError(
            f"“{name}”表的范围大到{sheet.total_height}行{sheet.total_width}列，没有读入任何行。"
            "多半是远处的格子里留了东西，请把有用的行列复制到新的工作簿后重新提交。"
        )
    return sheet


def _sheet_rows(sheet: CalamineSheet, failed: Mapping[Place, str]) -> Iterator[list[Any]]:
    """The rows from the sheet's first cell on, as they are asked for: a whole sheet as objects is large."""
    left: list[Any] = [""] * (sheet.start[1] if sheet.start else 0)
    errors: dict[int, dict[int, str]] = {}
    for (number, column), text in failed.items():
        errors.setdefault(number, {})[column] = text
    for number, cells in enumerate(sheet.iter_rows()):
        row = left + cells if left else cells
        for column, text in errors.get(number, {}).items() if errors else ():
            if column < len(row):
                row[column] = text
        yield row


def _opened(path: Path) -> CalamineWorkbook:
    """The workbook by its content: by the path, the extension would decide. Only that knows of passwords."""
    try:
        return _in_memory(path.read_bytes())
    except CalamineError:
        return CalamineWorkbook.from_path(str(path))


def _in_memory(content: bytes) -> CalamineWorkbook:
    return CalamineWorkbook.from_filelike(io.BytesIO(content))


# --- Parquet ---------------------------------------------------------------------------------------------


def _parquet(path: Path) -> Iterator[RawSheet]:
    try:
        with pq.ParquetFile(path) as file:
            yield RawSheet(None, _parquet_rows(file), titles=tuple(file.schema_arrow.names))
    except _PARQUET_ERRORS as error:
        raise UnreadableError(_BROKEN_PARQUET) from error


def _parquet_rows(file: pq.ParquetFile) -> Iterator[Sequence[Any]]:
    try:
        for batch in file.iter_batches(batch_size=20_000):
            yield from zip(*(_parquet_cells(column) for column in batch.columns), strict=True)
    except _PARQUET_ERRORS as error:
        raise UnreadableError(_BROKEN_PARQUET) from error


def _parquet_cells(column: pa.Array) -> list[Any]:
    """A column's cells as a workbook would hold them: no nanoseconds, no bytes, nothing nested."""
    kind = column.type
    if pa.types.is_dictionary(kind):
        return _parquet_cells(column.dictionary_decode())
    if pa.types.is_timestamp(kind):
        return list(column.cast(pa.timestamp("us", kind.tz), safe=False).to_pylist())
    if pa.types.is_binary(kind) or pa.types.is_large_binary(kind):
        return list(column.cast(pa.large_string()).to_pylist())
    cells = list(column.to_pylist())
    plain = any(is_plain(kind) for is_plain in _PLAIN)
    return cells if plain else [None if cell is None else str(cell) for cell in cells]


_PLAIN = (
    pa.types.is_string,
    pa.types.is_large_string,
    pa.types.is_integer,
    pa.types.is_floating,
    pa.types.is_decimal,
    pa.types.is_boolean,
    pa.types.is_date,
    pa.types.is_null,
)


# --- text ------------------------------------------------------------------------------------------------


def _text(opener: Callable[[], IO[bytes]]) -> Iterator[RawSheet]:
    try:
        encoding, sample = _encoding(opener)
        _refuse_markup(sample)
        stream = io.TextIOWrapper(opener(), encoding=encoding, newline="")
        yield RawSheet(None, _records(stream, _delimiter(sample)))
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise UnreadableError("压缩文件不完整或已损坏，没有读入任何行。请重新压缩后提交。") from error


def _encoding(opener: Callable[[], IO[bytes]]) -> tuple[str, str]:
    """The encoding that decodes the whole file strictly, and the first part of its text."""
    with opener() as stream:
        head = stream.read(4)
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        candidates = ["utf-16"]
    elif head.startswith(codecs.BOM_UTF8):
        candidates = ["utf-8-sig"]
    else:
        candidates = ["utf-8", "gb18030"]
    for encoding in candidates:
        sample, problem = _decodes(opener, encoding)
        if problem is None:
            return encoding, sample
        if encoding == "utf-8" and problem == "bad" and _mostly_utf8(opener):
            raise UnreadableError("文件中间有坏字节（传输或保存时损坏），没有读入任何行。请重新导出后提交。")
        if problem == "cut":  # in another encoding it would perhaps make characters, but no sense
            raise UnreadableError("文件在一个字的中间断开了（没有传完），没有读入任何行。请重新导出后提交。")
    raise UnreadableError("认不出文件的内容：既不是工作簿，也不是 UTF-8 或 GBK 的表格文本，没有读入任何行。")


def _mostly_utf8(opener: Callable[[], IO[bytes]]) -> bool:
    """Whether it is UTF-8 with some wrong bytes: in GBK it would read as rubbish and not as an error."""
    with opener() as stream:
        text = stream.read(_BLOCK).decode("utf-8", "replace")
    wrong = text.count("\ufffd")
    return len(text) - wrong - sum(map(str.isascii, text)) > 4 * wrong


def _decodes(opener: Callable[[], IO[bytes]], encoding: str) -> tuple[str, str | None]:
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    sample, size = "", 0
    with opener() as stream:
        try:
            while block := stream.read(_BLOCK):
                size += len(block)
                if size > _TEXT_LIMIT:
                    raise UnreadableError("文件超过2GB，没有读入任何行。请拆成几个文件后提交。")
                text = decoder.decode(block)
                if "\x00" in text:
                    return "", "binary"
                sample = sample or text[:65536]
        except UnicodeDecodeError:
            return "", "bad"
        try:
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return "", "cut"
    return sample, None


def _refuse_markup(sample: str) -> None:
    start = sample.lstrip("\ufeff \t\r\n")[:200].lower()
    if start.startswith(_DOCUMENTS):
        raise UnreadableError("这是别的文档，不是表格，没有读入任何行。请把表格另存为 xlsx 后提交。")
    if start.startswith(_MARKUP):
        raise UnreadableError(
            "这是网页（或 XML）冒充的工作簿，没有读入任何行。请用 Excel 打开，另存为 xlsx 后提交。"
        )


def _delimiter(sample: str) -> str:
    """The separator that stands on most of the first lines, outside of quotes; else a comma."""
    lines = [_QUOTED.sub("", line) for line in sample.splitlines()[:_SAMPLE_LINES]]

    def standing(delimiter: str) -> tuple[int, int, bool]:
        counts = [line.count(delimiter) for line in lines]
        return sum(count > 0 for count in counts), sum(counts), delimiter == ","

    best = max(_DELIMITERS, key=standing)
    return best if any(best in line for line in lines) else _FULL_WIDTH_COMMA


def _records(stream: io.TextIOWrapper, delimiter: str) -> Iterator[Sequence[Any]]:
    with stream:
        try:
            # The end mark shows whether the last quote was closed: if not, the file was cut off.
            reader = csv.reader(itertools.chain(stream, [_END]), delimiter=delimiter)
            previous: list[str] | None = None
            for record in reader:
                if previous is not None:
                    yield previous
                previous = record
        except (csv.Error, UnicodeDecodeError) as error:
            raise UnreadableError(
                "表格文本的引号或换行乱了，读不到结尾，没有读入任何行。请重新导出后提交。"
            ) from error
        except (EOFError, zlib.error) as error:
            raise UnreadableError("压缩文件不完整或已损坏，没有读入任何行。请重新压缩后提交。") from error
        if previous != [_END]:
            raise UnreadableError("文件在引号中间断开了（没有传完），没有读入任何行。请重新导出后提交。")
