"""A township's sheet: what its clerk hands out by village, gets back and sends to the county."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from itertools import groupby

from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from bangfu.screening.output.clues_plan import HEAD_ROWS, TownshipSheet
from bangfu.screening.output.sheet_style import row_height, set_page
from bangfu.screening.output.wording import KINDS, OUTCOMES, SIGNALS, signal
from bangfu.screening.result import Finding
from bangfu.tabular.cell_writing import Formats, excel_text, plain_text


@dataclass(frozen=True)
class Column:
    """A column: its title, width, look and what it shows of a finding."""

    title: str
    width: float
    look: str
    value: Callable[[Finding], str | dt.date | None]
    fill: bool = False  # left empty for the clerk


#: What goes on paper.
PRINTED = (
    Column("信号", 10, "centre", lambda f: signal(f.severity)),
    Column("类别", 6.5, "centre", lambda f: KINDS.get(f.kind, f.kind)),
    Column("村", 11, "cell", lambda f: f.village),
    Column("户编号", 18.5, "code", lambda f: f.household),
    Column("户主", 9.5, "cell", lambda f: f.head_name),
    Column("姓名", 9.5, "strong", lambda f: f.member_name),
    Column("线索", 15, "cell", lambda f: f.rule_title),
    Column("原因", 46, "cell", lambda f: f.reason),
    Column("谁来办", 18, "cell", lambda f: f.owner),
    Column("办理期限", 11.5, "date", lambda f: f.due),
    Column("帮扶责任人", 10, "cell", lambda f: f.helper),
    Column("核查结果", 14, "fill", lambda f: None, fill=True),
    Column("核查日期", 11, "fill date", lambda f: None, fill=True),
    Column("核查人", 9, "fill", lambda f: None, fill=True),
)
#: For filtering and for putting the sheets together again; to the right of the printed page.
ON_SCREEN = (
    Column("县", 10, "cell", lambda f: f.county),
    Column("乡镇", 10, "cell", lambda f: f.township),
    Column("人编号", 21, "code", lambda f: f.member),
    Column("规则编号", 28, "cell", lambda f: f.rule),
    Column("依据", 60, "one line", lambda f: f.basis),
)
COLUMNS = PRINTED + ON_SCREEN  # after 序号, which is the first column

_NUMBER_WIDTH = 5.5
_PRINTED_WIDTHS = [column.width for column in PRINTED]
_TITLES = ["序号", *(column.title for column in COLUMNS)]
_SIGNAL, _VILLAGE = _TITLES.index("信号"), _TITLES.index("村")
_FROZEN, _RESULT = _TITLES.index("姓名") + 1, _TITLES.index("核查结果")


def write_township(sheet: Worksheet, page: TownshipSheet, as_of: dt.date, formats: Formats) -> None:
    """Writes a township's sheet from the top down."""
    _set_columns(sheet)
    _head(sheet, page, as_of, formats)
    for number, finding in enumerate(page.findings):
        _row(sheet, HEAD_ROWS + number, number + 1, finding, formats)
    _finish(sheet, page, as_of, formats)


def _set_columns(sheet: Worksheet) -> None:
    sheet.set_column(0, 0, _NUMBER_WIDTH)
    for index, column in enumerate(COLUMNS, start=1):
        sheet.set_column(index, index, column.width)


def _head(sheet: Worksheet, page: TownshipSheet, as_of: dt.date, formats: Formats) -> None:
    last = len(PRINTED)
    sheet.set_row(0, 30)
    sheet.merge_range(0, 0, 0, last, "", formats.get("title"))
    sheet.write_string(0, 0, plain_text(f"{page.heading} 防返贫监测线索核查单"), formats.get("title"))
    note = _note(page.findings, as_of)
    sheet.set_row(1, row_height([(note, _NUMBER_WIDTH + sum(_PRINTED_WIDTHS))]))
    sheet.merge_range(1, 0, 1, last, "", formats.get("note"))
    sheet.write_string(1, 0, note, formats.get("note"))
    sheet.set_row(2, 24)
    sheet.write_string(2, 0, "序号", formats.get("header"))
    for index, column in enumerate(COLUMNS, start=1):
        sheet.write_string(2, index, column.title, formats.get("fill header" if column.fill else "header"))


