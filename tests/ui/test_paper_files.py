"""A paper as a file or page by page: what is answered, refused and noted."""

from urllib.parse import quote

import pytest
from django.contrib.messages import get_messages
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import Http404, HttpRequest
from django.test import RequestFactory

from bangfu.documents.errors import PaperError
from bangfu.documents.paper import Paper
from bangfu.ui.downloads import saved_file, set_name, workbook_file
from bangfu.ui.paper_files import answer_file, answer_paper, paper_file
from tests.documents.samples import sample

BACK = "/back/"
UNPRINTABLE = Paper("notice", "缺数据的公示")


def _asked(query: str = "") -> HttpRequest:
    request = RequestFactory().get(f"/paper/{query}")
    request._messages = CookieStorage(request)
    return request


@pytest.mark.parametrize(("form", "begins"), [("pdf", b"%PDF"), ("docx", b"PK")])
def test_a_paper_is_saved_under_its_chinese_name(form: str, begins: bytes) -> None:
    answer = paper_file(sample("notice"), form, "大沟村公示")
    assert answer.content.startswith(begins)
    named = f"attachment; filename*=utf-8''{quote(f'大沟村公示.{form}')}"
    assert answer.headers["Content-Disposition"] == named


def test_there_is_no_other_form() -> None:
    with pytest.raises(Http404):
        paper_file(sample("notice"), "exe", "公示")
    with pytest.raises(Http404):
        answer_file(_asked("?format=exe"), sample("notice"), "公示", BACK)
    with pytest.raises(Http404):
        answer_paper(_asked("?format=exe"), sample("notice"), "公示", BACK)


def test_a_paper_that_cannot_be_printed_is_refused() -> None:
    with pytest.raises(PaperError):
        paper_file(UNPRINTABLE, "pdf", "公示")


@pytest.mark.parametrize("query", ["", "?format=docx", "?page=1"])
def test_the_refusal_leads_back_with_the_reason_and_notes_nothing(query: str) -> None:
    request, noted = _asked(query), []
    answer = (answer_paper if "page" in query else answer_file)(
        request, UNPRINTABLE, "公示", BACK, noted.append
    )
    assert (answer.status_code, answer.headers["Location"], noted) == (302, BACK, [])
    assert ["没有印出" in str(each) for each in get_messages(request)] == [True]


@pytest.mark.parametrize(
    ("query", "given", "noted"),
    [("", "", "pdf"), ("?format=docx", "", "docx"), ("?format=pdf", "docx", "docx")],
)
def test_a_file_is_noted_with_its_form(query: str, given: str, noted: str) -> None:
    taken = []
    answer_file(_asked(query), sample("notice"), "公示", BACK, taken.append, form=given)
    assert taken == [noted]


def test_looking_at_the_pages_takes_nothing_away() -> None:
    taken = []
    whole = answer_paper(_asked(), sample("notice"), "公示", BACK, taken.append, warning="草稿")
    text = whole.content.decode()
    assert "?page=1" in text and "草稿" in text and BACK in text
    one = answer_paper(_asked("?page=1"), sample("notice"), "公示", BACK, taken.append)
    assert one.headers["Content-Type"] == "image/svg+xml" and b"<svg" in one.content
    assert taken == []


def test_what_is_void_says_so_before_what_is_a_draft() -> None:
    page = answer_paper(_asked(), sample("notice"), "公示", BACK, warning="草稿", void="已作废")
    assert "已作废" in page.content.decode() and "草稿" not in page.content.decode()


@pytest.mark.parametrize("page", ["0", "99", "x", "", "²"])
def test_a_page_that_is_not_there_is_not_found(page: str) -> None:
    with pytest.raises(Http404):
        answer_paper(_asked(f"?page={page}"), sample("notice"), "公示", BACK)


def test_an_ending_names_a_workbook_and_a_picture_is_shown() -> None:
    assert workbook_file(b"PK", "a.xlsx").headers["Content-Disposition"] == 'attachment; filename="a.xlsx"'
    picture = saved_file(b"x", "image/jpeg", "a.jpg")
    set_name(picture, "a.jpg", shown=True)
    assert picture.headers["Content-Disposition"] == 'inline; filename="a.jpg"'
