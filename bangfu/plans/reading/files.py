"""The text of an uploaded plan: TXT in the usual encodings, DOCX with its tables as tabbed lines."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

import docx
from docx.document import Document
from docx.opc.exceptions import PackageNotFoundError
from docx.table import Table
from docx.text.paragraph import Paragraph

_ENCODINGS = ("utf-8-sig", "gb18030", "utf-16")


class UnreadablePlan(Exception):
    """The file holds no text that can be read; the message says why, in Chinese."""


def text_of(name: str, content: bytes) -> str:
    """The text of a file by its name's ending. Raises UnreadablePlan."""
    ending = name.rpartition(".")[2].lower()
    if ending == "docx":
        return _docx(content)
    if ending == "txt":
        return _txt(content)
    raise UnreadablePlan(
        "只认得 TXT 和 DOCX。老的 DOC、PDF，请在文字处理软件里另存为 DOCX，或把文字粘贴进来。"
    )


def _txt(content: bytes) -> str:
    encodings = ("utf-16",) if content[:2] in (b"\xff\xfe", b"\xfe\xff") else _ENCODINGS[:2]
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UnreadablePlan("认不出这个 TXT 的编码。请另存为 UTF-8，或把文字粘贴进来。")


def _docx(content: bytes) -> str:
    try:
        document = docx.Document(io.BytesIO(content))
    except (PackageNotFoundError, zipfile.BadZipFile, KeyError, ValueError) as cause:
        raise UnreadablePlan(
            "这个文件不是完整的 DOCX，打不开。请重新保存后再传，或把文字粘贴进来。"
        ) from cause
    return "\n".join(_lines(document))


def _lines(document: Document) -> Iterator[str]:
    for block in document.iter_inner_content():
        if isinstance(block, Paragraph):
            yield _numbered(block)
        elif isinstance(block, Table):
            yield from (_row(row.cells) for row in block.rows)


def _numbered(paragraph: Paragraph) -> str:
    """The words of a paragraph; line breaks within it stay lines."""
    return paragraph.text


def _row(cells: tuple[object, ...]) -> str:
    """The cells parted by tabs; a merged cell's words stand once."""
    seen: list[object] = []
    words: list[str] = []
    for cell in cells:
        element = cell._tc  # type: ignore[attr-defined]
        words.append("" if element in seen else " ".join(cell.text.split()))  # type: ignore[attr-defined]
        seen.append(element)
    return "\t".join(words)
