"""Writing the workbook: prefilled, the answers as drop-downs; and the rows that were sent back."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from bangfu.core.money import FEN_PER_YUAN
from bangfu.forms.answers import Kept, opening
from bangfu.forms.definition.model import FormSheet, Question, QuestionKind
from bangfu.forms.models import SweepTask
from bangfu.forms.workbook.layout import DAY, KEY, MET, REASON, WHOSE, columns_of, key_of, titles_of
from bangfu.tabular.writing import FONT

_SHEET, _OPTIONS = "筛查表", "选项"
_NARROW, _WIDE, _REASON_WIDTH, _HEAD_HEIGHT = 9, 16, 60, 64
_MORE_ROWS = 1
"""Drop-downs reach one row further, so that an inserted row has them too."""

Row = Mapping[str, str]


def sheets_workbook(form: FormSheet, tasks: Iterable[SweepTask]) -> bytes:
    """The workbook to fill: a row a household, with what the register knows already."""
    return _workbook(form, [_row(form, task) for task in tasks], with_reason=False)


def refused_workbook(form: FormSheet, rows: Sequence[Row]) -> bytes:
    """The rows that stayed outside, as they were, with the reason; mended, it may be uploaded again."""
    return _workbook(form, rows, with_reason=True)


def _row(form: FormSheet, task: SweepTask) -> dict[str, str]:
    household = task.household
    known = opening(form, household, [])
    grid = household.grid.name if household.grid else ""
    whose = (
        household.village.name,
        household.group_name,
        grid,
        household.head_name,
        str(household.member_count),
    )
    answers = {title: _text(known[one.id]) for title, one in columns_of(form) if one.id in known}
    return {KEY: str(key_of(task)), **dict(zip(WHOSE, whose, strict=True)), **answers}


def _text(value: Kept) -> str:
    if isinstance(value, int):
        return f"{value / FEN_PER_YUAN:.2f}"
    return "、".join(value) if isinstance(value, list) else value


def _workbook(form: FormSheet, rows: Sequence[Row], *, with_reason: bool) -> bytes:
    buffer = io.BytesIO()
    titles = [*titles_of(form), *([REASON] if with_reason else [])]
    options = {"in_memory": True, "default_format_properties": {"font_name": FONT, "font_size": 11}}
    with xlsxwriter.Workbook(buffer, options) as book:
        sheet = book.add_worksheet(_SHEET)
        _head(book, sheet, titles)
        text = book.add_format({"num_format": "@", "text_wrap": True, "valign": "vcenter"})
        red = book.add_format({"font_color": "#b3261e", "text_wrap": True, "valign": "vcenter"})
        for number, row in enumerate(rows, 1):
            for index, title in enumerate(titles):
                sheet.write_string(number, index, row.get(title, ""), red if title == REASON else text)
        _drop_downs(book, sheet, form, titles, len(rows) + _MORE_ROWS)
        sheet.freeze_panes(1, titles.index("户主") + 1)
    return buffer.getvalue()


def _head(book: xlsxwriter.Workbook, sheet: Worksheet, titles: Sequence[str]) -> None:
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "vcenter", "bottom": 1})
    sheet.set_row(0, _HEAD_HEIGHT)
    for index, title in enumerate(titles):
        width = _REASON_WIDTH if title == REASON else _NARROW if title in WHOSE else _WIDE
        sheet.set_column(index, index, width, None, {"hidden": True} if title == KEY else None)
        sheet.write_string(0, index, title, bold)


def _drop_downs(
    book: xlsxwriter.Workbook, sheet: Worksheet, form: FormSheet, titles: Sequence[str], last: int
) -> None:
    """The answers of choices in a hidden sheet, which the cells refer to: some are too long for a cell."""
    lists = book.add_worksheet(_OPTIONS)
    lists.hide()
    for number, (title, question) in enumerate(columns_of(form)):
        rule = _rule(lists, number, question)
        if rule:
            index = titles.index(title)
            sheet.data_validation(1, index, last, index, rule)
    for title, words in ((DAY, "实际上门的那天，如 2026-11-22。"), (MET, "户主、家里人，或电话里说的。")):
        index = titles.index(title)
        sheet.data_validation(1, index, last, index, _hint(title, words))


def _rule(lists: Worksheet, number: int, question: Question) -> dict[str, Any]:
    if question.kind is QuestionKind.CHOICES:
        return _hint("可以多选", f"用“、”隔开：{'、'.join(question.options)}")
    if not question.options:
        return _hint(question.title, question.help) if question.help else {}
    for row, option in enumerate(question.options):
        lists.write_string(row, number, option)
    column = xlsxwriter.utility.xl_col_to_name(number)
    return {
        "validate": "list",
        "source": f"={_OPTIONS}!${column}$1:${column}${len(question.options)}",
        "error_title": "请从列表里选",
        "error_message": "点单元格右边的小箭头，选一个。",
    }


def _hint(title: str, words: str) -> dict[str, Any]:
    """Words beside the cell; Excel takes 32 characters of a title and 255 of a message."""
    return {"validate": "any", "input_title": title[:32], "input_message": words[:255]}
