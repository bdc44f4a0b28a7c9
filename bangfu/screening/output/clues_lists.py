"""The sheets 未能判断 and 退回与未匹配: what was left aside, row by row, as much as one can read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from itertools import chain, islice

from xlsxwriter.worksheet import Worksheet

from bangfu.screening.output.sheet_style import row_height, set_page
from bangfu.screening.output.wording import dataset_title, input_title, rule_title
from bangfu.screening.result import Result, SourceReport
from bangfu.tabular.cell_writing import Formats, excel_text
from bangfu.tabular.writing import shown

LIST_LIMIT = 10_000  # rows of such a sheet; all of them stand in the JSON

Row = tuple[str | int, ...]

_UNDECIDED = (
    ("线索（规则）", 30),
    ("乡镇", 12),
    ("村", 12),
    ("户编号", 22),
    ("户主", 12),
    ("人编号", 22),
    ("姓名", 12),
    ("哪些内容不明", 44),
)
_NOT_USED = (
    ("情况", 10),
    ("文件", 34),
    ("工作表", 14),
    ("认作", 16),
    ("行号", 8),
    ("列", 16),
    ("现在是", 24),
    ("应为、原因", 46),
)


def write_undecided(sheet: Worksheet, result: Result, formats: Formats) -> None:
    """Of whom a rule could not decide, and what is missing for it."""
    note = "名册、名单里有的内容不明，规则不能判断：既不算有风险，也不算没有。补齐后重新筛查。"
    rows = (
        (
            rule_title(item.rule),
            item.township or "",
            item.village or "",
            item.household,
            item.head_name or "",
            item.member or "",
            item.member_name or "",
            "、".join(input_title(name) for name in item.missing),
        )
        for item in result.undecided
    )
    _write(sheet, "未能判断的户和人", note, _UNDECIDED, rows, len(result.undecided), result.as_of, formats)


def write_not_used(sheet: Worksheet, result: Result, formats: Formats) -> None:
    """The rows that were rejected, and those whose person is not in the roster."""
    note = (
        "“退回”的行没有采用，改正后再提交；“没对上”的行已采用，但此人不在名册中，请核对证件号码或补录名册。"
    )
    rows = chain.from_iterable(_rows_of(source) for source in result.sources)
    count = count_not_used(result)
    _write(sheet, "退回与未匹配的行", note, _NOT_USED, rows, count, result.as_of, formats)


def count_not_used(result: Result) -> int:
    """How many rows :func:`write_not_used` has to tell of."""
    return sum(len(source.rejections) + len(source.unmatched_rows) for source in result.sources)


def _rows_of(source: SourceReport) -> Iterator[Row]:
    where = (shown(source.path), source.sheet or "", dataset_title(source.dataset))
    for rejected in source.rejections:
        yield ("退回", *where, rejected.row, rejected.column or "", rejected.found, rejected.expected)
    for unmatched in source.unmatched_rows:
        yield ("没对上", *where, unmatched.row, "", "", unmatched.reason)


def _write(
    sheet: Worksheet,
    title: str,
    note: str,
    columns: Sequence[tuple[str, int]],
    rows: Iterator[Row],
    count: int,
    as_of: dt.date,
    formats: Formats,
) -> None:
    if count > LIST_LIMIT:
        note += f"这里只列前 {LIST_LIMIT:,} 条，另有 {count - LIST_LIMIT:,} 条，用 --json 可得到全部。"
    _head(sheet, title, f"数据截至 {as_of.isoformat()}。{note}", columns, formats)
    for number, row in enumerate(islice(rows, LIST_LIMIT), start=1):
        _row(sheet, number + 2, (number, *row), columns, formats)
    last = min(count, LIST_LIMIT) + 2
    sheet.freeze_panes(3, 0)
    sheet.autofilter(2, 0, last, len(columns))
    sheet.ignore_errors({"number_stored_as_text": f"A4:I{last + 1}"})
    set_page(sheet, f"{title} · 数据截至 {as_of.isoformat()}", repeat=(0, 2))


def _head(
    sheet: Worksheet, title: str, note: str, columns: Sequence[tuple[str, int]], formats: Formats
) -> None:
    sheet.set_column(0, 0, 6)
    for index, (_, width) in enumerate(columns, start=1):
        sheet.set_column(index, index, width)
    sheet.set_row(0, 30)
    sheet.merge_range(0, 0, 0, len(columns), title, formats.get("title"))
    sheet.set_row(1, row_height([(note, sum(width for _, width in columns))]))
    sheet.merge_range(1, 0, 1, len(columns), note, formats.get("note"))
    sheet.set_row(2, 24)
    for index, text in enumerate(("序号", *(name for name, _ in columns))):
        sheet.write_string(2, index, text, formats.get("header"))


def _row(
    sheet: Worksheet, row: int, cells: Row, columns: Sequence[tuple[str, int]], formats: Formats
) -> None:
    widths = [6, *(width for _, width in columns)]
    sheet.set_row(row, row_height((str(cell), width) for cell, width in zip(cells, widths, strict=True)))
    for index, cell in enumerate(cells):
        if isinstance(cell, int):
            sheet.write_number(row, index, cell, formats.get("centre"))
        else:
            sheet.write_string(row, index, excel_text(cell), formats.get("code"))
