"""The small parts a Word file is made of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from docx.document import Document
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

BODY = "仿宋"
TITLE = "华文中宋"
HEAD = "黑体"
"""Fonts that Word brings or an office has; Word takes another one where they are missing."""


@dataclass(frozen=True)
class Look:
    """Margins in mm; sizes, line pitch and what stands between two characters in points; ``foot``: mm from
    the paper's edge to the foot; ``room``: mm above and below what stands in a cell."""

    top: float
    bottom: float
    left: float
    right: float
    size: float
    pitch: float
    title: float
    small: float
    body: str = BODY
    tracking: float = 0
    foot: float = 5
    room: float = 0


def paragraph(
    document: Document,
    look: Look,
    text: str,
    font: str | None = None,
    size: float | None = None,
    pitch: float | None = None,
) -> Any:
    """A paragraph in the body's font and line pitch unless told otherwise."""
    line = document.add_paragraph()
    line.paragraph_format.space_before = line.paragraph_format.space_after = Pt(0)
    line.paragraph_format.line_spacing = Pt(pitch or look.pitch)
    if text:
        say(line, text, font or look.body, size or look.size, look.tracking if size is None else 0)
    return line


def say(line: Any, text: str, font: str, size: float, tracking: float = 0) -> None:
    """Text in a font, for Chinese characters too; ``tracking`` points are added behind each."""
    run = line.add_run(text)
    run.font.size = Pt(size)
    run.font.name = font
    properties = run._element.get_or_add_rPr()
    properties.get_or_add_rFonts().set(qn("w:eastAsia"), font)
    if tracking:
        spacing = OxmlElement("w:spacing")
        spacing.set(qn("w:val"), str(round(20 * tracking)))
        properties.insert_element_before(spacing, "w:w", "w:kern", "w:position", "w:sz")


def table(document: Document, look: Look, widths: Sequence[float]) -> Any:
    """An empty table with borders over the full width, its columns in these proportions."""
    made = document.add_table(rows=0, cols=len(widths), style="Table Grid")
    made.alignment = WD_TABLE_ALIGNMENT.CENTER
    made.autofit = False
    section = document.sections[-1]
    full = (section.page_width or 0) - (section.left_margin or 0) - (section.right_margin or 0)
    for column, width in zip(made.columns, widths, strict=True):
        column.width = int(full * width / sum(widths))
    _room(made, look.room)
    return made


def _room(made: Any, room: float) -> None:
    margins = OxmlElement("w:tblCellMar")
    for side in ("top", "bottom"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), str(Mm(room).twips))
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    made._tbl.tblPr.insert_element_before(margins, "w:tblLook")


def fill_row(row: Any, texts: Sequence[str], aligns: Sequence[str], font: str, size: float) -> None:
    """The cells of a row, which is never broken over two pages."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    for cell, text, align in zip(row.cells, texts, aligns, strict=True):
        write(cell, text, font, size, align)


def write(cell: Any, text: str, font: str, size: float, align: str = "left") -> None:
    """A text in the middle of a cell's height."""
    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    line = cell.paragraphs[0]
    line.alignment = getattr(WD_ALIGN_PARAGRAPH, align.upper())
    say(line, text, font, size)


def repeat(row: Any) -> None:
    """Print this row again on top of every page."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def gap(document: Document, look: Look) -> None:
    """A little room below a table, without which Word joins two of them."""
    paragraph(document, look, "", pitch=look.pitch / 2)
