"""The workbook that tells a department what came of its list: no names in full, no numbers, no phones."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from io import BytesIO

import xlsxwriter

from bangfu.documents.deidentify import masked_name
from bangfu.monitoring.models import ClueFact
from bangfu.monitoring.rules import dataset_title, rule_title

HEADS = ("村", "户主", "规则", "筛到的情况", "名单批次", "核实结论", "核实日期", "反馈日期")
_WIDTHS = (16, 10, 22, 60, 20, 12, 12, 12)


def cells_of(fact: ClueFact) -> list[str]:
    """A fact as the department may see it."""
    batches = "、".join(source.partition(":")[2] for source in fact.sources if ":" in source)
    return [
        fact.household.village.name,
        masked_name(fact.household.head_name),
        rule_title(fact.rule),
        fact.sentence,
        batches,
        fact.get_verdict_display(),
        str(fact.judged_on or ""),
        str(fact.returned_on or ""),
    ]


def results_workbook(facts: Iterable[ClueFact], dataset: str, month: date) -> bytes:
    """The workbook of a list's verdicts of a month."""
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet("核实结果")
        title, head = (
            book.add_format({"bold": True, "font_size": 14}),
            book.add_format({"bold": True, "border": 1}),
        )
        body = book.add_format({"border": 1, "text_wrap": True, "valign": "top"})
        sheet.write(0, 0, f"{dataset_title(dataset)}：{month:%Y-%m} 核实结果", title)
        sheet.write_row(1, 0, HEADS, head)
        for number, width in enumerate(_WIDTHS):
            sheet.set_column(number, number, width)
        for row, fact in enumerate(facts, start=2):
            for column, text in enumerate(cells_of(fact)):
                sheet.write_string(row, column, text, body)
        sheet.freeze_panes(2, 0)
    return buffer.getvalue()
