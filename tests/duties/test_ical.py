"""The calendar feed: text by RFC 5545, a secret address, no names (C-041)."""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from bangfu.access.models import User
from bangfu.duties.actions.calendars import close_calendar, open_calendar
from bangfu.duties.models import CalendarKey
from bangfu.duties.registry import Holder
from bangfu.duties.showing.ical import AllDay, calendar, escaped, folded
from tests.cast import NOW, OTHER_VILLAGE, VILLAGE, make_user
from tests.duties.room import computed, did, people, set_duty, subject, tie

EVENT = AllDay(
    "uid-1@bangfu", date(2026, 11, 30), "走访：青石镇 还有 3 项", "说明", "https://x/duties/mine/", 7
)


def unfolded(text: str) -> list[str]:
    assert text.endswith("\r\n")
    return text.replace("\r\n ", "").split("\r\n")[:-1]


@settings(deadline=None)
@given(st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=400))
def test_lines_are_folded_at_75_octets_and_unfold_to_themselves(line: str) -> None:
    parts = list(folded(line))
    assert all(len(part.encode()) <= 75 for part in parts)
    assert all(part.startswith(" ") for part in parts[1:])
    assert parts[0] + "".join(part[1:] for part in parts[1:]) == line


def test_text_values_are_escaped() -> None:
    assert escaped("甲；a,b;c\\d\r\n乙") == "甲；a\\,b\\;c\\\\d\\n乙"


def test_an_event_is_a_whole_day_that_no_time_zone_moves() -> None:
    shanghai = timezone(timedelta(hours=8))
    stamp = datetime(2026, 11, 22, 7, 30, tzinfo=shanghai)
    lines = unfolded(calendar("帮扶责任", [EVENT], stamp))
    assert lines[0] == "BEGIN:VCALENDAR" and lines[-1] == "END:VCALENDAR"
    assert "DTSTART;VALUE=DATE:20261130" in lines
    assert "DTEND;VALUE=DATE:20261201" in lines
    assert "DTSTAMP:20261121T233000Z" in lines
    assert "TRIGGER:-P6DT15H" in lines, "nine in the morning, seven days before"
    assert calendar("帮扶责任", [EVENT], stamp.astimezone(UTC)) == calendar("帮扶责任", [EVENT], stamp)


def test_every_line_ends_in_crlf_and_nothing_else_breaks_it() -> None:
    text = calendar("帮扶责任", [EVENT], NOW)
    assert "\n" not in text.replace("\r\n", "") and "\r" not in text.replace("\r\n", "")


@pytest.fixture
def helper(office: User) -> User:
    """Somebody who owes visits to three households in two townships, one of them done."""
    user = make_user("helper")
    holder = subject("王干部")
    people.append(Holder(holder, user.pk, None))
    done, *_ = targets = [subject(f"张三{n}户") for n in range(3)]
    for target in targets:
        tie(holder, target, place=VILLAGE)
    tie(holder, subject("李四户"), place=OTHER_VILLAGE)
    set_duty(office)
    did(holder, done, date(2026, 11, 3))
    computed()
    return user


def test_the_feed_counts_by_duty_and_township_and_names_nobody(helper: User, client: Client) -> None:
    secret = open_calendar(by=helper, at=NOW)
    answer = client.get(f"/duties/calendar/{secret}.ics")
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    text = answer.content.decode()
    summaries = [line for line in unfolded(text) if line.startswith("SUMMARY:")]
    assert summaries == ["SUMMARY:走访：青石镇 还有 2 项", "SUMMARY:走访：白水乡 还有 1 项"]
    for name in ("张三", "李四", "王干部", helper.name):
        assert name not in text


def test_the_secret_is_kept_as_a_digest_only(helper: User) -> None:
    secret = open_calendar(by=helper, at=NOW)
    assert CalendarKey.objects.get().digest == hashlib.sha256(secret.encode()).hexdigest()


def test_a_new_address_closes_the_old_one(helper: User, client: Client) -> None:
    old, new = open_calendar(by=helper, at=NOW), open_calendar(by=helper, at=NOW)
    assert client.get(f"/duties/calendar/{old}.ics").status_code == 404
    assert client.get(f"/duties/calendar/{new}.ics").status_code == 200


def test_a_closed_address_opens_no_more(helper: User, client: Client) -> None:
    secret = open_calendar(by=helper, at=NOW)
    close_calendar(by=helper, at=NOW)
    assert client.get(f"/duties/calendar/{secret}.ics").status_code == 404


def test_the_address_of_somebody_who_may_not_sign_in_opens_no_more(helper: User, client: Client) -> None:
    secret = open_calendar(by=helper, at=NOW)
    User.objects.filter(pk=helper.pk).update(is_active=False)
    assert client.get(f"/duties/calendar/{secret}.ics").status_code == 404


def test_the_page_shows_the_address_once(helper: User, signed_in) -> None:
    browser = signed_in(helper)
    shown = browser.post("/duties/calendar/open/").content.decode()
    assert "/duties/calendar/" in shown and ".ics" in shown
    assert ".ics" not in browser.get("/duties/calendar/").content.decode()
