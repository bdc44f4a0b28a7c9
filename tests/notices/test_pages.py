"""The pages of notices, by the people who use them. C-044, C-049."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from bangfu.access.models import User
from bangfu.core.models import AuditEvent, Region
from bangfu.ledgers.workbench import all_cells
from bangfu.notices.actions.objecting import object_notice
from bangfu.notices.enums import ObjectionChannel
from bangfu.notices.models import Notice, Objection
from tests.cast import COUNTY, NOW, make_user
from tests.notices.builders import a_draft, a_posted, facts

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser(clerk: User) -> Client:
    client = Client()
    client.force_login(clerk)
    return client


def page(browser: Client, name: str, *args: object, **query: str) -> str:
    response = browser.get(reverse(name, args=args), query)
    assert response.status_code == 200
    return response.content.decode()


def test_a_notice_is_composed_posted_and_found_again(browser: Client, village: Region) -> None:
    typed = {
        "village": village.pk,
        "kind": "notice",
        "matter": "other",
        "title": "上寨村公益性岗位拟聘人员公示",
        "opening": "经村两委会议研究，拟聘下列人员，现予公示。",
        "posted_at": "村委会公告栏",
        "rows": "第2组 郑有福 3 一般农户\n第4组，崔桂兰，5，边缘易致贫户",
    }
    assert browser.post(reverse("compose_notice"), typed).status_code == 302
    notice = Notice.objects.get()
    assert "都齐" in page(browser, "notice_file", notice.uid)
    posted = {"version": notice.version, "posted_on": notice.composed_on.isoformat()}
    browser.post(reverse("publish_notice", args=[notice.uid]), posted)
    assert "公示中" in page(browser, "notice_list")
    assert "崔桂兰" in page(browser, "notice_entry_list", q="崔桂兰")


def test_a_line_that_is_no_household_is_named_and_nothing_typed_is_lost(browser: Client) -> None:
    response = browser.post(reverse("compose_notice"), {"title": "打好的标题", "rows": "郑有福"})
    text = response.content.decode()
    assert "第 1 行要写四样" in text and "打好的标题" in text


def test_a_draft_with_a_leak_says_so_and_cannot_be_posted_nor_printed(
    browser: Client, clerk: User, village: Region
) -> None:
    notice = a_draft(clerk, village, entries=[facts(group="3组15号")])
    text = page(browser, "notice_file", notice.uid)
    assert "要改" in text and "名单第 1 行有住址" in text
    assert reverse("publish_notice", args=[notice.uid]) not in text
    response = browser.get(reverse("print_notice", args=[notice.uid]), {"format": "pdf"})
    assert response.status_code == 302
    assert not AuditEvent.objects.filter(verb="print_notice").exists()


def test_the_paper_is_shown_and_saved_with_its_words(browser: Client, clerk: User, village: Region) -> None:
    notice = a_posted(clerk, village)
    assert "?page=1" in page(browser, "print_notice", notice.uid)
    picture = browser.get(reverse("print_notice", args=[notice.uid]), {"page": "1"})
    assert picture["Content-Type"] == "image/svg+xml" and b"<svg" in picture.content
    assert browser.get(reverse("print_notice", args=[notice.uid]), {"page": "9"}).status_code == 404
    saved = browser.get(reverse("print_notice", args=[notice.uid]), {"format": "pdf"})
    words = PdfReader(io.BytesIO(saved.content)).pages[0].extract_text()
    assert "郑有福" in words and "家庭困难" in words and "2026年11月22日至11月26日" in words
    word_file = browser.get(reverse("print_notice", args=[notice.uid]), {"format": "docx"})
    assert word_file.content.startswith(b"PK")
    forms = [event.data["form"] for event in AuditEvent.objects.filter(verb="print_notice").order_by("pk")]
    assert forms == ["pdf", "docx"]


def test_who_objected_shows_to_those_who_handle_it(browser: Client, clerk: User, village: Region) -> None:
    notice = a_posted(clerk, village)
    object_notice(
        by=clerk,
        at=NOW,
        notice=notice,
        entry=None,
        objector="李举报",
        channel=ObjectionChannel.LETTER,
        received_on=notice.composed_on,
        text="他家有商铺",
    )
    assert "李举报" in page(browser, "notice_file", notice.uid)
    reader = Client()
    reader.force_login(make_user("supervisor", COUNTY))
    text = page(reader, "notice_file", notice.uid)
    assert "李举报" not in text and "他家有商铺" not in text and "待答复" in text


def test_an_objection_is_taken_down_and_answered_on_the_pages(
    browser: Client, clerk: User, village: Region
) -> None:
    notice = a_posted(clerk, village)
    day = notice.composed_on.isoformat()
    given = {"channel": "phone", "received_on": day, "text": "他家有商铺", "entry": notice.entries.get().pk}
    assert browser.post(reverse("object_notice", args=[notice.uid]), given).status_code == 302
    objection = Objection.objects.get()
    told = {"version": 1, "reply": "核实过，是租的。", "upheld": "no", "answered_on": day}
    assert browser.post(reverse("answer_objection", args=[objection.uid]), told).status_code == 302
    assert "不成立" in page(browser, "notice_file", notice.uid)


def test_the_last_steps_are_on_the_page_in_their_time(browser: Client, clerk: User, village: Region) -> None:
    notice = a_posted(clerk, village)
    assert reverse("end_notice", args=[notice.uid]) not in page(browser, "notice_file", notice.uid)
    gone = {"version": notice.version, "reason": "名单有误"}
    browser.post(reverse("withdraw_notice", args=[notice.uid]), gone)
    assert "重拟一份" in page(browser, "notice_file", notice.uid)
    assert browser.post(reverse("recompose_notice", args=[notice.uid])).status_code == 302
    new = Notice.objects.get(replaces=notice)
    assert browser.get(reverse("edit_notice", args=[new.uid])).status_code == 200
    assert "看重拟的一份" in page(browser, "notice_file", notice.uid)


def test_what_is_due_waits_on_the_workbench_with_the_count_of_its_list(
    browser: Client, clerk: User, village: Region
) -> None:
    """C-044: taking down is a to-do on the last day."""
    long_ago = NOW - timedelta(days=60)
    a_posted(clerk, village, long_ago)
    a_posted(clerk, village, long_ago)
    a_draft(clerk, village)
    cells = {cell.label: cell for cell in all_cells(clerk)}
    cell = cells["公示期满待撤下"]
    assert (cell.count, cell.url) == (2, reverse("notice_list") + "?f_due=today")
    assert "共 2 条" in browser.get(cell.url).content.decode()
