"""The page on which a person confirms: the sentence with what was found in it, and the proposal beside."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from bangfu.core.money import yuan_text
from bangfu.plans.enums import PassageKind, PassageState
from bangfu.plans.models import Passage, Plan
from bangfu.plans.terms.proposals import facts_of
from bangfu.plans.terms.saying import when_text

Words = dict[str, Any]
_UNSAID = ("其中", "金额原文")
"""Lines that are left away when the text says nothing of the sort."""
_DECIDED = (PassageState.ACCEPTED, PassageState.LEFT_OUT)


def marked(passage: Passage, text: str) -> list[tuple[str, str]]:
    """The letters of a stretch in pieces, each with what was found there; empty for plain ones."""
    pieces, place = [], passage.start
    for start, end, what in passage.proposal.get("marks", ()):
        if start < place or end > passage.end:
            continue
        pieces += [(text[place:start], ""), (text[start:end], what)]
        place = end
    pieces.append((text[place : passage.end], ""))
    return [(words, what) for words, what in pieces if words]


def card(passage: Passage, text: str) -> Words:
    """One stretch as the page shows it."""
    return {"row": passage, "pieces": marked(passage, text), "facts": _facts(passage), "left": passage.left}


def _facts(passage: Passage) -> list[Words]:
    if not passage.proposal:
        return []
    facts = facts_of(passage.proposal)
    steps = [f"{when_text(step)}：{step.words}" for step in facts.steps]
    lines = [
        ("牵头单位", "、".join(facts.leads)),
        ("责任单位", "、".join(facts.helps)),
        ("资金", "" if facts.amount is None else f"{yuan_text(facts.amount)} 元"),
        ("其中", "；".join(f"{source} {yuan_text(fen)} 元" for source, fen in facts.money)),
        ("金额原文", "；".join(passage.proposal["sums"])),
        ("数量", "；".join(facts.figures)),
        ("步骤", "；".join(steps)),
    ]
    shown = [line for line in lines if line[1] or line[0] not in _UNSAID]
    return [{"label": label, "value": value or None} for label, value in shown]


def groups_of(plan: Plan, passages: Iterable[Passage]) -> list[Words]:
    """The cards in groups: doubtful first, then clear, then decided, then what is no task."""
    rows = list(passages)
    waiting = [row for row in rows if row.state == PassageState.WAITING]
    words = [
        (
            "存疑，先看",
            "原文没写清楚，或写法少见。逐条核对以后确认。",
            [row for row in waiting if row.doubts],
        ),
        ("写得清楚", "单位、时限都写了，对一遍就可以确认。", [row for row in waiting if not row.doubts]),
        (
            "已经确认",
            "点“重新确认”可以改主意，直到开始执行。",
            [row for row in rows if row.state in _DECIDED],
        ),
    ]
    return [
        {"title": title, "about": about, "cards": [card(row, plan.text) for row in found]}
        for title, about, found in words
        if found
    ]


def rest_of(plan: Plan, passages: Iterable[Passage]) -> list[Words]:
    """What the reader took for no task, in the order of the text."""
    return [card(row, plan.text) for row in passages if row.state == PassageState.NOTED]


def progress_of(passages: Iterable[Passage]) -> Words:
    """How many of the proposed tasks are decided."""
    proposed = [row for row in passages if row.kind == PassageKind.TASK]
    decided = sum(row.state in _DECIDED for row in proposed)
    return {"all": len(proposed), "decided": decided, "waiting": len(proposed) - decided}
