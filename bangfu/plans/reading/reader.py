"""Reads a plan: cuts the whole text into headings, tasks and the rest, and says what no task has taken."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bangfu.plans.reading.amounts import find_amounts
from bangfu.plans.reading.covering import covered
from bangfu.plans.reading.cutting import clusters, cut
from bangfu.plans.reading.deciding import Named, is_one_task, lend
from bangfu.plans.reading.leaving import left_over
from bangfu.plans.reading.letters import evened, unwrapped
from bangfu.plans.reading.markers import find_marks
from bangfu.plans.reading.outline import Section, outline, short_title, shortened
from bangfu.plans.reading.placeholders import find_questions
from bangfu.plans.reading.rows import table_pieces
from bangfu.plans.reading.shapes import Amount, Piece, PieceKind, PlanReading, Span
from bangfu.plans.reading.signals import looks_like_task
from bangfu.plans.reading.tables import Table, find_tables
from bangfu.plans.reading.tasks import build_task
from bangfu.plans.reading.units import find_units

_LEAST_WORDS = 2
_MONEY = re.compile("资金|投资|经费|概算|预算")


def read_plan(text: str, year: int | None) -> PlanReading:
    """The plan in ``text``; dates without a year are of ``year``, and stay open when that is None."""
    even = evened(text)
    pieces = covered(text, _Reader(even, year).pieces())
    tasks = [piece.span for piece in pieces if piece.kind == PieceKind.TASK]
    questions = [
        q for q in find_questions(even, Span(0, len(even))) if not any(t.holds(q.span) for t in tasks)
    ]
    left = tuple(left_over(even, pieces, year))
    return PlanReading(text, tuple(pieces), left, tuple(questions), tuple(_planned(even, pieces)))


def _planned(even: str, pieces: Sequence[Piece]) -> Iterator[Amount]:
    """What the plan as a whole means to spend: in a chapter about money, else anywhere outside the tasks."""
    flat = unwrapped(even)
    loose = [piece for piece in pieces if piece.kind == PieceKind.OTHER]
    of_money = [piece for piece in loose if any(_MONEY.search(title) for title in piece.path)]
    for piece in of_money or loose:
        yield from find_amounts(flat, piece.span)


class _Reader:
    """Holds what the steps of one reading share."""

    def __init__(self, even: str, year: int | None) -> None:
        self.even = even
        self.year = year
        self.tables = find_tables(even)
        in_table = [table.span for table in self.tables]
        marks = [mark for mark in find_marks(even) if not any(span.holds(mark.span) for span in in_table)]
        self.sections = outline(even, marks)
        mentions = find_units(even, Span(0, len(even)))
        self.named = Named([m for m in mentions if not any(span.holds(m.span) for span in in_table)])
        lend(self.sections, self.named)

    def pieces(self) -> Iterator[Piece]:
        """The pieces in order; blanks between them are left to the cover."""
        first = self.sections[0].start if self.sections else len(self.even)
        yield from self._loose(Span(0, first), (), whole=not self.sections)
        for section in self.sections:
            if section.parent is None:
                yield from self._section(section, ())

    def _section(self, section: Section, path: tuple[str, ...]) -> Iterator[Piece]:
        title = short_title(self.even, section)
        if is_one_task(section, self.named):
            yield self._task(section, section.span, path, title)
        elif section.children:
            yield from self._parent(section, path, title)
            for child in section.children:
                yield from self._section(child, (*path, title))
        else:
            yield from self._leaf(section, path, title)

    def _parent(self, section: Section, path: tuple[str, ...], title: str) -> Iterator[Piece]:
        """The heading of a section with sub-sections, and its words before the first of them."""
        body = section.body
        lent = section.start in self.named.lent or bool(self.named.within(Span(section.start, body.end)))
        named = sum(mention.span.end - mention.span.start for mention in self.named.within(body))
        words = len(self.even[body.start : body.end].strip()) - named
        end = section.title.end if words >= _LEAST_WORDS else body.end
        yield Piece(PieceKind.HEADING, Span(section.start, end), path, title, section.level)
        if words >= _LEAST_WORDS:
            yield from self._loose(body, (*path, title), whole=False, lent=lent)

    def _leaf(self, section: Section, path: tuple[str, ...], title: str) -> Iterator[Piece]:
        tables = self._tables_in(section.span)
        found = clusters(self.even, self.named.within(section.body))
        if tables:
            yield Piece(PieceKind.HEADING, Span(section.start, section.title.end), path, title, section.level)
            yield from self._loose(section.body, (*path, title), whole=False)
        elif len(found) > 1 and found[0].start > section.title.end + 1:
            yield Piece(PieceKind.HEADING, Span(section.start, section.title.end), path, title, section.level)
            for span in cut(self.even, section.body, found):
                yield self._stretch(section, span, (*path, title))
        elif self._is_task(section, path, title):
            yield self._task(section, section.span, path, title)
        elif self.even[section.body.start : section.body.end].strip(" 。;\n\r"):
            yield Piece(PieceKind.HEADING, Span(section.start, section.title.end), path, title, section.level)
            yield Piece(PieceKind.OTHER, section.body, (*path, title))
        else:
            yield Piece(PieceKind.OTHER, section.span, path, title)

    def _is_task(self, section: Section, path: tuple[str, ...], title: str) -> bool:
        if self.named.for_section(section, section.span)[0]:
            return True
        return looks_like_task(self.even, section.span, (*path, title), numbered=True)

    def _task(self, section: Section, span: Span, path: tuple[str, ...], title: str) -> Piece:
        mentions, doubts = self.named.for_section(section, span)
        task = build_task(self.even, span, title, mentions, self.year, doubts)
        return Piece(PieceKind.TASK, span, path, task.title, section.level, task)

    def _stretch(self, section: Section | None, span: Span, path: tuple[str, ...]) -> Piece:
        """A stretch cut from a longer one: a task when it names units, else the rest."""
        mentions = self.named.within(span)
        if not mentions:
            return Piece(PieceKind.OTHER, span, path)
        head = self.even[span.start : mentions[0].span.start] or self.even[span.start : span.end]
        title = shortened(head.strip().splitlines()[0] if head.strip() else self.even[span.start : span.end])
        task = build_task(self.even, span, title, mentions, self.year)
        return Piece(PieceKind.TASK, span, path, title, section.level if section else 0, task)

    def _loose(
        self, span: Span, path: tuple[str, ...], *, whole: bool, lent: bool = False
    ) -> Iterator[Piece]:
        """Words under no number: tables, tasks that name units; where nothing is numbered, paragraphs."""
        start = span.start
        for table in self._tables_in(span):
            yield from self._words(Span(start, table.head.start), path, whole)
            yield from table_pieces(self.even, table, path, self.year)
            start = table.span.end
        yield from self._words(Span(start, span.end), path, whole, lent)

    def _words(self, span: Span, path: tuple[str, ...], whole: bool, lent: bool = False) -> Iterator[Piece]:
        found = [] if lent else clusters(self.even, self.named.within(span))
        if found:
            for part in cut(self.even, span, found):
                yield self._stretch(None, part, path)
        elif whole:
            yield from self._paragraphs(span, path)
        elif span.end > span.start:
            yield Piece(PieceKind.OTHER, span, path)

    def _paragraphs(self, span: Span, path: tuple[str, ...]) -> Iterator[Piece]:
        start = span.start
        for line in self.even[span.start : span.end].splitlines(keepends=True):
            part = Span(start, start + len(line))
            start = part.end
            if looks_like_task(self.even, part, path, numbered=False):
                task = build_task(self.even, part, "", (), self.year)
                yield Piece(PieceKind.TASK, part, path, task.title, 0, task)
            else:
                yield Piece(PieceKind.OTHER, part, path)

    def _tables_in(self, span: Span) -> list[Table]:
        return [table for table in self.tables if span.holds(table.span)]
