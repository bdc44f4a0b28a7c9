"""The outline of a text: numbered sections within sections, each with its title and its own words."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from bangfu.plans.reading.markers import Mark
from bangfu.plans.reading.shapes import Span
from bangfu.plans.reading.units import LABEL

_TITLE_LONGEST = 40
_CLAUSE_LEAST = 4
_UNTELLING = re.compile(
    "^由.*(?:牵头|负责)|(?:牵头|配合|协助)$|^[\\d\\s一二三四至月-]*(?:月|季度|年|日)[底末中]?前?$|^年[内底]前?$"
)


@dataclass
class Section:
    """A numbered part. ``title`` is the letters of its title; ``own_end`` is where its first child begins."""

    level: int
    start: int
    title: Span
    end: int = 0
    parent: Section | None = None
    children: list[Section] = field(default_factory=list)

    @property
    def span(self) -> Span:
        """All of it, with its children."""
        return Span(self.start, self.end)

    @property
    def own(self) -> Span:
        """From its number to its first child."""
        return Span(self.start, self.children[0].start if self.children else self.end)

    @property
    def body(self) -> Span:
        """Its own words after the title."""
        return Span(self.title.end, max(self.title.end, self.own.end))


def outline(even: str, marks: list[Mark]) -> list[Section]:
    """The sections in order; those at the top have no parent."""
    made: list[Section] = []
    open_: list[Section] = []
    for mark, following in zip(marks, [*marks, None][1:], strict=True):
        start = mark.span.start
        own_end = following.span.start if following else len(even)
        section = Section(mark.level, start, _title(even, mark.span.end, own_end))
        while open_ and open_[-1].level >= mark.level:
            open_.pop().end = start
        if open_:
            section.parent = open_[-1]
            open_[-1].children.append(section)
        open_.append(section)
        made.append(section)
    for section in open_:
        section.end = len(even)
    return made


def _title(even: str, start: int, end: int) -> Span:
    """The title: to the end of line, full stop, colon, bracket of units, or blank before a long sentence."""
    line = re.match(r"[^\n\r]*", even[start:end])
    words = line[0] if line else ""
    stops = [len(words.rstrip())]
    stops += [found.start() for found in re.finditer(r"[。;:]", words)]
    brackets = [found.start() for found in re.finditer(r"\s*\(", words) if _names_units(words[found.end() :])]
    if not brackets:
        stops += [found.start() for found in re.finditer(r"\s+", words) if _parts(words, found)]
    return Span(start, start + min([*stops, *brackets]))


def _names_units(inside: str) -> bool:
    """Whether a bracket goes on with who leads or is responsible."""
    return LABEL.match(inside) is not None or re.match(r"[^()]{2,60}(?:牵头|负责|配合)", inside) is not None


def _parts(words: str, blank: re.Match[str]) -> bool:
    """Whether a blank parts a short title from a long sentence on the same line."""
    head, rest = words[: blank.start()], words[blank.end() :]
    if re.match(r"\d", rest) and not re.match(r"20[\dxX]{2}", rest):
        return False
    long_rest = len(rest) > _TITLE_LONGEST or "。" in rest
    return 3 < len(head) <= _TITLE_LONGEST and long_rest and re.search(r"[\d,、]$|^\d", head) is None


def short_title(even: str, section: Section) -> str:
    """The title to show, cut at the first comma when it is a whole sentence."""
    return shortened(even[section.title.start : section.title.end])


def shortened(words: str) -> str:
    """A sentence as a title of at most forty letters."""
    plain = " ".join(words.split()).strip(" 。;:,、.")
    clauses = [clause.strip() for clause in re.split("[,。;:]", plain)]
    telling = [clause for clause in clauses if len(clause) >= _CLAUSE_LEAST and not _UNTELLING.search(clause)]
    head = telling[0] if telling else plain
    return head if len(head) <= _TITLE_LONGEST else head[: _TITLE_LONGEST - 1] + "…"