def _note(findings: list[Finding], as_of: dt.date) -> str:
    risks = [finding for finding in findings if finding.kind == "risk"]
    counts = Counter(finding.severity for finding in risks)
    parts = "、".join(f"{word} {counts[severity]:,} 条" for severity, word in SIGNALS.items())
    households = len({finding.household for finding in risks})
    return (
        f"数据截至 {as_of.isoformat()}。风险线索 {len(risks):,} 条（{parts}），涉及 {households:,} 户；"
        f"数据问题 {len(findings) - len(risks):,} 条，排在线索之后。"
        "按“村”筛选后打印，即可分村交办；核查后填写蓝底三列，连同本表报回。"
    )


def _row(sheet: Worksheet, row: int, number: int, finding: Finding, formats: Formats) -> None:
    values = [column.value(finding) for column in COLUMNS]
    texts = ((value, width) for value, width in zip(values, _PRINTED_WIDTHS, strict=False) if value)
    sheet.set_row(row, row_height((value, width) for value, width in texts if isinstance(value, str)))
    sheet.write_number(row, 0, number, formats.get("centre"))
    for index, (column, value) in enumerate(zip(COLUMNS, values, strict=True), start=1):
        look = finding.severity if index == _SIGNAL and finding.severity in SIGNALS else column.look
        if value is None or value == "":
            sheet.write_blank(row, index, None, formats.get(look))
        elif isinstance(value, dt.date):
            sheet.write_datetime(row, index, value, formats.get(look))
        else:
            sheet.write_string(row, index, excel_text(value), formats.get(look))


def _finish(sheet: Worksheet, page: TownshipSheet, as_of: dt.date, formats: Formats) -> None:
    last_row, last_column = HEAD_ROWS + len(page.findings) - 1, len(COLUMNS)
    sheet.freeze_panes(HEAD_ROWS, _FROZEN)
    sheet.autofilter(HEAD_ROWS - 1, 0, last_row, last_column)
    sheet.ignore_errors({"number_stored_as_text": f"A{HEAD_ROWS + 1}:Z{last_row + 1}"})
    sheet.print_area(0, 0, last_row, len(PRINTED))
    set_page(sheet, f"{page.heading} · 数据截至 {as_of.isoformat()}", repeat=(0, HEAD_ROWS - 1))
    _rule_off_villages(sheet, last_row, formats)
    _offer_outcomes(sheet, page.findings)


def _rule_off_villages(sheet: Worksheet, last_row: int, formats: Formats) -> None:
    """A darker line where another village begins; being a condition it also holds after sorting."""
    village = xl_col_to_name(_VILLAGE)
    criteria = f"=${village}{HEAD_ROWS + 1}<>${village}{HEAD_ROWS}"
    options = {"type": "formula", "criteria": criteria, "format": formats.get("village line")}
    sheet.conditional_format(HEAD_ROWS, 0, last_row, len(COLUMNS), options)


def _offer_outcomes(sheet: Worksheet, findings: list[Finding]) -> None:
    """A list to choose the result from, by kind of finding; other words are allowed after a question."""
    first = HEAD_ROWS
    for kind, group in groupby(findings, key=lambda finding: finding.kind):
        last = first + sum(1 for _ in group) - 1
        if kind in OUTCOMES:
            sheet.data_validation(first, _RESULT, last, _RESULT, _choice(OUTCOMES[kind]))
        first = last + 1


def _choice(outcomes: tuple[str, ...]) -> dict[str, object]:
    return {
        "validate": "list",
        "source": list(outcomes),
        "error_type": "warning",
        "error_title": "核查结果",
        "error_message": "不在下拉列表中。要用自己的话写吗?",
    }
