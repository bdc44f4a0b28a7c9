"""What a file is, by its content: names and extensions are not believed."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass

from bangfu.core.errors import SituationForbids

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_CONTENT_TYPES, _MACROS = "[Content_Types].xml", "vbaProject.bin"


@dataclass(frozen=True)
class MediaKind:
    """A kind of file: its media type, its extension, and whether a browser may show it inside a page."""

    label: str
    media_type: str
    extension: str
    shown: bool = False


JPEG = MediaKind("JPEG 图片", "image/jpeg", "jpg", shown=True)
PNG = MediaKind("PNG 图片", "image/png", "png", shown=True)
WEBP = MediaKind("WebP 图片", "image/webp", "webp", shown=True)
PDF = MediaKind("PDF", "application/pdf", "pdf")
OLE = MediaKind("旧版 Office 文件", "application/x-ole-storage", "doc")
TEXT = MediaKind("文本", "text/plain", "txt")
_OFFICE = "application/vnd.openxmlformats-officedocument."
WORD = MediaKind("Word 文件", _OFFICE + "wordprocessingml.document", "docx")
SHEET = MediaKind("Excel 文件", _OFFICE + "spreadsheetml.sheet", "xlsx")
SLIDES = MediaKind("PowerPoint 文件", _OFFICE + "presentationml.presentation", "pptx")

KINDS = (JPEG, PNG, WEBP, PDF, WORD, SHEET, SLIDES, OLE, TEXT)
_FOLDERS = {"word/": WORD, "xl/": SHEET, "ppt/": SLIDES}


def kind_of(content: bytes) -> MediaKind:
    """The kind of a file; raises SituationForbids for an empty one, for macros, for what is none of ours."""
    if not content:
        raise SituationForbids("文件是空的，没有收下。请核对后再传。")
    found = _by_start(content) or _by_zip(content) or _text(content)
    if found is None:
        raise SituationForbids(
            "认不出这个文件，没有收下。请传 PDF、JPEG、PNG、WebP、Word、Excel 或文本文件。"
        )
    return found


def kind_by_media_type(media_type: str) -> MediaKind:
    """The kind with this media type; raises LookupError for another."""
    for kind in KINDS:
        if kind.media_type == media_type:
            return kind
    raise LookupError(media_type)


def _by_start(content: bytes) -> MediaKind | None:
    if content.startswith(b"\xff\xd8\xff"):
        return JPEG
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return WEBP
    if content.startswith(b"%PDF-"):
        return PDF
    return OLE if content.startswith(_OLE) else None


def _by_zip(content: bytes) -> MediaKind | None:
    if not content.startswith(b"PK\x03\x04"):
        return None
    try:
        names = zipfile.ZipFile(io.BytesIO(content)).namelist()
    except zipfile.BadZipFile as error:
        raise SituationForbids("这个文件没有传完整，没有收下。请再传一次。") from error
    if any(name.endswith(_MACROS) for name in names):
        raise SituationForbids("这个文件带宏，没有收下。请另存为不带宏的文件再传。")
    for folder, kind in _FOLDERS.items():
        if _CONTENT_TYPES in names and any(name.startswith(folder) for name in names):
            return kind
    return None


def _text(content: bytes) -> MediaKind | None:
    """Plain text in UTF-8 or GB 18030, without control characters; a page of HTML is none."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        printable = all(character.isprintable() or character in "\r\n\t\u3000" for character in text)
        return TEXT if printable and not text.lstrip().startswith("<") else None
    return None
