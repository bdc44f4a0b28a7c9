"""An empty workbook of a dataset: its columns, and a row that says what goes in."""

from __future__ import annotations

import io

import xlsxwriter

from bangfu.screening.catalogue.datasets import Dataset
from bangfu.tabular.spec import Blank, ColumnSpec, Kind

_KINDS = {
    Kind.IDENTITY: "文本格式的号码",
    Kind.CODE: "文本格式的编号",
    Kind.DATE: "日期，如 2026-03-05",
    Kind.MONTH: "年月，如 2026-03",
    Kind.MONEY: "金额，单位元",
    Kind.NUMBER: "数字",
    Kind.PERCENT: "百分数",
    Kind.YES_NO: "是 或 否",
}
_BLANKS = {Blank.NONE: "空着表示没有", Blank.NOT_APPLICABLE: "不适用的空着", Blank.UNKNOWN: "不知道的空着"}
_AS_TEXT = frozenset([Kind.IDENTITY, Kind.CODE])
_WIDTH, _HELP_HEIGHT = 18, 60


def template_workbook(dataset: Dataset) -> bytes:
    """The workbook: a help row above the titles, so that the titles' row is the last before the data."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        sheet = book.add_worksheet(dataset.title[:31])
        text = book.add_format({"num_format": "@"})
        wrapped = book.add_format({"text_wrap": True, "valign": "top", "font_color": "#5d6970"})
        bold = book.add_format({"bold": True, "bottom": 1})
        sheet.set_row(0, _HELP_HEIGHT)
        for index, column in enumerate(dataset.sheet.columns):
            sheet.set_column(index, index, _WIDTH, text if column.kind in _AS_TEXT else None)
            sheet.write_string(0, index, help_of(column), wrapped)
            sheet.write_string(1, index, column.titles[0], bold)
        sheet.freeze_panes(2, 0)
    return buffer.getvalue()


def help_of(column: ColumnSpec) -> str:
    """What goes into a column, in a few words."""
    if column.help:
        return column.help
    if column.required:
        blank = "必填"
    else:
        blank = _BLANKS[column.blank]
    if column.choices:
        what = "填：" + "、".join(spellings[0] for spellings in column.choices.values())
    else:
        what = _KINDS.get(column.kind, "文字")
    return f"{what}；{blank}"
