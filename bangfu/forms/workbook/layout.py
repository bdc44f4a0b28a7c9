"""The columns of the workbook, and the hidden key of a row: whose task it is, and what it was filled upon."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from bangfu.forms.definition.model import FormSheet, Question, QuestionKind
from bangfu.forms.models import SweepTask

KEY, DAY, MET, REASON = "系统列（不要改）", "上门日期", "见到谁", "退回原因"
WHOSE = ("村", "组", "网格", "户主", "人口")
"""Columns that only say whose row it is; they are not read back."""


@dataclass(frozen=True)
class RowKey:
    """The task of a row, and the versions of task and household when the workbook was made."""

    task: UUID
    task_version: int
    household_version: int

    def __str__(self) -> str:
        return f"{self.task}/{self.task_version}/{self.household_version}"


def key_of(task: SweepTask) -> RowKey:
    """The key of a task as it stands."""
    return RowKey(task.uid, task.version, task.household.version)


def read_key(text: str) -> RowKey | None:
    """The key that a cell holds; None for anything else."""
    uid, _, versions = text.strip().partition("/")
    task_version, _, household_version = versions.partition("/")
    if not (task_version.isdecimal() and household_version.isdecimal()):
        return None
    try:
        return RowKey(UUID(uid), int(task_version), int(household_version))
    except ValueError:
        return None


def fits(form: FormSheet) -> bool:
    """Whether a form can be filled a household a row: it asks nothing of each member."""
    return not any(section.each_member for section in form.sections)


def columns_of(form: FormSheet) -> list[tuple[str, Question]]:
    """The questions with their titles; a title that comes again tells its section too."""
    found: dict[str, Question] = {}
    for section, question in form.questions():
        title = _title(question)
        if title in found or title in (KEY, DAY, MET, REASON, *WHOSE):
            title = f"{section.title}：{title}"
        while title in found:
            title = f"{title}（{question.id}）"
        found[title] = question
    return list(found.items())


def titles_of(form: FormSheet) -> Sequence[str]:
    """Every title from the left: the hidden key, whose row it is, the day, whom one met, the questions."""
    return (KEY, *WHOSE, DAY, MET, *(title for title, _ in columns_of(form)))


def _title(question: Question) -> str:
    unit = "元" if question.kind is QuestionKind.MONEY else question.unit
    return f"{question.title}（{unit}）" if unit else question.title
