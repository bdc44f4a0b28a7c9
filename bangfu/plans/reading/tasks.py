"""What one task says: its units, money, counts, steps and open places."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TypeVar

from bangfu.plans.reading.amounts import find_amounts
from bangfu.plans.reading.counts import find_counts
from bangfu.plans.reading.dates import find_dues
from bangfu.plans.reading.letters import unwrapped
from bangfu.plans.reading.outline import shortened
from bangfu.plans.reading.placeholders import find_questions
from bangfu.plans.reading.shapes import (
    Amount,
    AmountRole,
    Count,
    Due,
    DueKind,
    Mention,
    ProposedTask,
    Span,
    StepFound,
    UnitName,
)
from bangfu.plans.reading.units import UnitMention

_NO_UNITS = "没有写牵头单位和责任单位"
_NO_LEAD = "只写了责任单位，没有写谁牵头"
UNIT_DOUBTS = (_NO_UNITS, _NO_LEAD)
_STOP = re.compile("[。;\n]")
_NUMBERED = re.compile(
    r"^(?:\d{1,3}[.、](?!\d)|\d{1,3}\.(?=20\d\d)|\([一二三四五六七八九十\d]{1,3}\)|[①-⑳])\s*"
)
_CLAUSE = re.compile("[,。;\n:]")


def build_task(
    even: str,
    span: Span,
    title: str,
    mentions: Sequence[UnitMention],
    year: int | None,
    doubts: Iterable[str] = (),
) -> ProposedTask:
    """The fields of a task from its stretch of evened text; nothing that is not in it."""
    flat = unwrapped(even)
    dues = tuple(find_dues(flat, span, year))
    amounts = _parts_of_first(tuple(apart(find_amounts(flat, span), [due.span for due in dues])))
    taken = [*(due.span for due in dues), *(amount.span for amount in amounts)]
    counts = tuple(apart(find_counts(flat, span), taken))
    questions = tuple(find_questions(flat, span))
    open_ = [question.span for question in questions]
    units = tuple(unit for mention in mentions for unit in mention.units if unit.span not in open_)
    found = [
        *doubts,
        *_unit_doubts(units, mentions),
        *_due_doubts(dues),
        *_sum_doubts(amounts),
        *_open_doubts(questions),
    ]
    return ProposedTask(
        title or shortened(flat[span.start : span.end]),
        units,
        amounts,
        counts,
        tuple(_steps(even, span, dues)),
        questions,
        tuple(dict.fromkeys(found)),
    )


_Found = TypeVar("_Found", Amount, Count)


def apart(found: Iterable[_Found], taken: Sequence[Span]) -> Iterable[_Found]:
    """The finds that share no character with what is taken, nor with one before them."""
    held = list(taken)
    for each in found:
        if not any(each.span.meets(other) for other in held):
            held.append(each.span)
            yield each


def _parts_of_first(amounts: tuple[Amount, ...]) -> tuple[Amount, ...]:
    """Sums that together make exactly the first are its parts, whatever stands between them."""
    sums = [amount for amount in amounts if amount.role != AmountRole.RATE]
    if len(sums) < 3 or sums[0].high != sum(amount.high for amount in sums[1:]):
        return amounts
    return tuple(replace(a, role=AmountRole.PART) if a in sums[1:] else a for a in amounts)


def _steps(even: str, span: Span, dues: Sequence[Due]) -> Iterable[StepFound]:
    """One step a date: from its clause to the next date's clause or the end of the sentence.

    Dates in one clause, as in 5 月和 10 月各一次, share its words.
    """
    ordered = sorted(dues, key=lambda due: due.span)
    starts = [_clause_start(even, span.start, due.span.start) for due in ordered]
    for i, due in enumerate(ordered):
        stop = _STOP.search(even, due.span.end, span.end)
        later = [start for start in starts if start > due.span.start]
        end = min([stop.start() if stop else span.end, *later])
        yield StepFound(Span(starts[i], end), _plain(even[starts[i] : end]), due)


def _clause_start(even: str, floor: int, place: int) -> int:
    begun = floor
    for found in _CLAUSE.finditer(even, floor, place):
        begun = found.end()
    return begun + len(even[begun:place]) - len(even[begun:place].lstrip())


def _plain(words: str) -> str:
    return _NUMBERED.sub("", " ".join(words.split()).strip(" ,;。、:"))


def _unit_doubts(units: Sequence[UnitName], mentions: Sequence[UnitMention]) -> Iterable[str]:
    if not units:
        yield _NO_UNITS
    elif not any(unit.leads for unit in units):
        yield _NO_LEAD
    if any(not mention.sure for mention in mentions):
        yield "单位后面没有写是牵头还是配合"


def _due_doubts(dues: Sequence[Due]) -> Iterable[str]:
    yield from (due.problem for due in dues if due.problem)
    if not dues:
        yield "没有写完成时间"
    elif all(due.kind == DueKind.STANDING for due in dues):
        yield "只说长期做，没有写到哪天"


def _sum_doubts(amounts: Sequence[Amount]) -> Iterable[str]:
    if any(amount.about for amount in amounts):
        yield "金额写的是约数"
    if any(amount.low != amount.high for amount in amounts):
        yield "金额写的是一个范围"
    totals = [amount.high for amount in amounts if amount.role == AmountRole.TOTAL]
    parts = [amount.high for amount in amounts if amount.role == AmountRole.PART]
    if len(totals) > 1:
        yield "写了几个金额，请看清是不是同一笔"
    if len(totals) == 1 and parts and sum(parts) != totals[0]:
        yield f"各项资金合计 {sum(parts) / 1_000_000:g} 万元，和总额 {totals[0] / 1_000_000:g} 万元不一样"


def _open_doubts(questions: Sequence[Mention]) -> Iterable[str]:
    yield from (f"“{question.words}”没有写明" for question in questions)
