"""How amounts, counts and dates are written (the rules of the interface, not of the code)."""

import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.template import Context, Template

from bangfu.ui import formats

TODAY = datetime.date(2026, 11, 22)
LATE_EVENING_UTC = datetime.datetime(2026, 11, 21, 23, 30, tzinfo=datetime.UTC)


@pytest.mark.parametrize(
    ("fen", "unit", "written"),
    [
        (0, "yuan", "0.00"),
        (1, "yuan", "0.01"),
        (1_234_567, "yuan", "12,345.67"),
        (-511_960, "yuan", "−5,119.60"),
        (None, "yuan", "—"),
        (641_260_000, "wan", "641.26"),
        (1_234_567, "wan", "1.23"),
        (5_000, "wan", "0.01"),
        (4_999, "wan", "0.00"),
        (890_000_000_000, "wan", "890,000.00"),
        (None, "wan", "—"),
    ],
)
def test_amounts_are_fen_with_two_decimals(fen: int | None, unit: str, written: str) -> None:
    assert formats.money(fen, unit) == written


def test_another_unit_is_refused() -> None:
    with pytest.raises(ValueError, match="yuan"):
        formats.money(100, "元")


@pytest.mark.parametrize(
    ("number", "written"),
    [(0, "0"), (1_234, "1,234"), (-1_234, "−1,234"), (Decimal("8.8"), "8.8"), (None, "—")],
)
def test_counts_have_separators_and_a_true_minus(number: int | None, written: str) -> None:
    assert formats.counted(number) == written


@pytest.mark.parametrize(
    ("number", "written"), [(-26_800, "−26800"), ("-3.50", "−3.50"), (7, "7"), (None, "—")]
)
def test_minus_is_as_wide_as_a_digit(number: int | str | None, written: str) -> None:
    assert formats.with_minus(number) == written


def test_dates_in_tables_and_in_prose() -> None:
    assert formats.iso_day(datetime.date(2026, 3, 5)) == "2026-03-05"
    assert formats.chinese_day(datetime.date(2026, 3, 5)) == "2026年3月5日"
    assert [formats.iso_day(None), formats.chinese_day(None), formats.minute(None)] == ["—"] * 3


@pytest.mark.parametrize(
    ("day", "written"),
    [(datetime.date(2026, 1, 3), "01-03"), (datetime.date(2025, 12, 31), "2025-12-31"), (None, "—")],
)
def test_short_days_leave_the_year_out_only_inside_it(day: datetime.date | None, written: str) -> None:
    assert formats.short_day(day, TODAY) == written


def test_a_point_in_time_is_shown_on_the_day_it_has_here() -> None:
    assert formats.iso_day(LATE_EVENING_UTC) == "2026-11-22"
    assert formats.minute(LATE_EVENING_UTC) == "2026-11-22 07:30"
    there = LATE_EVENING_UTC.astimezone(ZoneInfo("America/New_York"))
    assert formats.minute(there) == "2026-11-22 07:30"


@pytest.mark.parametrize(
    ("text", "other", "marked"),
    [
        ("施*琴", "施*芹", "施*<mark>琴</mark>"),
        ("…901x", "…901X", "…901<mark>x</mark>"),
        ("9,146.00", "8,146.00", "<mark>9</mark>,146.00"),
        ("C 级", "C 级", "C 级"),
        ("否", "是（2,400.00 元）", "<mark>否</mark>"),
        ("<b>", "<i>", "&lt;<mark>b</mark>&gt;"),
    ],
)
def test_only_the_characters_that_differ_are_marked(text: str, other: str, marked: str) -> None:
    assert formats.marked_against(text, other) == marked


def test_the_filters_are_there_in_every_template() -> None:
    page = Template(
        "{{ fen|yuan:unit }} {{ fen|fen_wan }} {{ unit|unit_name }} {{ n|count }} {{ n|minus }} "
        "{{ day|day }} {{ day|day_cn }} {{ day|short_day:today }} {{ moment|minute }} "
        "{{ a|marked_against:b }}"
    )
    values = {"fen": 1_234_567, "unit": "wan", "n": -1234, "day": datetime.date(2026, 11, 2), "today": TODAY}
    written = page.render(Context({**values, "moment": LATE_EVENING_UTC, "a": "甲1", "b": "甲2"}))
    assert written == (
        "1.23 1.23 万元 −1,234 −1234 2026-11-02 2026年11月2日 11-02 2026-11-22 07:30 甲<mark>1</mark>"
    )
