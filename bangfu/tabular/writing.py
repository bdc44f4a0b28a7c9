"""Writes files so that a kill leaves the old one or the new one, never half a one, and marks our workbooks.

A marked workbook carries the custom property ``bangfu.kind``, which survives saving in Excel, WPS and
LibreOffice. Whether somebody saved it again shows in its dates (we write ``created`` and ``modified`` alike,
office programs move ``modified``) and in the program that wrote it.
"""

from __future__ import annotations

import datetime as dt
import errno
import os
import secrets
import shutil
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from lzma import LZMAError
from pathlib import Path
from typing import Any
from xml.etree import ElementTree
from zipfile import BadZipFile, ZipFile

from xlsxwriter import Workbook
from xlsxwriter.exceptions import FileCreateError

CLUES = "clues"
RECEIPT = "receipt"
FONT = "微软雅黑"  # on every Windows; elsewhere the office program puts its own Chinese font in its place

_MARK = "bangfu.kind"
_PART_LIMIT = 1 << 20  # a property part is a few hundred bytes; more is no work of ours
_UNREADABLE = (
    OSError,
    BadZipFile,
    KeyError,  # no such part
    ValueError,
    EOFError,
    RuntimeError,  # encrypted; NotImplementedError: packed in an unknown way
    zlib.error,
    LZMAError,
    ElementTree.ParseError,
)
_DCTERMS = "{http://purl.org/dc/terms/}"
_APPLICATION = "{http://schemas.openxmlformats.org/officeDocument/2006/extended-properties}AppVersion"
_OUR_APPLICATION = "12.0000"  # what XlsxWriter writes; office programs put their own
_KEPT = "改过的旧件"

_CAUSES = {
    errno.ENOENT: "所在的文件夹不存在，请先建好文件夹",
    errno.ENOTDIR: "路径中有一段是文件而不是文件夹，请换一个位置",
    errno.EEXIST: "路径中有一段是文件而不是文件夹，请换一个位置",
    errno.EACCES: "没有写入的权限，或文件正在 Excel、WPS 中打开，请关闭后再运行，或换一个位置",
    errno.EPERM: "没有写入的权限，或文件正在 Excel、WPS 中打开，请关闭后再运行，或换一个位置",
    errno.EROFS: "磁盘是只读的，请换一个位置",
    errno.ENOSPC: "磁盘已满，请腾出空间后再运行",
    errno.EDQUOT: "磁盘配额已用完，请腾出空间后再运行",
    errno.EFBIG: "文件太大，这个磁盘放不下，请换一个位置",
    errno.EISDIR: "这是一个文件夹，请写明文件名",
    errno.ENAMETOOLONG: "文件名太长，请改短",
}


class OutputError(Exception):
    """An output that could not be written; the message says which, why, what was kept and what to do."""


def output_error(target: Path, error: OSError) -> OutputError:
    """The error of ``target`` in one Chinese sentence."""
    cause = _CAUSES.get(error.errno or 0, f"系统报告“{error.strerror or error}”")
    return OutputError(f"写不成“{shown(target)}”：{cause}。没有写出新内容，原有文件（如有）未动。")


def shown(path: Path | str) -> str:
    """A path fit to print: of a name that is no valid UTF-8 the strange bytes become question marks."""
    return str(path).encode("utf-8", "replace").decode("utf-8")


@contextmanager
def atomic_path(target: Path) -> Iterator[Path]:
    """A temporary name in the folder of ``target``; what is written there takes its place at the end.

    If the block raises, the temporary file is removed and ``target`` stays as it was. Raises OutputError when
    the folder is missing or not writable, the disk full, or ``target`` a folder, a device or held open.
    """
    try:
        final = _replaceable(target)
        temporary = final.with_name(_temporary_name())
        temporary.touch(exist_ok=False)
        try:
            yield temporary
            _flush(temporary)
            temporary.replace(final)
        finally:
            temporary.unlink(missing_ok=True)
        if os.name == "posix":  # only there can a folder be flushed
            _flush(final.parent)
    except OSError as error:
        raise output_error(target, error) from error


