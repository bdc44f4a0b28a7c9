"""A paper as a Word file, for an office that must edit it: the same blocks as the PDF."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from typing import Any

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from bangfu.documents import word_parts as parts
from bangfu.documents.laying import Block, Sheet, laid
from bangfu.documents.paper import Paper
from bangfu.documents.template import SIZES
from bangfu.documents.word_foot import draw_foot
from bangfu.documents.word_parts import BODY, HEAD, TITLE, Look

LOOKS = {
    "official": Look(
        37, 35, 28, 26, size=16, pitch=28.99, title=22, small=14, tracking=-0.25, foot=8, room=1
    ),
    "form": Look(18, 27, 20, 18, size=12, pitch=20, title=20, small=10.5),
    "sheet": Look(14, 25, 18, 16, size=13, pitch=21, title=20, small=12.5, room=0.5),
    "large": Look(28, 32, 26, 26, size=22, pitch=38, title=32, small=16, body=HEAD, room=1),
}
"""Margins in mm, type sizes and line pitch in points, as in ``templates/paper.typ``."""


def render_docx(paper: Paper) -> bytes:
    """The Word file of a paper and its parts; the office's own fonts print it.

    Raises PaperIncomplete, LeaksFound.
    """
    document = docx.Document()
    _begin(document, paper.title)
    for index, sheet in enumerate(laid(paper)):
        _sheet(document, sheet, first=index == 0)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _begin(document: Document, title: str) -> None:
    """Chinese throughout, odd pages told from even ones, and the paper's own title among the properties."""
    document.settings.odd_and_even_pages_header_footer = True
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:eastAsia"), "zh-CN")
    properties = document.core_properties
    properties.title, properties.author, properties.comments = title, "", ""


def _sheet(document: Document, sheet: Sheet, first: bool) -> None:
    look = LOOKS[sheet["style"]]
    section = document.sections[0] if first else document.add_section()
    _page(section, look, SIZES[sheet["size"]], sheet["landscape"])
    draw_foot(section, sheet)
    if sheet["number"]:
        parts.paragraph(document, look, sheet["number"], size=look.small)
    title = parts.paragraph(
        document, look, sheet["title"], font=TITLE, size=look.title, pitch=look.title * 1.5
    )
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    title.paragraph_format.space_after = Pt(look.pitch / 2)
    for block in sheet["blocks"]:
        _DRAW[block["kind"]](document, block, look)


def _page(section: Any, look: Look, size: tuple[int, int], landscape: bool) -> None:
    width, height = reversed(size) if landscape else size
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(width), Mm(height)
    section.top_margin, section.bottom_margin = Mm(look.top), Mm(look.bottom)
    section.left_margin, section.right_margin = Mm(look.left), Mm(look.right)
    section.footer_distance = Mm(look.foot)


def _text(document: Document, block: Block, look: Look) -> None:
    for index, each in enumerate(block["text"].split("\n")):
        line = parts.paragraph(document, look, "")
        line.alignment = getattr(WD_ALIGN_PARAGRAPH, block["align"].upper())
        if block["indent"]:
            line.paragraph_format.first_line_indent = Pt(look.size * 2)
        if block["lead"] and index == 0:
            parts.say(line, block["lead"], HEAD, look.size, look.tracking)
        parts.say(line, each, look.body, look.size, look.tracking)


def _heading(document: Document, block: Block, look: Look) -> None:
    line = parts.paragraph(document, look, block["text"], font=HEAD)
    line.paragraph_format.keep_with_next = True


def _facts(document: Document, block: Block, look: Look) -> None:
    across = block["across"]
    table = parts.table(document, look, [1, 2] * across)
    for start in range(0, len(block["cells"]), across):
        row = table.add_row()
        for index, (label, value) in enumerate(block["cells"][start : start + across]):
            parts.write(row.cells[2 * index], label, HEAD, look.small)
            parts.write(row.cells[2 * index + 1], value, BODY, look.small)
    parts.gap(document, look)


def _table(document: Document, block: Block, look: Look) -> None:
    """Head repeated on every page; a row is never broken."""
    table = parts.table(document, look, [0.6 if each == "auto" else each for each in block["widths"]])
    parts.fill_row(table.add_row(), block["heads"], ["center"] * len(block["heads"]), HEAD, look.small)
    parts.repeat(table.rows[0])
    for cells in block["rows"]:
        parts.fill_row(table.add_row(), cells, block["aligns"], BODY, look.small)
    for across in filter(None, (block["empty"], block["total"])):
        row = table.add_row()
        cell = row.cells[0].merge(row.cells[-1])
        parts.write(cell, across, HEAD, look.small, "center")
    parts.gap(document, look)


def _box(document: Document, block: Block, look: Look) -> None:
    table = parts.table(document, look, [1, 5])
    row = table.add_row()
    row.height = Mm(block["height"])
    parts.write(row.cells[0], block["label"], HEAD, look.small, "center")
    parts.write(row.cells[1], block["text"], BODY, look.small)
    for each in block["signs"]:
        line = row.cells[1].add_paragraph()
        line.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        parts.say(line, each, BODY, look.small)
    parts.gap(document, look)


def _signatures(document: Document, block: Block, look: Look) -> None:
    for each in block["lines"]:
        parts.paragraph(document, look, f"{each}________________", size=look.small)


def _seal(document: Document, block: Block, look: Look) -> None:
    for index, each in enumerate(filter(None, (block["unit"], block["date"]))):
        line = parts.paragraph(document, look, each)
        line.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        line.paragraph_format.right_indent = Pt(look.size * 3)
        line.paragraph_format.space_before = Pt(0 if index else look.pitch * 1.5)


def _ticks(document: Document, block: Block, look: Look) -> None:
    options = "　".join(f"{'☑' if chosen else '□'}{option}" for option, chosen in block["options"])
    line = parts.paragraph(document, look, "", size=look.small)
    parts.say(line, block["label"] + "　", HEAD, look.small)
    parts.say(line, options, BODY, look.small)


_DRAW: Mapping[str, Callable[[Document, Block, Look], None]] = {
    "text": _text,
    "heading": _heading,
    "facts": _facts,
    "table": _table,
    "box": _box,
    "signatures": _signatures,
    "seal": _seal,
    "ticks": _ticks,
}
