"""Rows of a filled workbook, judged as the page would judge them; nothing is written (C-184)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from bangfu.access.models import User
from bangfu.core.errors import BangfuError
from bangfu.forms.answers import opening, read_answers
from bangfu.forms.definition.model import FormSheet
from bangfu.forms.enums import SheetKind
from bangfu.forms.models import Sheet, Sweep, SweepTask
from bangfu.forms.policies import AnswersRefused, Typed, check_sheet
from bangfu.forms.queries_tasks import tasks_by_uid
from bangfu.forms.versions import form_of
from bangfu.forms.workbook.layout import DAY, KEY, RowKey, columns_of
from bangfu.forms.workbook.reading import FilledRow

_STRANGER = "这一行不在这次排查里，或者不是您管的户。请只填自己下载的空表，不要改“系统列”。"
_TWICE = "文件里有两行是这一户，只收前一行。"
_NO_DAY = "写上门的日期，如 2026-11-22。"


@dataclass
class JudgedRow:
    """A row, whose task it is, and what is wrong with it: (column title or empty, sentence).

    ``known``: the same sheet is kept already; ``empty``: nobody has filled it; ``risky``: it means a risk.
    """

    row: FilledRow
    task: SweepTask | None = None
    typed: Typed | None = None
    problems: list[tuple[str, str]] = field(default_factory=list)
    known: bool = False
    empty: bool = False
    risky: bool = False

    @property
    def accepted(self) -> bool:
        """Whether it may be kept."""
        return not (self.problems or self.known or self.empty)


def judge_rows(by: User, sweep: Sweep, rows: Sequence[FilledRow], today: date) -> list[JudgedRow]:
    """Judge every row of a workbook for a sweep as ``by`` would fill it on the day."""
    form = form_of(sweep.screening_form)
    tasks = tasks_by_uid(by, sweep, [row.key.task for row in rows if row.key])
    seen: set[UUID] = set()
    judged = []
    for row in rows:
        one = JudgedRow(row, tasks.get(row.key.task) if row.key else None)
        if one.task is None or row.key is None:
            one.problems.append((KEY, _STRANGER))
        elif one.task.uid in seen:
            one.problems.append(("", _TWICE))
        else:
            seen.add(one.task.uid)
            _judge(one, one.task, row.key, by, form, today)
        judged.append(one)
    return judged


def problems_of(refusal: BangfuError, form: FormSheet) -> list[tuple[str, str]]:
    """A refusal as problems of a row, with the titles of the columns."""
    if not isinstance(refusal, AnswersRefused):
        return [("", refusal.message)]
    titles = {question.id: title for title, question in columns_of(form)}
    return [(titles[key], sentence) for key, sentence in refusal.errors.items()]


def _judge(one: JudgedRow, task: SweepTask, key: RowKey, by: User, form: FormSheet, today: date) -> None:
    answers, filled_on = one.row.typed(form), one.row.filled_on
    one.empty = _is_empty(one, task, form, answers)
    one.known = not one.empty and _is_known(one, task, form, answers)
    if one.empty or one.known:
        return
    if filled_on is None:
        one.problems.append((DAY, _NO_DAY))
        return
    one.typed = Typed(answers, filled_on, key.household_version, key.task_version)
    try:
        one.risky = bool(check_sheet(by, task, SheetKind.SCREENING, one.typed, today).answered.risks)
    except BangfuError as refusal:
        one.problems += problems_of(refusal, form)


def _is_empty(one: JudgedRow, task: SweepTask, form: FormSheet, answers: dict[str, list[str]]) -> bool:
    """Whether the row holds nothing but what it was printed with."""
    if one.row.met or one.row.texts.get(DAY):
        return False
    known = opening(form, task.household, [])
    return all(key in known for key, texts in answers.items() if any(text.strip() for text in texts))


def _is_known(one: JudgedRow, task: SweepTask, form: FormSheet, answers: dict[str, list[str]]) -> bool:
    """Whether the sheet is kept already, word for word."""
    read = read_answers(form, [], answers)
    return not read.errors and any(
        sheet.kind == SheetKind.SCREENING
        and sheet.answers == read.values
        and (sheet.filled_on, sheet.met) == (one.row.filled_on, one.row.met)
        for sheet in _sheets(task)
    )


def _sheets(task: SweepTask) -> Iterator[Sheet]:
    yield from task.sheets.all()
