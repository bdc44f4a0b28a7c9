"""What no task has taken: every number, date and named unit is in a field, or here with the reason."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bangfu.plans.reading.dates import find_dues
from bangfu.plans.reading.letters import unwrapped
from bangfu.plans.reading.markers import find_marks
from bangfu.plans.reading.placeholders import around
from bangfu.plans.reading.shapes import Mention, Piece, PieceKind, ProposedTask, Span
from bangfu.plans.reading.tables import find_tables

_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")
_RUN = re.compile(r"\d+")
_YEAR = re.compile(r"\s*年")
_WHO = re.compile(r"(?:责任人|责任领导|分管领导|包联领导|联系领导|联系人)\s*:\s*[^,。;\n)]{2,20}")


def left_over(even: str, pieces: Sequence[Piece], year: int | None) -> Iterator[Mention]:
    """The mentions that are in no field, in the order of the text."""
    flat = unwrapped(even)
    marks = [mark.span for mark in find_marks(even)]
    rows = [row for table in find_tables(even) for row in table.rows]
    marks += [cell for row in rows for cell in row.cells.get("number", [])]
    for piece in pieces:
        task = piece.task
        taken = [*marks, *(_taken(task) if task else [])]
        yield from _people(flat, piece.span)
        if piece.kind != PieceKind.TASK:
            dues = list(find_dues(flat, piece.span, year))
            yield from (Mention(due.span, _shown(flat, due.span), "不在任务里的时间") for due in dues)
            taken += [due.span for due in dues]
        yield from _numbers(flat, piece, taken)


def _taken(task: ProposedTask) -> list[Span]:
    spans = [unit.span for unit in task.units] + [amount.span for amount in task.amounts]
    spans += [count.span for count in task.counts] + [question.span for question in task.questions]
    return spans + [step.due.span for step in task.steps]


def _numbers(flat: str, piece: Piece, taken: Sequence[Span]) -> Iterator[Mention]:
    for found in _DIGITS.finditer(flat, piece.span.start, piece.span.end):
        span = Span(*found.span())
        runs = [Span(*run.span()) for run in _RUN.finditer(flat, span.start, span.end)]
        if not all(any(each.meets(run) for each in taken) for run in runs):
            yield Mention(span, _shown(flat, span), _reason(flat, span, piece))


def _reason(flat: str, span: Span, piece: Piece) -> str:
    if _YEAR.match(flat, span.end):
        return "只提到年份，不是完成时间"
    if piece.kind != PieceKind.TASK:
        return "不在任务里的数"
    return "认不出是什么数"


def _people(flat: str, span: Span) -> Iterator[Mention]:
    for found in _WHO.finditer(flat, span.start, span.end):
        yield Mention(Span(*found.span()), found[0], "写的是人，任务落到单位")


def _shown(flat: str, span: Span) -> str:
    return around(flat, span.start, span.end)
