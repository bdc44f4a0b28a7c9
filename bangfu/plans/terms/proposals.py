"""A proposed task as plain data that a row can keep, and back as the facts that a form opens with."""

from __future__ import annotations

from datetime import date
from typing import Any

from bangfu.plans.enums import StepRhythm
from bangfu.plans.reading.shapes import AmountRole, DueKind, ProposedTask, StepFound
from bangfu.plans.terms.facts import StepFacts, TaskFacts

Words = dict[str, Any]
_RHYTHMS = {
    DueKind.BY: StepRhythm.ONCE,
    DueKind.BETWEEN: StepRhythm.ONCE,
    DueKind.EVERY: StepRhythm.EVERY,
    DueKind.STANDING: StepRhythm.OPEN,
}


def proposal_of(task: ProposedTask) -> Words:
    """What a row keeps of a proposed task."""
    totals = [amount for amount in task.amounts if amount.role == AmountRole.TOTAL]
    return {
        "title": task.title,
        "leads": [unit.name for unit in task.units if unit.leads],
        "helps": [unit.name for unit in task.units if not unit.leads],
        "amount": totals[0].high if len(totals) == 1 else None,
        "money": [
            [amount.source or "没有写来源", amount.high]
            for amount in task.amounts
            if amount.role == AmountRole.PART or (amount.role == AmountRole.TOTAL and amount.source)
        ],
        "sums": [_sum_words(amount.words, amount.role) for amount in task.amounts],
        "figures": [count.words for count in task.counts],
        "steps": [_step(step) for step in task.steps],
        "marks": _marks(task),
    }


_ROLES = {AmountRole.RATE: "（标准）", AmountRole.FIGURE: "（指标）", AmountRole.PART: "（其中）"}


def _sum_words(words: str, role: AmountRole) -> str:
    return f"{words}{_ROLES.get(role, '')}"


def _step(step: StepFound) -> Words:
    due = step.due
    rhythm = (
        _RHYTHMS[due.kind] if due.kind in (DueKind.EVERY, DueKind.STANDING) or due.ends else StepRhythm.OPEN
    )
    return {
        "words": step.words,
        "when": due.words,
        "rhythm": rhythm,
        "starts_on": due.starts.isoformat() if due.starts else None,
        "due_on": due.ends.isoformat() if due.ends else None,
        "every": due.every,
        "times": due.times or 1,
    }


def _marks(task: ProposedTask) -> list[list[Any]]:
    """Where the text says it, for the highlighter: start, end, what."""
    finds = [(unit.span, "unit") for unit in task.units]
    finds += [(amount.span, "money") for amount in task.amounts]
    finds += [(count.span, "count") for count in task.counts]
    finds += [(step.due.span, "due") for step in task.steps]
    finds += [(question.span, "open") for question in task.questions]
    return [[span.start, span.end, what] for span, what in sorted(finds, key=lambda find: find[0])]


def facts_of(proposal: Words) -> TaskFacts:
    """The facts of a kept proposal, exactly as read."""
    return TaskFacts(
        title=proposal["title"],
        leads=tuple(dict.fromkeys(proposal["leads"])),
        helps=tuple(dict.fromkeys(proposal["helps"])),
        amount=proposal["amount"],
        money=tuple((source, fen) for source, fen in proposal["money"]),
        figures=tuple(proposal["figures"]),
        steps=tuple(_step_facts(step) for step in proposal["steps"]),
    )


def _step_facts(step: Words) -> StepFacts:
    return StepFacts(
        step["words"],
        StepRhythm(step["rhythm"]),
        date.fromisoformat(step["starts_on"]) if step["starts_on"] else None,
        date.fromisoformat(step["due_on"]) if step["due_on"] else None,
        step["every"],
        step["times"],
    )
