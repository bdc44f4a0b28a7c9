"""Files are known by their content."""

from __future__ import annotations

import io
import zipfile

import pytest
import xlsxwriter

from bangfu.core.errors import SituationForbids
from bangfu.evidence import kinds
from bangfu.evidence.kinds import kind_by_media_type, kind_of
from tests.evidence import pictures


def office(*names: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return buffer.getvalue()


def workbook() -> bytes:
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer)
    book.add_worksheet()
    book.close()
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (pictures.JPEG, kinds.JPEG),
        (pictures.PNG, kinds.PNG),
        (pictures.WEBP, kinds.WEBP),
        (b"%PDF-1.7 ...", kinds.PDF),
        (workbook(), kinds.SHEET),
        (office("[Content_Types].xml", "word/document.xml"), kinds.WORD),
        (office("[Content_Types].xml", "ppt/presentation.xml"), kinds.SLIDES),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 100, kinds.OLE),
        ("评议记录：同意纳入。\n".encode(), kinds.TEXT),
        ("评议记录：同意纳入。\r\n".encode("gb18030"), kinds.TEXT),
    ],
)
def test_known_kinds(content, expected) -> None:
    assert kind_of(content) is expected


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "empty"),
        (b"MZ\x90\0\x03", "a program"),
        (b"\x7fELF\x02\x01", "a program"),
        (b"<html><script>alert(1)</script>", "a page"),
        (b"  <svg onload=alert(1)>", "a drawing with script"),
        (office("a.txt"), "any archive"),
        (office("word/document.xml"), "an archive that looks like Word"),
        (b"PK\x03\x04 broken", "a torn archive"),
        (office("[Content_Types].xml", "xl/workbook.xml", "xl/vbaProject.bin"), "macros"),
        (b"a\0b", "binary"),
    ],
)
def test_everything_else_is_refused(content, why) -> None:
    with pytest.raises(SituationForbids):
        kind_of(content)


def test_only_pictures_are_shown_inside_a_page() -> None:
    assert {kind for kind in kinds.KINDS if kind.shown} == {kinds.JPEG, kinds.PNG, kinds.WEBP}


def test_kinds_are_found_again_by_media_type() -> None:
    for kind in kinds.KINDS:
        assert kind_by_media_type(kind.media_type) is kind
    with pytest.raises(LookupError):
        kind_by_media_type("text/html")
