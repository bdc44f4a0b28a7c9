"""Duties from YAML, every mistake with its line and what to do."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from bangfu.core.errors import BangfuError
from bangfu.duties.definition.model import Definition, problems_of
from bangfu.duties.enums import Each, WindowKind
from bangfu.screening.catalogue.model import CatalogueError
from bangfu.screening.catalogue.yamlfile import Cursor, Document, read_file

_KEYS = {"valid_from": "from", "valid_to": "to"}
_ANY_DAY = date(1, 1, 1)
"""Stands in a file that is refused anyway for want of a date."""
_CODE = re.compile(r"[a-z][a-z0-9_]{1,59}")


class WrongDuties(BangfuError):
    """A file of duties cannot be used; the message lists every mistake as ``file:line: sentence``."""


def read_duties(path: Path) -> list[Definition]:
    """The duties of a file, in its order; raises WrongDuties with every mistake."""
    try:
        document = read_file(path)
        duties = _duties(document)
        document.raise_problems()
    except CatalogueError as error:
        raise WrongDuties(str(error)) from error
    return duties


def _duties(document: Document) -> list[Definition]:
    root = Cursor(document)
    seen: set[str] = set()
    duties = []
    for at in root.children("duties"):
        duty = _duty(at)
        if duty.code in seen:
            at.problem(f"代码“{duty.code}”用了两次。", "code")
        seen.add(duty.code)
        duties.append(duty)
    root.finish()
    return duties


def _duty(at: Cursor) -> Definition:
    start, end = at.date("from"), at.date("to")
    if start is None:
        at.problem("缺少 from：从哪天起。")
    duty = Definition(
        code=at.text("code"),
        title=at.text("title"),
        what=at.text("what"),
        who=at.text("who"),
        window=WindowKind(at.code("window", WindowKind)),
        days=at.whole("days", 0) or None,
        at_least=at.whole("at_least", 0),
        matcher=at.text("matcher"),
        each=Each(at.code("each", Each, Each.TARGET)),
        distinct=at.flag("distinct"),
        proof=at.text("proof", ""),
        tolerance_days=at.whole("tolerance_days", 0),
        reminder_days=at.whole("reminder_days", 7),
        valid_from=start or _ANY_DAY,
        valid_to=end,
        basis=at.text("basis"),
        grade=at.text("grade"),
    )
    if not _CODE.fullmatch(duty.code):
        at.problem("code 用小写英文字母、数字、下划线，字母开头。", "code")
    for field, sentence in problems_of(duty).items():
        at.problem(sentence, _KEYS.get(field, field))
    at.finish()
    return duty
