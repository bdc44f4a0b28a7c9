"""A trace as a drawing, as tables, as a workbook and on paper."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from typing import Any

import xlsxwriter
from django.urls import reverse

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.scope import permits
from bangfu.core.money import yuan_text
from bangfu.documents.paper import Paper
from bangfu.funds.terms.steps import Flow, Knot, Part, Step, Trace
from bangfu.ui.formats import iso_day

_YUAN = 100
_PAGES = {
    "fund_source_file": Permission.FUND_VIEW,
    "fund_project_trace": Permission.FUND_VIEW,
    "fund_household_trace": Permission.HOUSEHOLD_VIEW,
}
"""Who may open the trace of a knot."""
_HEADS = ("环节", "从", "到", "日期", "文号、凭证", "金额（元）", "说明")
_COLUMNS = [
    ["从", "giver", 3],
    ["到", "taker", 3],
    ["日期", "on", 2],
    ["文号、凭证", "paper", 3],
    ["金额（元）", "fen", 2, "right"],
    ["说明", "words", 3],
]
_WIDTHS = (12, 28, 28, 12, 24, 16, 30)


def trace_chart(trace: Trace) -> dict[str, Any]:
    """What ``ui/parts/chart.html`` takes; amounts in yuan."""
    knots = {knot.key: knot for flow in trace.flows for knot in (flow.giver, flow.taker)}
    series = {
        "type": "sankey",
        "right": "18%",
        "nodeGap": 16,
        "data": [{"name": key, "label": {"formatter": knot.name}} for key, knot in knots.items()],
        "links": [_link(flow) for flow in trace.flows],
    }
    return {
        "id": "fund-trace",
        "label": f"{trace.title}的钱从哪里来、到哪里去，单位元",
        "option": {"series": [series]},
        "columns": ["从", "到", "金额（元）"],
        "rows": [[flow.giver.name, flow.taker.name, yuan_text(flow.fen)] for flow in trace.flows],
    }


def _link(flow: Flow) -> dict[str, Any]:
    return {"source": flow.giver.key, "target": flow.taker.key, "value": flow.fen / _YUAN}


def trace_tables(trace: Trace, user: User) -> list[dict[str, Any]]:
    """Each stage with its steps; a knot leads on where the person may open it."""
    return [
        {"part": part, "rows": [_row(step, user) for step in part.steps]}
        for part in trace.parts
        if part.count
    ]


def _row(step: Step, user: User) -> dict[str, Any]:
    return {
        "step": step,
        "giver_url": knot_url(step.giver, user),
        "taker_url": knot_url(step.taker, user),
    }


def knot_url(knot: Knot, user: User) -> str:
    """The trace of a knot; empty where there is none or the person may not open it."""
    if not knot.page or not permits(user, _PAGES[knot.page], knot.place):
        return ""
    return reverse(knot.page, args=[knot.uid])


def trace_workbook(trace: Trace, stamp: str) -> bytes:
    """Every step on one sheet, a total for each stage; ``stamp`` says who took it out and when."""
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet("资金流向")
        bold, head = book.add_format({"bold": True}), book.add_format({"bold": True, "bottom": 1})
        money = book.add_format({"num_format": "#,##0.00"})
        sheet.write_string(0, 0, f"{trace.title}资金流向", bold)
        sheet.write_string(1, 0, "；".join(filter(None, (trace.lead, trace.uncovered, stamp))))
        sheet.write_row(2, 0, _HEADS, head)
        for at, width in enumerate(_WIDTHS):
            sheet.set_column(at, at, width)
        sheet.freeze_panes(3, 1)
        row = 3
        for part in trace.parts:
            row = _write(sheet, row, part, money, bold)
    return buffer.getvalue()


def _write(sheet: Any, row: int, part: Part, money: Any, bold: Any) -> int:
    """The steps of a part and their total from a row on; the next free row."""
    for step in part.steps:
        texts = (part.stage.label, step.giver.name, step.taker.name, str(step.on or ""), step.paper)
        for at, text in enumerate(texts):
            sheet.write_string(row, at, text)
        sheet.write_number(row, 5, step.fen / _YUAN, money)
        sheet.write_string(row, 6, step.words)
        row += 1
    if part.steps:
        sheet.write_string(row, 0, f"{part.stage.label}合计", bold)
        sheet.write_number(row, 5, part.fen / _YUAN, money)
        row += 1
    return row


def trace_paper(trace: Trace, at: datetime) -> Paper:
    """The trace for the file: sums, then a table for each stage."""
    sums = "；".join(f"{word} {yuan_text(fen)} 元" for word, fen, _ in trace.sums if fen is not None)
    note = "。".join(filter(None, (trace.lead, sums, trace.uncovered))) + "。"
    stages = [_stage(part) for part in trace.parts if part.count]
    data = {"note": note, "printed_on": iso_day(at), "stages": stages}
    return Paper("fund_trace", f"{trace.title}资金流向", data)


def _stage(part: Part) -> dict[str, Any]:
    listed = f"，列出前 {len(part.steps)} 笔" if part.left_off else ""
    return {
        "heading": part.stage.label,
        "text": f"共 {part.count} 笔，{yuan_text(part.fen)} 元{listed}。",
        "tables": [{"rows": [_line(step) for step in part.steps], "columns": _COLUMNS}],
    }


def _line(step: Step) -> dict[str, str]:
    return {
        "giver": step.giver.name,
        "taker": step.taker.name,
        "on": str(step.on or ""),
        "paper": step.paper,
        "fen": yuan_text(step.fen),
        "words": step.words,
    }
