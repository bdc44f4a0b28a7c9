"""Every step has its paper, as PDF and Word; its code leads the scan back to the step."""

from __future__ import annotations

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from docx import Document

from bangfu.core.errors import SituationForbids
from bangfu.documents.codes import return_code
from bangfu.documents.docx import render_docx
from bangfu.monitoring.actions.case_papers import return_scan
from bangfu.monitoring.models import Case
from bangfu.monitoring.showing.case_papers import PAPERS, case_file_paper, paper_of, papers_for
from tests.cast import OTHER_VILLAGE, TODAY
from tests.monitoring.case_builders import begun, person, poor_household

pytestmark = pytest.mark.django_db
SCAN = b"%PDF-1.7 scan"


def words_of(case: Case, id: str) -> str:
    paper = next(one for one in PAPERS if one.id == id)
    document = Document(io.BytesIO(render_docx(paper_of(case, paper, TODAY))))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def test_every_paper_prints_at_the_beginning_and_at_the_end(regions, signed_in) -> None:
    walk = begun(regions)
    client = signed_in(walk.people.village)
    for stage in ("study", "enrolled"):
        walk.carry(stage)
        for paper in papers_for(walk.here):
            for form, start in (("pdf", b"%PDF-"), ("docx", b"PK")):
                address = reverse("print_case_paper", args=[walk.here.uid, paper.id])
                answer = client.get(address, {"format": form})
                assert answer.content.startswith(start), (stage, paper.id, form)
    assert client.get(reverse("print_case_paper", args=[walk.here.uid, "letter"])).status_code == 404


def test_what_is_known_is_filled_in(regions) -> None:
    case = begun(regions).carry("review").here
    assert "杨志明" in words_of(case, "application")
    assert "3,000.00" in words_of(case, "verification")
    minutes = words_of(case, "minutes")
    assert "村委会会议室" in minutes and "17" in minutes
    assert "没有负面线索" in words_of(case, "information-check")


def test_the_countys_list_names_the_paper_and_this_village_only(regions) -> None:
    walk = begun(regions).carry("announce", "云岭巩固〔2026〕7号")
    words = words_of(walk.here, "approval")
    assert "云岭巩固〔2026〕7号" in words and "合计 1 户 2 人" in words
    assert "approval" not in [one.id for one in papers_for(begun(regions, poor_household(regions)).here)]


def test_no_identity_number_is_printed(regions) -> None:
    walk = begun(regions).carry("meet")
    numbers = [one.identity.id_number for one in walk.household.members.select_related("identity")]
    for paper in papers_for(walk.here):
        words = words_of(walk.here, paper.id)
        assert not any(number in words for number in numbers), paper.id


def test_the_whole_file_lists_what_was_handed_in(regions) -> None:
    case = begun(regions).carry("meet").here
    paper = case_file_paper(case, TODAY)
    assert [row["name"] for row in paper.data["index"]] == ["承诺授权书扫描件", "信息采集表"]
    assert len(paper.parts) == len(papers_for(case))


def bring(walk, code: str, by=None):
    return return_scan(
        by=by or walk.people.village,
        at=walk.at,
        code=code,
        content=SCAN,
        dated_on=walk.day,
        signed=True,
    )


def test_the_code_of_a_printed_paper_leads_its_scan_to_the_step(regions) -> None:
    walk = begun(regions).carry("authorise")
    paper = next(one for one in PAPERS if one.id == "application")
    brought = bring(walk, paper_of(walk.here, paper, TODAY).code)
    assert (brought.run, brought.requirement) == (walk.here.run, "authorisation_paper")
    assert brought.evidence.signed


def test_a_code_misread_or_of_somebody_else_brings_nothing(regions) -> None:
    walk = begun(regions).carry("authorise")
    code = return_code(walk.here.run.uid, "authorisation_paper")
    wrong = code[:-1] + ("1" if code[-1] != "1" else "2")
    with pytest.raises(SituationForbids, match="校验不对"):
        bring(walk, wrong)
    with pytest.raises(SituationForbids, match="不属于您管的"):
        bring(walk, code, person("village", OTHER_VILLAGE, "elsewhere"))
    assert not walk.here.run.papers.exists()


def test_the_page_reads_the_code_from_the_name_of_the_file(regions, signed_in) -> None:
    walk = begun(regions).carry("authorise")
    code = return_code(walk.here.run.uid, "authorisation_paper").replace(":", "_")
    file = SimpleUploadedFile(f"scan {code}.pdf", SCAN)
    client = signed_in(walk.people.village)
    answer = client.post(reverse("return_scan"), {"scan_file": file, "signed": "on"})
    assert answer.status_code == 302
    assert walk.here.run.papers.get().requirement == "authorisation_paper"
    page = client.post(reverse("return_scan"), {"scan_file": SimpleUploadedFile("a.pdf", SCAN)})
    assert "请填回执码" in page.content.decode()
