"""From the YAML text to a flow, with every mistake named by its line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bangfu.screening.catalogue.definitions import grade_of
from bangfu.screening.catalogue.model import CatalogueError
from bangfu.screening.catalogue.yamlfile import Cursor, Document, Path_, read_text
from bangfu.workflow.definition.model import (
    ASK_TITLES,
    Ask,
    AskKind,
    Flow,
    Limit,
    LimitUnit,
    Requirement,
    RequirementKind,
    State,
    StateKind,
    Tone,
    Transition,
)

_FILE = "definition"


@dataclass(frozen=True)
class Problem:
    """A mistake in a definition: where, and what."""

    line: int
    sentence: str

    def __str__(self) -> str:
        return f"第 {self.line} 行：{self.sentence}"


class WrongDefinition(ValueError):
    """A definition that cannot run; ``problems`` says why."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


@dataclass(frozen=True)
class Written:
    """A flow with the text it came from, so that later checks can name lines."""

    flow: Flow
    document: Document

    def problem(self, path: Path_, sentence: str) -> Problem:
        """A mistake at an entry of the text."""
        return Problem(int(self.document.place(path).rsplit(":", 1)[1]), sentence)


def read_flow(text: str) -> Written:
    """The flow that a text defines; raises WrongDefinition with every mistake of form."""
    try:
        document = read_text(text, _FILE)
    except CatalogueError as error:
        raise WrongDefinition([_from_words(str(error))]) from error
    flow = _flow(Cursor(document))
    if document.problems:
        raise WrongDefinition(sorted((_from_words(each) for each in document.problems), key=_by_line))
    return Written(flow, document)


def _by_line(problem: Problem) -> int:
    return problem.line


def _from_words(words: str) -> Problem:
    _, line, sentence = words.split(":", 2)
    return Problem(int(line), sentence.strip())


def _flow(at: Cursor) -> Flow:
    limits = [_limit(one) for one in _mappings(at, "limits")]
    states = [_state(one) for one in at.children("states")]
    flow = Flow(
        id=at.text("id"),
        title=at.text("title"),
        subject=at.text("subject"),
        basis=at.text("basis"),
        grade=grade_of(at),
        start=at.text("start"),
        total_limit=at.text("total_limit", ""),
        limits={one.id: one for one in limits},
        states={one.id: one for one in states},
    )
    _refuse_twice(at, "states", [one.id for one in states])
    at.finish()
    return flow


def _mappings(at: Cursor, key: str) -> list[tuple[str, Cursor]]:
    """The entries of a mapping by their keys."""
    inner = at.child(key)
    if inner is None:
        return []
    return [(name, child) for name in inner.all_keys() if (child := inner.child(name)) is not None]


def _limit(pair: tuple[str, Cursor]) -> Limit:
    id, at = pair
    limit = Limit(id, at.text("parameter"), LimitUnit(at.code("unit", LimitUnit)))
    at.finish()
    return limit


def _state(at: Cursor) -> State:
    kind = StateKind(at.code("kind", StateKind, StateKind.WORK))
    owner = at.text("owner", "")
    requirements = tuple(_requirement(one) for one in at.children("requirements"))
    transitions = tuple(_transition(one, owner) for one in at.children("transitions"))
    state = State(
        id=at.text("id"),
        title=at.text("title"),
        kind=kind,
        owner=owner,
        outcome=at.text("outcome", ""),
        limit=at.text("limit", ""),
        settled=at.flag("settled"),
        stage=at.text("stage", ""),
        help=at.text("help", ""),
        requirements=requirements,
        transitions=transitions,
    )
    _refuse_twice(at, "requirements", [one.id for one in requirements])
    _refuse_twice(at, "transitions", [one.id for one in transitions])
    at.finish()
    return state


def _requirement(at: Cursor) -> Requirement:
    requirement = Requirement(
        id=at.text("id"),
        title=at.text("title"),
        kind=RequirementKind(at.code("kind", RequirementKind)),
        check=at.text("check", ""),
        paper=at.text("paper", ""),
        signed=at.flag("signed"),
        sealed=at.flag("sealed"),
        not_before=at.text("not_before", ""),
        help=at.text("help", ""),
    )
    at.finish()
    return requirement


def _transition(at: Cursor, owner: str) -> Transition:
    is_return = at.flag("return")
    asks = _asks(at)
    if is_return and not any(one.kind is AskKind.REASON for one in asks):
        asks = (*asks, Ask(AskKind.REASON, "退回原因"))
    transition = Transition(
        id=at.text("id"),
        title=at.text("title"),
        to=at.text("to"),
        permission=at.text("permission", owner),
        action=at.text("action", ""),
        policies=_words(at, "policies"),
        tone=Tone(at.code("tone", Tone, Tone.QUIET)),
        asks=asks,
        is_return=is_return,
        requires=_words(at, "requires") if at.has("requires") else None,
        copies=_words(at, "copies"),
    )
    at.finish()
    return transition


def _asks(at: Cursor) -> tuple[Ask, ...]:
    """Each ask is a word (note, reason, date, number) or a word with its own title."""
    found = []
    for each in at.items("asks"):
        kind, title = next(iter(each.items())) if isinstance(each, dict) and len(each) == 1 else (each, None)
        if not isinstance(kind, str) or kind not in set(AskKind):
            at.problem(f"asks 里只能写：{'、'.join(AskKind)}。", "asks")
            continue
        found.append(Ask(AskKind(kind), str(title or ASK_TITLES[AskKind(kind)])))
    return tuple(found)


def _words(at: Cursor, key: str) -> tuple[str, ...]:
    items: list[Any] = at.items(key)
    if any(not isinstance(each, str) for each in items):
        at.problem(f"{key} 应是一列名字。", key)
        return ()
    return tuple(items)


def _refuse_twice(at: Cursor, key: str, ids: list[str]) -> None:
    for id in sorted({each for each in ids if each and ids.count(each) > 1}):
        at.problem(f"{key} 里的“{id}”写了两次。", key)
