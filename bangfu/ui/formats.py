"""How amounts, counts and dates are written on a page. Pure: no request, no clock."""

from __future__ import annotations

import datetime
from decimal import ROUND_HALF_UP, Decimal
from difflib import SequenceMatcher

from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

NOTHING = "—"
MINUS = "−"
FEN_PER_YUAN = 100
FEN_PER_WAN = 1_000_000

Number = int | float | Decimal | str


def money(fen: int | None, unit: str = "yuan") -> str:
    """An amount in fen with two decimals and thousands separators, in yuan (`yuan`) or 10,000 yuan (`wan`).

    Rounds half up; nothing is written as a dash. Raises ValueError for another unit.
    """
    if fen is None:
        return NOTHING
    divisors = {"yuan": FEN_PER_YUAN, "wan": FEN_PER_WAN}
    if unit not in divisors:
        raise ValueError(f"金额单位只有 yuan（元）和 wan（万元），不是 {unit!r}")
    amount = (Decimal(fen) / divisors[unit]).quantize(Decimal("0.01"), ROUND_HALF_UP)
    return with_minus(f"{amount:,}")


def with_minus(number: Number | None) -> str:
    """A number with a true minus sign (U+2212), as wide as a digit; nothing is a dash."""
    return NOTHING if number is None else str(number).replace("-", MINUS)


def counted(number: int | Decimal | None) -> str:
    """A whole number with thousands separators; nothing is a dash."""
    return NOTHING if number is None else with_minus(f"{number:,}")


def exact(number: Decimal | None) -> str:
    """A number with its thousands and no more digits than it has, or a dash."""
    return NOTHING if number is None else f"{number.normalize():,f}"


def local_day(moment: datetime.date | None) -> datetime.date | None:
    """The calendar day here of a date or of an aware point in time."""
    if isinstance(moment, datetime.datetime):
        return timezone.localtime(moment).date() if timezone.is_aware(moment) else moment.date()
    return moment


def iso_day(moment: datetime.date | None) -> str:
    """2026-11-22, for tables; nothing is a dash."""
    day = local_day(moment)
    return NOTHING if day is None else day.isoformat()


def chinese_day(moment: datetime.date | None) -> str:
    """2026年11月22日, for prose and papers; nothing is a dash."""
    day = local_day(moment)
    return NOTHING if day is None else f"{day.year}年{day.month}月{day.day}日"


def short_day(moment: datetime.date | None, today: datetime.date) -> str:
    """11-22 inside the year of `today`, 2025-11-22 outside; nothing is a dash."""
    day, here = local_day(moment), local_day(today)
    if day is None or here is None:
        return NOTHING
    return day.strftime("%m-%d") if day.year == here.year else day.isoformat()


def minute(moment: datetime.datetime | None) -> str:
    """2026-11-22 08:10 in local time; nothing is a dash."""
    if moment is None:
        return NOTHING
    here = timezone.localtime(moment) if timezone.is_aware(moment) else moment
    return here.strftime("%Y-%m-%d %H:%M")


def marked_against(text: str, other: str) -> SafeString:
    """The text with the characters that differ from the other inside `mark`, escaped for HTML."""
    blocks = SequenceMatcher(None, text, other, autojunk=False).get_opcodes()
    pieces = [
        (operation == "equal", text[start:end]) for operation, start, end, _, _ in blocks if end > start
    ]
    return format_html_join("", "{}", ((piece if same else _marked(piece),) for same, piece in pieces))


def _marked(piece: str) -> SafeString:
    return format_html("<mark>{}</mark>", piece)
