"""The Word file's layout against GB/T 9704 and against the PDF of the same paper; read from its XML."""

from __future__ import annotations

import io
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from bangfu.documents.docx import render_docx
from bangfu.documents.laying import laid
from bangfu.documents.paper import Paper
from bangfu.documents.template import templates
from tests.documents.samples import sample

EVERY = sorted(templates())
CHARACTERS, LINES = 28, 22


def opened(paper: Paper) -> Any:
    return docx.Document(io.BytesIO(render_docx(paper)))


def fields(footer: Any) -> list[str]:
    return [each.text for each in footer._element.iter(qn("w:instrText"))]


def test_a_page_of_an_official_paper_holds_22_lines_of_28_characters() -> None:
    document = opened(sample("notice"))
    section = document.sections[0]
    wide = section.page_width - section.left_margin - section.right_margin
    high = section.page_height - section.top_margin - section.bottom_margin
    assert (round(section.top_margin / Mm(1)), round(section.left_margin / Mm(1))) == (37, 28)
    assert (round(wide / Mm(1)), round(high / Mm(1))) == (156, 225)
    line = next(each for each in document.paragraphs if each.text.startswith("经入户核查"))
    assert round(high / line.paragraph_format.line_spacing, 1) == LINES
    run = line.runs[-1]
    tracking = int(run._element.rPr.find(qn("w:spacing")).get(qn("w:val"))) / 20
    assert wide / Pt(1) // (run.font.size.pt + tracking) == CHARACTERS
    assert run.font.size.pt == 16 and run._element.rPr.rFonts.get(qn("w:eastAsia")) == "仿宋"


def test_numbers_of_an_official_paper_stand_outside() -> None:
    section = opened(sample("notice")).sections[0]
    odd, even = section.footer, section.even_page_footer
    assert [odd.paragraphs[0].alignment.name, even.paragraphs[0].alignment.name] == ["RIGHT", "LEFT"]
    assert fields(odd) == fields(even) == ["PAGE"]
    assert odd.paragraphs[0].text == "—  —"


def test_a_form_says_which_page_of_how_many() -> None:
    section = opened(sample("application")).sections[0]
    assert fields(section.footer) == fields(section.even_page_footer) == ["PAGE", "SECTIONPAGES"]


def test_each_part_of_a_volume_begins_with_page_one() -> None:
    document = opened(Paper("case_file", "卷宗", sample("case_file").data, parts=(sample("notice"),)))
    numbers = [section._sectPr.findall(qn("w:pgNumType")) for section in document.sections]
    assert [[each.get(qn("w:start")) for each in own] for own in numbers] == [["1"], ["1"]]
    assert document.settings.odd_and_even_pages_header_footer


@pytest.mark.parametrize("template_id", EVERY)
def test_the_file_is_chinese_carries_its_title_and_keeps_lines_apart_as_it_should(template_id: str) -> None:
    paper = sample(template_id)
    document = opened(paper)
    languages = [each.get(qn("w:eastAsia")) for each in document.styles.element.iter(qn("w:lang"))]
    assert languages and set(languages) == {"zh-CN"}
    assert (document.core_properties.title, document.core_properties.author) == (paper.title, "")
    assert all(each.paragraph_format.line_spacing for each in document.paragraphs)


@pytest.mark.parametrize("template_id", EVERY)
def test_tables_are_as_wide_as_the_type_area_and_rows_stay_whole(template_id: str) -> None:
    document = opened(sample(template_id))
    section = document.sections[0]
    wide = section.page_width - section.left_margin - section.right_margin
    for table in document.tables:
        assert abs(sum(column.width for column in table.columns) - wide) < Mm(1)
    listed = [block for sheet in laid(sample(template_id)) for block in sheet["blocks"]]
    for table in [one for one in document.tables if one._tbl.findall(".//" + qn("w:tblHeader"))]:
        assert table.rows[0]._tr.find(".//" + qn("w:cantSplit")) is not None
    heads = [one for one in document.tables if one._tbl.findall(".//" + qn("w:tblHeader"))]
    assert len(heads) == sum(block["kind"] == "table" for block in listed)


def test_no_character_of_an_official_table_touches_a_line() -> None:
    table = opened(sample("notice")).tables[0]
    margins = table._tbl.tblPr.find(qn("w:tblCellMar"))
    twips = {side.tag: int(side.get(qn("w:w"))) for side in margins}
    assert twips == {qn("w:top"): Mm(1).twips, qn("w:bottom"): Mm(1).twips}
