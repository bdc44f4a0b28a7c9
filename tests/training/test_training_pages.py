"""A township works through its pages: course, session, list, held, follow-up, papers (C-200)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from typing import Any

import docx
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from bangfu.access.models import User
from bangfu.core.models import AuditEvent, Region
from bangfu.training.enums.courses import Mode, SessionState
from bangfu.training.models import Course, Participation, TrainingNeed, TrainingSession
from tests.cast import COUNTY, TODAY, TOWN, VILLAGE
from tests.households.builders import make_household
from tests.training.builders import came, course_of, held_of, person, session_of

pytestmark = pytest.mark.django_db
Browser = Callable[[User], Client]


def text_of(answer: Any) -> str:
    return "".join(page.extract_text() for page in PdfReader(BytesIO(answer.content)).pages)


def test_from_the_need_to_the_follow_up(regions: dict[str, Region], signed_in: Browser) -> None:
    browser, today = signed_in(person("township", TOWN)), timezone.localdate()
    browser.post(
        reverse("record_training_need"),
        {
            "region": regions[VILLAGE].pk,
            "surveyed_on": str(today),
            "audience": "户代表",
            "topic": "核桃",
            "asking": 46,
        },
    )
    need = TrainingNeed.objects.get()
    browser.post(
        reverse("plan_course"),
        {
            "region": regions[TOWN].pk,
            "title": "核桃提质",
            "organiser": "青石镇",
            "audience": "户代表",
            "classroom": "田间课堂",
            "hours": "4",
            "content": "修剪",
            "need": need.pk,
        },
    )
    course = Course.objects.get()
    browser.post(
        reverse("plan_session", args=[course.uid]),
        {
            "region": regions[VILLAGE].pk,
            "mode": Mode.LECTURE,
            "starts_on": str(today),
            "ends_on": str(today),
            "location": "村活动室",
            "expected": 30,
        },
    )
    session = TrainingSession.objects.get()
    address = reverse("session_file", args=[session.uid])
    assert "登记谁来了" in browser.get(address).content.decode()
    hold = reverse("hold_session", args=[session.uid])
    page = browser.post(hold, {"version": session.version}, follow=True).content.decode()
    assert "还没有登记任何人参训" in page
    browser.post(
        reverse("record_participation", args=[session.uid]), {"people": "杨志明，上寨村", "keep": "1"}
    )
    session.refresh_from_db()
    page = browser.post(hold, {"version": session.version}, follow=True).content.decode()
    assert "已登记办班：1 人，1 天，培训费 550.00 元" in page
    row = Participation.objects.get()
    answer = {"asked_on": str(today), "means": "visit", "effect": "used", "words": "照着剪了"}
    browser.post(reverse("record_follow_up", args=[row.uid]), answer)
    page = browser.get(address).content.decode()
    assert "用上了" in page and "照着剪了" in page
    assert reverse("hold_session", args=[session.uid]) not in page


def test_two_people_note_a_session_and_one_is_told(regions: dict[str, Region], signed_in: Browser) -> None:
    session = session_of(regions, course_of(regions))
    came(session, "杨志明")
    browser = signed_in(person("county_office"))
    hold = reverse("hold_session", args=[session.uid])
    page = browser.post(hold, {"version": session.version - 1}, follow=True).content.decode()
    assert "刚被别人改过" in page
    assert TrainingSession.objects.get().state == SessionState.PLANNED


def test_nothing_typed_is_lost_on_a_refusal(regions: dict[str, Region], signed_in: Browser) -> None:
    course, today = course_of(regions), timezone.localdate()
    typed = {
        "region": regions[VILLAGE].pk,
        "mode": Mode.LECTURE,
        "starts_on": str(today),
        "ends_on": str(today - timedelta(days=1)),
        "location": "上寨村活动室二楼",
        "expected": 30,
    }
    browser = signed_in(person("county_office"))
    page = browser.post(reverse("plan_session", args=[course.uid]), typed).content.decode()
    assert "早于开始" in page and "上寨村活动室二楼" in page


def test_a_reader_sees_no_steps(regions: dict[str, Region], signed_in: Browser) -> None:
    held = held_of(regions, course_of(regions), TODAY)
    page = signed_in(person("supervisor")).get(reverse("session_file", args=[held.uid])).content.decode()
    for name in ("edit_participation", "remove_participation", "record_follow_up"):
        assert reverse(name, args=[held.participations.get().uid]) not in page
    assert reverse("record_participation", args=[held.uid]) not in page


def test_a_township_opens_the_countys_session_held_here_and_not_its_course(
    regions: dict[str, Region], signed_in: Browser
) -> None:
    held = held_of(regions, course_of(regions), TODAY)
    browser = signed_in(person("township", TOWN))
    page = browser.get(reverse("session_file", args=[held.uid])).content.decode()
    course = reverse("course_file", args=[held.course.uid])
    assert "核桃提质" in page and course not in page
    assert browser.get(course).status_code == 404


def test_lines_to_sign_on_paper(regions: dict[str, Region], signed_in: Browser) -> None:
    session = session_of(regions, course_of(regions), expected=8)
    came(session, "杨志明")
    browser = signed_in(person("county_office"))
    address = reverse("print_participation_sheet", args=[session.uid])
    text = text_of(browser.get(address))
    assert "签字" in text and "杨志明" in text and "定位" not in text
    event = AuditEvent.objects.get(verb="print_participation_sheet")
    assert event.data == {"form": "pdf"}
    word = docx.Document(BytesIO(browser.get(address + "?format=docx").content))
    rows = max(len(table.rows) for table in word.tables)
    assert rows == 1 + 8 + 5, "表头、计划 8 人、多备 5 行"
    assert browser.get(address + "?format=exe").status_code == 404


def test_the_summary_says_what_was_recorded(regions: dict[str, Region], signed_in: Browser) -> None:
    held_of(regions, course_of(regions), TODAY, "杨志明", "罗秀兰")
    browser = signed_in(person("county_office"))
    address = reverse("print_training_summary") + f"?year={TODAY.year}&format=docx"
    word = docx.Document(BytesIO(browser.get(address).content))
    text = "\n".join(one.text for one in word.paragraphs)
    assert "共办培训 1 班，参训 2 人次，8 学时，培训费 1,100.00 元" in text
    assert "按频次还缺" in text and "村干部一季度没有办" in text


def test_the_course_plan_lists_its_sessions(regions: dict[str, Region], signed_in: Browser) -> None:
    session = session_of(regions, course_of(regions))
    browser = signed_in(person("department"))
    text = text_of(browser.get(reverse("print_course_plan", args=[session.course.uid])))
    assert "核桃提质" in text and "村活动室" in text and "备案意见" in text


def test_the_department_finds_what_is_not_filed(regions: dict[str, Region], signed_in: Browser) -> None:
    session = session_of(regions, course_of(regions))
    browser = signed_in(person("department"))
    listed = reverse("session_list") + "?f_filed=no"
    assert str(session.uid) in browser.get(listed).content.decode()
    filing = {
        "version": session.version,
        "department": "县委组织部",
        "filed_on": str(TODAY),
        "number": "备 3 号",
    }
    browser.post(reverse("file_session", args=[session.uid]), filing)
    assert str(session.uid) not in browser.get(listed).content.decode()
    page = browser.get(reverse("session_file", args=[session.uid])).content.decode()
    assert "县委组织部，2026-11-22，备 3 号" in page


def test_the_household_file_shows_trainings_and_services(
    regions: dict[str, Region], signed_in: Browser
) -> None:
    household = make_household(regions)
    browser = signed_in(person("township", TOWN))
    held = session_of(regions, course_of(regions))
    browser.post(reverse("record_participation", args=[held.uid]), {"people": "杨志明，上寨村", "keep": "1"})
    held.refresh_from_db()
    browser.post(reverse("hold_session", args=[held.uid]), {"version": held.version})
    browser.post(
        reverse("ask_household_service", args=[household.uid]),
        {"kind": "legal_service", "problem": "工钱没拿到", "asked_on": str(TODAY)},
    )
    tab = reverse("household_file", args=[household.uid]) + "?tab=services"
    page = browser.get(tab).content.decode()
    assert "核桃提质" in page and "工钱没拿到" in page


@pytest.mark.parametrize("place", [COUNTY, TOWN])
def test_what_waits_stands_on_the_workbench(
    regions: dict[str, Region], signed_in: Browser, place: str
) -> None:
    session_of(regions, course_of(regions))
    role = "county_office" if place == COUNTY else "township"
    page = signed_in(person(role, place)).get(reverse("workbench")).content.decode()
    assert "班次结束了没登记" in page
