"""Reading a holiday table as people paste it: a day or a span of days, off or worked, and the name."""

from __future__ import annotations

import re
from datetime import date, timedelta

from bangfu.core.errors import SituationForbids
from bangfu.workflow.calendars import TableDay
from bangfu.workflow.enums import DayKind

_DAY = r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?"
_LINE = re.compile(rf"{_DAY}(?:\s*(?:至|到|~|～|—)\s*{_DAY})?[\s,，;；\t]*(.*)")
_WORDS = {"放假": DayKind.REST, "休": DayKind.REST, "上班": DayKind.WORK, "班": DayKind.WORK}
_LONGEST = 31


def read_table(text: str) -> list[TableDay]:
    """The days of a pasted table or CSV; raises SituationForbids that names the line."""
    found: list[TableDay] = []
    for number, line in enumerate(text.splitlines(), start=1):
        stripped = line.strip().strip("\ufeff")
        if stripped and not stripped.startswith("日期"):
            found += _days(stripped, number)
    return found


def _days(line: str, number: int) -> list[TableDay]:
    matched = _LINE.fullmatch(line)
    if matched is None:
        raise SituationForbids(f"第 {number} 行看不懂：“{line[:40]}”。写成“2027-01-01 放假 元旦”。没有装入。")
    *parts, rest = matched.groups()
    first = _day(parts[:3], number)
    last = _day(parts[3:], number) if parts[3] else first
    if not first <= last <= first + timedelta(days=_LONGEST):
        raise SituationForbids(f"第 {number} 行的起止日期不对。没有装入，请核对。")
    kind, name = _kind(rest, number)
    return [TableDay(first + timedelta(days=n), kind, name, "", "") for n in range((last - first).days + 1)]


def _day(parts: list[str], number: int) -> date:
    try:
        return date(*(int(part) for part in parts))
    except ValueError as error:
        raise SituationForbids(f"第 {number} 行没有这一天。没有装入，请核对。") from error


def _kind(rest: str, number: int) -> tuple[DayKind, str]:
    for word in sorted(_WORDS, key=len, reverse=True):
        if word in rest:
            name = re.sub(rf"(调休)?{word}|[\s,，;；]+", " ", rest).strip()
            return _WORDS[word], name[:20]
    raise SituationForbids(f"第 {number} 行没有写“放假”还是“上班”。没有装入，请核对。")
