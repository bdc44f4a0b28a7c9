"""The foot of a Word page: its number, counted by Word, and the strip by which a scan finds its way back."""

from __future__ import annotations

import io
from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from bangfu.documents.codes import qr_png
from bangfu.documents.laying import Sheet
from bangfu.documents.word_parts import HEAD, say

NUMBER = "宋体"
"""GB/T 9704: page numbers in 四号 half-width digits of this type, a dash on either side."""
_CODE_MM, _STRIP_POINTS, _SMALL, _OFFICIAL = 14, 9, 9, 14
_SCAN_BACK = "扫描上传时自动归到这一件"


def draw_foot(section: Any, sheet: Sheet) -> None:
    """Number and strip of a section; every part of a volume begins with page 1.

    An official paper's number stands outside: right on odd pages, left on even ones. The document must tell
    odd from even pages.
    """
    _begin_with_one(section)
    official = sheet["style"] == "official"
    for footer, side in ((section.footer, "RIGHT"), (section.even_page_footer, "LEFT")):
        footer.is_linked_to_previous = False
        line = footer.paragraphs[0]
        line.alignment = getattr(WD_ALIGN_PARAGRAPH, side if official else "RIGHT")
        if official:
            _number(line, "— ", ("PAGE", " —"), NUMBER, _OFFICIAL)
        else:
            _number(line, "第 ", ("PAGE", " 页，共 ", "SECTIONPAGES", " 页"), HEAD, _SMALL)
        if sheet["code"]:
            _strip(footer.add_paragraph(), sheet)


def _begin_with_one(section: Any) -> None:
    for copied in section._sectPr.findall(qn("w:pgNumType")):
        section._sectPr.remove(copied)
    start = OxmlElement("w:pgNumType")
    start.set(qn("w:start"), "1")
    section._sectPr.insert_element_before(start, "w:cols", "w:docGrid")


def _number(line: Any, before: str, rest: tuple[str, ...], font: str, size: float) -> None:
    """Words, then fields and words in turn."""
    say(line, before, font, size)
    for index, each in enumerate(rest):
        if index % 2:
            say(line, each, font, size)
        else:
            _field(line, each, font, size)


def _field(line: Any, code: str, font: str, size: float) -> None:
    say(line, "", font, size)
    for kind in ("begin", "", "end"):
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        else:
            part.text = code
        line.runs[-1]._element.append(part)


def _strip(line: Any, sheet: Sheet) -> None:
    line.paragraph_format.space_after = Pt(0)
    line.add_run().add_picture(io.BytesIO(qr_png(sheet["code"])), width=Mm(_CODE_MM))
    words = (sheet["strip"], _SCAN_BACK, sheet["readable"])
    say(line, "　" + "　".join(filter(None, words)), HEAD, _STRIP_POINTS)
