"""The text of a file, for the scanner: PDF, Word, Excel; lines as lines, cells of a row apart by tabs."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from xml.etree import ElementTree

from pypdf import PdfReader
from pypdf.errors import PyPdfError
from python_calamine import CalamineError, CalamineWorkbook

from bangfu.documents.errors import UnreadableContent

_UNPACKED_LIMIT = 200 << 20
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_WORD_PARTS = re.compile(r"word/(document|header\d*|footer\d*|footnotes|endnotes|comments)\.xml")


def text_of(content: bytes) -> str:
    """The text of a PDF, Word, Excel or text file, by content.

    Raises UnreadableContent when there is none, so that silence never means "nothing found".
    """
    if content.startswith(b"%PDF"):
        return _needed(_pdf(content))
    if content.startswith(b"PK"):
        return _needed(_packed(content))
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UnreadableContent("认不出这个文件是什么，里面的字查不了。请另存为 PDF、Word 或 Excel 再查。")


def _needed(text: str) -> str:
    if not text.strip():
        raise UnreadableContent("这个文件里没有文字（可能是扫描的图片），没法查。请人工逐页核对。")
    return text


def _pdf(content: bytes) -> str:
    """Every page must have text: a picture among pages could hide anything."""
    try:
        pages = [page.extract_text() for page in PdfReader(io.BytesIO(content)).pages]
    except (PyPdfError, ValueError, KeyError) as error:
        raise UnreadableContent("这份 PDF 打不开或加了密，没有查。请重新生成后再查。") from error
    return "" if not all(page.strip() for page in pages) else "\n".join(pages)


def _packed(content: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(each.file_size for each in archive.infolist()) > _UNPACKED_LIMIT:
                raise UnreadableContent("文件解开以后太大，没有查。请拆成几份再查。")
            if "word/document.xml" in archive.namelist():
                return "\n".join(_word(archive))
        return "\n".join(_excel(content))
    except (zipfile.BadZipFile, CalamineError, ElementTree.ParseError) as error:
        raise UnreadableContent("文件不完整或已损坏，没有查。请重新保存后再查。") from error


def _word(archive: zipfile.ZipFile) -> Iterator[str]:
    for name in archive.namelist():
        if _WORD_PARTS.fullmatch(name):
            yield from _word_lines(ElementTree.fromstring(archive.read(name)))


def _word_lines(element: ElementTree.Element) -> Iterator[str]:
    """A paragraph is a line, and so is a row of a table with all its cells."""
    for child in element:
        if child.tag == f"{_WORD}tr":
            yield "\t".join(_said(paragraph) for paragraph in child.iter(f"{_WORD}p"))
        elif child.tag == f"{_WORD}p":
            yield _said(child)
        else:
            yield from _word_lines(child)


def _said(paragraph: ElementTree.Element) -> str:
    return "".join(text.text or "" for text in paragraph.iter(f"{_WORD}t"))


def _excel(content: bytes) -> Iterator[str]:
    """Every sheet, the hidden ones too."""
    workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
    for name in workbook.sheet_names:
        yield name
        for row in workbook.get_sheet_by_name(name).to_python():
            yield "\t".join(_cell(each) for each in row)


def _cell(value: object) -> str:
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
