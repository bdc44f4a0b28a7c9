"""A calendar as RFC 5545 text: lines end in CRLF and are folded at 75 octets, never inside a character."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

_OCTETS = 75
_ESCAPES = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": ""})


@dataclass(frozen=True)
class AllDay:
    """An event of one whole day, with a reminder so many days before; ``uid`` stays the same for ever.

    A date has no time zone: the day is the same wherever the phone is.
    """

    uid: str
    on: date
    summary: str
    description: str
    url: str
    remind_days: int


def calendar(name: str, events: Iterable[AllDay], stamp: datetime) -> str:
    """The text of a calendar; ``stamp`` is the aware instant at which it was made, written in UTC."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Bangfu//Duties//ZH",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{escaped(name)}",
        "REFRESH-INTERVAL;VALUE=DURATION:PT12H",
    ]
    for event in events:
        lines += _event(event, stamp)
    lines.append("END:VCALENDAR")
    return "".join(f"{part}\r\n" for line in lines for part in folded(line))


def _event(event: AllDay, stamp: datetime) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{event.uid}"
    yield f"DTSTAMP:{stamp.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    yield f"DTSTART;VALUE=DATE:{event.on:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{event.on + timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{escaped(event.summary)}"
    yield f"DESCRIPTION:{escaped(event.description)}"
    yield f"URL:{event.url}"
    yield "TRANSP:TRANSPARENT"
    yield "BEGIN:VALARM"
    yield "ACTION:DISPLAY"
    yield f"DESCRIPTION:{escaped(event.summary)}"
    # 提前几天的上午九点：整天的事从零点算起
    yield f"TRIGGER:{_before(event.remind_days)}"
    yield "END:VALARM"
    yield "END:VEVENT"


def _before(days: int) -> str:
    return "PT9H" if days == 0 else f"-P{days - 1}DT15H"


def escaped(text: str) -> str:
    """A text value: backslash, semicolon, comma and line break are written with a backslash."""
    return text.translate(_ESCAPES)


def folded(line: str) -> Iterator[str]:
    """The parts of a line, each at most 75 octets; all but the first begin with a space."""
    part = ""
    size = 0
    for character in line:
        octets = len(character.encode())
        if size + octets > _OCTETS:
            yield part
            part, size = " ", 1
        part += character
        size += octets
    yield part
