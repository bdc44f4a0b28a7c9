"""What every definition that a county writes shares: its own code, the grade of its basis, its mistakes."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TypeVar

from bangfu.screening.catalogue.model import CatalogueError
from bangfu.screening.catalogue.yamlfile import Cursor, read_text

GRADES = ("官", "次", "码", "知")
"""How sure a basis is: official text, reprint, public code, general knowledge of the trade."""
_ID = re.compile(r"[a-z][a-z0-9_]{1,25}")
_Defined = TypeVar("_Defined")


class WrongText(ValueError):
    """A definition that cannot be used; ``problems`` are sentences with their lines."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


def read_definition(text: str, build: Callable[[Cursor], _Defined], wrong: type[WrongText]) -> _Defined:
    """What ``build`` makes of a text's root; raises ``wrong`` with every mistake."""
    try:
        document = read_text(text, "text")
    except CatalogueError as error:
        raise wrong([_shown(str(error))]) from error
    defined = build(Cursor(document))
    if document.problems:
        raise wrong([_shown(problem) for problem in document.problems])
    return defined


def _shown(problem: str) -> str:
    _, line, sentence = problem.split(":", 2)
    return f"第 {line} 行：{sentence.strip()}"


def other_code(text: str, found: str, noun: str, code: str) -> str:
    """The sentence for a text whose ``id`` is not the code of what it is a version of."""
    line = next((n for n, words in enumerate(text.splitlines(), 1) if words.startswith("id:")), 1)
    return f"第 {line} 行：编号 id 是“{found}”，{noun}的编号是“{code}”，不能改。"


def identifier_of(at: Cursor) -> str:
    """The ``id`` of an entry: small letters, digits and underscores."""
    id = at.text("id")
    if id and not _ID.fullmatch(id):
        at.problem(f"编号 id 是“{id}”：用小写英文字母开头，2 到 26 个字母、数字、下划线。", "id")
    return id


def grade_of(at: Cursor) -> str:
    """How sure the basis is."""
    grade = at.text("grade")
    if grade and grade not in GRADES:
        at.problem(f"依据等级 grade 是“{grade}”，只能是：{'、'.join(GRADES)}。", "grade")
    return grade