def check_target(target: Path) -> None:
    """Raises now the OutputError that :func:`atomic_path` would raise after the work; leaves no trace."""
    try:
        temporary = _replaceable(target).with_name(_temporary_name())
        temporary.touch(exist_ok=False)
        temporary.unlink()
    except OSError as error:
        raise output_error(target, error) from error


def _temporary_name() -> str:
    return f".bangfu-{secrets.token_hex(8)}.tmp"


def _replaceable(target: Path) -> Path:
    """The file behind a link, checked: replacing /dev/null or a folder would do harm."""
    final = Path(os.path.realpath(target))
    if final.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    if final.exists() and not final.is_file():
        raise OutputError(f"写不成“{shown(target)}”：这不是普通文件，请换一个文件名。")
    return final


def _flush(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def marked_workbook(target: Path, mark: str, title: str, as_of: dt.date) -> Iterator[Workbook]:
    """A new workbook with our mark, written atomically to ``target`` when the block ends.

    Rows must be written from the top down (they go to disk one by one). The file's dates are ``as_of``, so
    that the same content is the same bytes. Raises OutputError like :func:`atomic_path`.
    """
    with atomic_path(target) as temporary, _scratch() as scratch:
        book = Workbook(str(temporary), _options(scratch))
        book.use_zip64()
        created = dt.datetime.combine(as_of, dt.time())
        book.set_properties({"title": title, "author": "帮扶", "created": created})
        book.set_custom_property(_MARK, mark, "text")
        yield book
        try:
            book.close()
        except FileCreateError as error:
            raise output_error(target, error.args[0]) from error


def _scratch() -> tempfile.TemporaryDirectory[str]:
    # Rows wait there until the workbook is packed; they are personal data, so the folder goes with the block.
    return tempfile.TemporaryDirectory(prefix="bangfu-", ignore_cleanup_errors=True)


def _options(scratch: str) -> dict[str, Any]:
    font = {"font_name": FONT, "font_size": 10}
    return {"constant_memory": True, "tmpdir": scratch, "default_format_properties": font}


def read_mark(path: Path) -> str | None:
    """What Bangfu made this workbook as (``clues`` or ``receipt``), None for any other or unreadable file.

    Reads one small part of the file, whatever its size or extension.
    """
    properties = _part(path, "docProps/custom.xml")
    for entry in properties if properties is not None else ():
        if entry.get("name") == _MARK:
            mark = "".join(entry.itertext()).strip()
            return mark if mark in (CLUES, RECEIPT) else None
    return None


def was_edited(path: Path) -> bool:
    """Whether a marked workbook was saved again by somebody since we wrote it."""
    core, app = _part(path, "docProps/core.xml"), _part(path, "docProps/app.xml")
    if core is None or app is None:
        return True
    same_date = core.findtext(f"{_DCTERMS}created") == core.findtext(f"{_DCTERMS}modified")
    return not (same_date and app.findtext(_APPLICATION) == _OUR_APPLICATION)


def is_own_output(path: Path, *, named: bool) -> bool:
    """Whether an input is to be skipped because it is what Bangfu wrote.

    Clues workbooks always are. Receipts are skipped as they were written; one that somebody mended and saved,
    or that is ``named`` as INPUT itself, is read like any list.
    """
    mark = read_mark(path)
    if mark == RECEIPT:
        return not named and not was_edited(path)
    return mark is not None


def keep_edited(target: Path) -> Path | None:
    """Copies a marked workbook that somebody worked in aside before it is replaced; None if there is nothing.

    The copy is ``名字(改过的旧件).xlsx``, then ``(改过的旧件2)`` and so on. Raises OutputError.
    """
    if read_mark(target) is None or not was_edited(target):
        return None
    number, copy = 1, target.with_stem(f"{target.stem}({_KEPT})")
    while copy.exists():
        number += 1
        copy = target.with_stem(f"{target.stem}({_KEPT}{number})")
    with atomic_path(copy) as temporary:
        shutil.copyfile(target, temporary)
    return copy


def _part(path: Path, name: str) -> ElementTree.Element | None:
    try:
        with ZipFile(path) as parcel, parcel.open(name) as part:
            return ElementTree.fromstring(part.read(_PART_LIMIT))
    except _UNREADABLE:
        return None
