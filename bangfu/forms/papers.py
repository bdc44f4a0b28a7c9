"""Sheets and the flyer as papers; a sheet opens with what the register knows (C-183, C-184)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from bangfu.documents.codes import return_code
from bangfu.documents.paper import Paper
from bangfu.forms.answers import Kept, opening, present_members, shown
from bangfu.forms.definition.model import FormSheet, Question, QuestionKind, Section
from bangfu.forms.enums import SheetKind
from bangfu.forms.models import Sweep, SweepTask
from bangfu.forms.queries import workers_of
from bangfu.forms.versions import CODES, form_for, form_of
from bangfu.households.models import Member
from bangfu.notices.terms import phones_in
from bangfu.ui.formats import chinese_day

_EMPTY, _CHOSEN = "□", "■"
_SPACE = "　"
_LINES = "\n".join(_SPACE * 3)
"""Room to write a few words by hand."""


def flyer_paper(sweep: Sweep, on: date) -> Paper:
    """The flyer for every door: when, what, how; no household on it. Raises ParameterMissing."""
    return Paper(
        "sweep_flyer",
        "我们要到您家走一走",
        {
            "period": f"{chinese_day(sweep.starts_on)}至{chinese_day(sweep.ends_on)}",
            "phones": phones_in(sweep.place, on),
            "signed_by": sweep.region.name,
            "signed_on": on,
        },
    )


def sheet_papers(tasks: Iterable[SweepTask], kind: SheetKind) -> Paper | None:
    """One paper a household, each on pages of its own; None where there is no household."""
    papers = [sheet_paper(task, kind) for task in tasks]
    if not papers:
        return None
    first = papers[0]
    return Paper(first.template, first.title, first.data, code=first.code, parts=tuple(papers[1:]))


def sheet_paper(task: SweepTask, kind: SheetKind) -> Paper:
    """The sheet of one household, with the code that brings its scan back to the task."""
    household, form = task.household, form_of(form_for(task.sweep, kind))
    members = present_members(household)
    known = opening(form, household, members)
    columns = _member_columns(form)
    return Paper(
        CODES[kind],
        form.title,
        {
            "head": household.head_name,
            "people": f"{household.member_count} 人",
            "address": f"{household.village.name} {household.group_name}".strip(),
            "workers": "、".join(workers_of(household.grid)) or None,
            "swept_on": None,
            "met": None,
            "member_columns": [["姓名", "name", "auto"], *([one.title, one.id] for one in columns)],
            "members": [_member_row(member, columns, known) for member in members] if columns else [],
            "questions": list(_question_rows(form, known)),
        },
        code=return_code(task.uid, CODES[kind]),
    )


def preview_paper(form: FormSheet, kind: SheetKind) -> Paper:
    """The sheet that a form gives, empty, for nobody."""
    columns = _member_columns(form)
    return Paper(
        CODES[kind],
        form.title,
        dict.fromkeys(("head", "people", "address", "workers", "swept_on", "met"))
        | {
            "member_columns": [["姓名", "name", "auto"], *([one.title, one.id] for one in columns)],
            "members": [{}, {}] if columns else [],
            "questions": list(_question_rows(form, {})),
        },
    )


def _member_columns(form: FormSheet) -> list[Question]:
    return [question for section, question in form.questions() if section.each_member]


def _member_row(member: Member, columns: Sequence[Question], known: Mapping[str, Kept]) -> dict[str, str]:
    cells = {one.id: shown(one, value) for one in columns if (value := known.get(f"{one.id}:{member.uid}"))}
    return {"name": member.name} | cells


def _question_rows(form: FormSheet, known: Mapping[str, Kept]) -> Iterable[dict[str, Any]]:
    for section, question in form.questions():
        if not section.each_member:
            yield {"name": _name(section, question), "answer": _answer(question, known.get(question.id))}


def _name(section: Section, question: Question) -> str:
    if question.relevant is None:
        return question.title
    asked = next(one for one in section.questions if one.id == question.relevant.question)
    return f"（“{asked.title}”答{'、'.join(question.relevant.answers)}的填）{question.title}"


def _answer(question: Question, value: Kept | None) -> str:
    if question.options:
        return _SPACE.join(f"{_CHOSEN if option == value else _EMPTY}{option}" for option in question.options)
    if value is not None:
        return shown(question, value)
    if question.kind is QuestionKind.TEXT:
        return _LINES
    unit = "元" if question.kind is QuestionKind.MONEY else question.unit
    return f"________ {unit}" if unit else ""
