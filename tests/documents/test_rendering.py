"""Every template on paper, read back. C-044, C-183, C-184, C-186, C-057."""

from __future__ import annotations

import io
import re
import unicodedata
from datetime import date

import docx
import pytest
from pypdf import PdfReader

from bangfu.documents.docx import render_docx
from bangfu.documents.errors import GlyphMissing, LeaksFound, PaperIncomplete, TooLong
from bangfu.documents.laying import laid
from bangfu.documents.leak_text import text_of
from bangfu.documents.paper import Paper
from bangfu.documents.pdf import render_pdf
from bangfu.documents.template import template, templates
from tests.documents.samples import LONG, RARE, people, sample

EVERY = sorted(templates())


def read_pdf(content: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)


def bare(text: str) -> str:
    """Without blanks: where a line was broken is the layout's business. Compatible forms alike."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))


def words_of(paper: Paper) -> set[str]:
    """Everything the blocks of a paper say, word for word."""

    def every(value: object) -> list[str]:
        if isinstance(value, str):
            return [value]
        if isinstance(value, dict):
            return [each for key, part in value.items() if key not in _LAYOUT for each in every(part)]
        return [each for part in value for each in every(part)] if isinstance(value, list) else []

    return {bare(line) for text in every(laid(paper)) for line in text.split("\n") if bare(line)}


def _with_rows(template_id: str, rows: list[dict[str, object]]) -> Paper:
    paper = sample(template_id)
    return Paper(paper.template, paper.title, {**paper.data, "rows": rows})


_LAYOUT = {"kind", "style", "align", "aligns", "widths", "code", "qr", "landscape", "size"}


@pytest.mark.parametrize("template_id", EVERY)
def test_the_pdf_says_what_the_data_say(template_id: str) -> None:
    paper = sample(template_id)
    text = bare(read_pdf(render_pdf(paper)))
    assert [word for word in words_of(paper) if word not in text] == []


@pytest.mark.parametrize("template_id", EVERY)
def test_the_word_file_says_the_same(template_id: str) -> None:
    paper = sample(template_id)
    text = bare(text_of(render_docx(paper)))
    assert [word for word in words_of(paper) if word not in text] == []


@pytest.mark.parametrize("template_id", EVERY)
def test_an_empty_list_is_printed_too(template_id: str) -> None:
    paper = sample(template_id, rows=0)
    assert bare(paper.title) in bare(read_pdf(render_pdf(paper)))


@pytest.mark.parametrize("template_id", EVERY)
def test_a_template_without_its_data_is_refused_with_a_sentence(template_id: str) -> None:
    with pytest.raises(PaperIncomplete, match="没有印出"):
        render_pdf(Paper(template_id, "缺数据"))


def test_five_thousand_rows_keep_every_name_and_repeat_the_head() -> None:
    pages = PdfReader(io.BytesIO(render_pdf(sample("approval_list", 5_000)))).pages
    text = [bare(page.extract_text()) for page in pages]
    assert sum(page.count(RARE) for page in text) == 1_667
    assert all("序号乡镇村户主人口类别" in page for page in text[:-1])
    assert "—2—" in text[1]


def test_the_official_layout_is_that_of_the_standard() -> None:
    """GB/T 9704: type area 156 × 225 mm from 37 and 28 mm, 22 lines of 28 characters."""
    paper = sample("approval_list", rows=0, opening="审" * 28 * 30)
    page = PdfReader(io.BytesIO(render_pdf(paper))).pages[1]
    lines = [line for line in page.extract_text().split("\n") if "审" in line]
    assert {line.count("审") for line in lines[:-1]} == {28}
    assert len(lines) <= 22
    assert [float(each) for each in page.mediabox[2:]] == pytest.approx([595.28, 841.89], abs=0.1)


def test_the_word_file_has_the_margins_of_the_standard() -> None:
    section = docx.Document(io.BytesIO(render_docx(sample("notice")))).sections[0]
    margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [round(each.mm) for each in margins if each is not None] == [37, 35, 28, 26]


def test_rare_characters_are_printed_and_a_missing_one_is_named() -> None:
    assert RARE in bare(read_pdf(render_pdf(sample("table"))))
    with pytest.raises(GlyphMissing, match=r"U\+E000.*没有印出"):
        render_pdf(sample("table", note="罗\ue000"))


@pytest.mark.parametrize("template_id", [each for each in EVERY if template(each).public])
@pytest.mark.parametrize("render", [render_pdf, render_docx])
def test_a_public_paper_with_a_leak_is_not_printed(template_id: str, render: object) -> None:
    paper = sample(template_id, signed_by="村委会 110101199003077758")
    with pytest.raises(LeaksFound, match=r"没有印出.*身份证号") as refused:
        render(paper)  # type: ignore[operator]
    assert "110101199003077758" not in refused.value.message


def test_a_leak_split_over_the_cells_of_a_row_stops_the_notice() -> None:
    row = {**people(1)[0], "group": "110101", "name": "19900307", "people": "7758"}
    with pytest.raises(LeaksFound):
        render_pdf(_with_rows("notice", [row]))


def test_markup_in_the_data_is_only_text() -> None:
    evil = '#import "x" *粗* $x$ <b> \\ [a] {name}'
    assert bare(evil) in bare(read_pdf(render_pdf(sample("table", note=evil))))


def test_the_same_paper_gives_the_same_bytes() -> None:
    assert render_pdf(sample("notice")) == render_pdf(sample("notice"))


def test_the_refusal_letter_says_how_to_object() -> None:
    text = bare(read_pdf(render_pdf(sample("refusal_letter"))))
    assert "不同意怎么办:" in text and "0886-6620117" in text


def test_a_refusal_letter_of_more_than_120_characters_is_refused() -> None:
    assert render_pdf(sample("refusal_letter", body="字" * 120))
    with pytest.raises(TooLong, match="最多 120 个字，现在 121 个"):
        render_pdf(sample("refusal_letter", body="字" * 121))


def test_the_parts_of_a_case_file_follow_on_pages_of_their_own() -> None:
    file = sample("case_file")
    whole = Paper(file.template, file.title, file.data, parts=(sample("application"), sample("notice")))
    pages = [bare(page.extract_text()) for page in PdfReader(io.BytesIO(render_pdf(whole))).pages]
    assert ["卷内目录" in pages[0], "承诺授权" in pages[1], "公示时间" in pages[-1]] == [True] * 3
    assert "第1页,共1页" in pages[0]
    assert len(docx.Document(io.BytesIO(render_docx(whole))).sections) == 3


def test_gaps_stay_for_the_pen_and_days_fit_their_place() -> None:
    blocks = laid(sample("home_verification", verified_on=date(2026, 1, 5)))[0]["blocks"]
    facts = dict(blocks[0]["cells"])
    assert (facts["核查日期"], facts["户编号"], facts["户主姓名"]) == ("2026年1月5日", "", LONG)
