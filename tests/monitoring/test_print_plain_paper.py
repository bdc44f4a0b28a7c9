"""ID numbers on papers: gaps by default, in full for a reason and with a trace, never on anything public."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from docx import Document

from bangfu.access.models import User
from bangfu.core.changing import SYSTEM, recording
from bangfu.core.errors import NotPermitted, SituationForbids
from bangfu.core.models import AuditEvent, Region
from bangfu.demo.case_walk import Walk
from bangfu.documents.docx import render_docx
from bangfu.documents.errors import LeaksFound
from bangfu.documents.paper import Paper
from bangfu.documents.pdf import render_pdf
from bangfu.documents.template import template
from bangfu.monitoring.actions.plain_papers import Plain, print_plain_paper
from bangfu.monitoring.showing.case_papers import PAPERS, paper_of, papers_for
from tests.cast import TODAY
from tests.monitoring.case_builders import begun

pytestmark = pytest.mark.django_db
REASON = "发函请部门比对"
PHONE = "13900001234"
PLAIN = [paper for paper in PAPERS if paper.plain]


@pytest.fixture
def walk(regions: dict[str, Region]) -> Walk:
    walk = begun(regions).carry("verify").ask_bureaus()
    with recording(by=SYSTEM, at=walk.at, verb="edit_household"):
        household = walk.here.household
        household.phone = PHONE
        household.save()
    return walk


def numbers(walk: Walk) -> list[str]:
    return [one.identity.id_number for one in walk.here.household.members.all()]


def words_of(paper: Paper) -> str:
    document = Document(io.BytesIO(render_docx(paper)))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def plain(walk: Walk, by: User, **more: str) -> Plain:
    facts = {"paper": "application", "form": "pdf", "reason": REASON}
    return print_plain_paper(by=by, at=walk.at, case=walk.here, **facts | more)


@pytest.mark.parametrize("paper", PLAIN, ids=lambda paper: paper.id)
def test_by_default_the_numbers_are_gaps_and_for_a_reason_they_stand_there(walk: Walk, paper) -> None:
    case = walk.here
    masked = words_of(paper_of(case, paper, TODAY))
    assert not any(number in masked for number in numbers(walk))
    given = plain(walk, walk.people.county, paper=paper.id)
    full = words_of(paper_of(case, paper, TODAY, given))
    assert all(number in full for number in numbers(walk))


def test_no_other_paper_has_a_place_for_them_and_none_of_these_is_public(walk: Walk) -> None:
    assert {paper.id for paper in PLAIN} == {"application", "check-request"}
    assert not any(template(paper.template).public for paper in PLAIN)
    given = plain(walk, walk.people.county)
    for paper in papers_for(walk.here):
        if not paper.plain:
            text = words_of(paper_of(walk.here, paper, TODAY, given))
            assert not any(number in text for number in numbers(walk))


def test_the_scanner_stops_a_number_before_anything_public(walk: Walk) -> None:
    row = {"name": "杨志明", "group": numbers(walk)[0], "people": 2, "category": "突发严重困难户"}
    data = {"place": "上寨村", "opening": "公示", "rows": [row], "phones": []}
    with pytest.raises(LeaksFound):
        render_pdf(Paper("announcement", "公告", data))


def test_who_and_why_stay_on_record_and_the_numbers_do_not(walk: Walk) -> None:
    plain(walk, walk.people.county)
    event = AuditEvent.objects.get(verb="print_plain_paper")
    assert (event.summary, event.data["paper"]) == (REASON, "application")
    assert {one.data["class"] for one in AuditEvent.objects.filter(verb="unmask")} == {
        "IDENTITY",
        "CONTACT",
    }
    told = "".join(str(one.data) + one.summary for one in AuditEvent.objects.all())
    assert not any(number in told for number in [*numbers(walk), PHONE])


def test_without_reason_or_permission_nothing_is_printed(walk: Walk) -> None:
    with pytest.raises(SituationForbids, match="理由"):
        plain(walk, walk.people.county, reason="看")
    with pytest.raises(NotPermitted):
        plain(walk, walk.people.helper)
    assert not AuditEvent.objects.filter(verb__in=("unmask", "print_plain_paper")).exists()


def test_the_request_goes_out_only_when_the_household_has_signed(regions: dict[str, Region]) -> None:
    walk = begun(regions).carry("authorise")
    assert "check-request" not in [one.id for one in papers_for(walk.here)]


def test_the_page_asks_for_the_reason_each_time(walk: Walk, signed_in: Callable[[User], Client]) -> None:
    client = signed_in(walk.people.county)
    address = reverse("print_plain_paper", args=[walk.here.uid, "check-request"])
    assert "理由" in client.get(address).content.decode()
    assert "至少" in client.post(address, {"reason": "看", "form": "pdf"}).content.decode()
    given = client.post(address, {"reason": REASON, "form": "pdf"})
    assert given.content.startswith(b"%PDF-")
    assert (
        reverse("print_plain_paper", args=[walk.here.uid, "application"])
        in client.get(reverse("case_papers", args=[walk.here.uid])).content.decode()
    )


def test_who_may_not_see_numbers_is_not_offered_them(walk: Walk, signed_in: Callable[[User], Client]) -> None:
    client = signed_in(walk.people.county)
    minutes = reverse("print_plain_paper", args=[walk.here.uid, "minutes"])
    assert client.get(minutes).status_code == 404
