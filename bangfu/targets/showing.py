"""Targets as pages, paper and workbooks show them."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

import xlsxwriter
from django.urls import reverse

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.scope import permits
from bangfu.documents.paper import Paper
from bangfu.targets.enums import How, TargetState
from bangfu.targets.models import Target
from bangfu.targets.queries import Board, Cell
from bangfu.targets.readings import Record, list_address
from bangfu.ui.formats import exact

Words = dict[str, Any]
VERBS = {
    "set_county_target": "定目标",
    "set_county_targets": "照指标表定目标",
    "correct_county_target": "改目标",
    "split_county_target": "分解目标",
    "record_county_target_actual": "填目标的实际数",
    "withdraw_county_target": "撤销目标",
    "read_targets": "目标取数",
    "print_target_board": "打印目标完成情况",
    "export_target_board": "导出目标完成情况",
}
_NONE = "—"


def cell_signal(cell: Cell) -> tuple[str, str]:
    """Reached, behind or on the way, as light and word."""
    if cell.wanted is None:
        return "off", "没有分到这一期"
    if cell.reached is None:
        return "off", "没有数"
    if cell.is_met:
        return "ok", "达到"
    return ("bad", "没有达到") if cell.is_behind else ("now", "进行中")


def percent_words(cell: Cell) -> str:
    """The share of the target that was reached."""
    return _NONE if cell.percent is None else f"{cell.percent}%"


def change_words(cell: Cell) -> str:
    """What is more or less than a year before."""
    if cell.change is None:
        return _NONE
    return f"{'+' if cell.change > 0 else '−' if cell.change < 0 else ''}{exact(abs(cell.change))}"


def target_signal(target: Target) -> tuple[str, str]:
    """Whether it is in force."""
    return ("now" if target.state == TargetState.LIVE else "off"), target.get_state_display()


def span_words(target: Target) -> str:
    """The years of a target."""
    last = target.year + target.years - 1
    return f"{target.year} 年" if target.years == 1 else f"{target.year}—{last} 年"


def target_subject(board: Board, user: User, record: Record | None) -> Words:
    """What ``ui/parts/file_head.html`` shows; ``record`` says what was reached, if one does."""
    target, whole = board.target, board.own.whole
    label = record.label if record else target.reading
    kind, word = target_signal(target) if target.state != TargetState.LIVE else cell_signal(whole)
    return {
        "name": target.title,
        "about": f"{target.region.name} · {span_words(target)} · {target.source}",
        "signals": [{"kind": kind, "word": word}],
        "tags": [target.get_how_display(), target.get_cut_display()],
        "facts": [
            {
                "label": "目标",
                "value": f"{target.get_side_display()} {exact(target.amount)} {target.measure}",
            },
            {"label": "现在", "value": _NONE if whole.reached is None else exact(whole.reached)},
            {"label": "完成", "value": percent_words(whole)},
            {"label": "比上年同期", "value": change_words(whole)},
            {"label": "责任单位", "value": target.unit.name if target.unit else "没有写"},
            {"label": "数从哪里来", "value": label or f"手填：{target.by_hand}"},
        ],
        "actions": [*_to_list(target, user, record), *_actions(target, user)],
    }


def _to_list(target: Target, user: User, record: Record | None) -> list[Words]:
    url = list_address(user, record, target.place) if record else ""
    return [{"label": "看名单", "url": url, "icon": "list-details"}] if url else []


def _actions(target: Target, user: User) -> list[Words]:
    if target.state != TargetState.LIVE or not permits(user, Permission.TARGET_MANAGE, target.place):
        return []
    steps = [
        ("分解", "split_county_target", "table"),
        ("改", "correct_county_target", "edit"),
        ("撤销", "withdraw_county_target", "circle-x"),
    ]
    if not target.reading:
        steps.insert(0, ("填实际数", "record_county_target_actual", "plus"))
    return [
        {"label": label, "url": reverse(name, args=[target.uid]), "icon": icon} for label, name, icon in steps
    ]


def board_lines(boards: Sequence[Board], year: int) -> list[Words]:
    """A line of words a target, for a year: its periods and the whole."""
    lines = []
    for board in boards:
        target, own = board.target, board.own
        cells = [
            (period, cell)
            for period, cell in zip(board.periods, own.cells, strict=True)
            if period.starts_on.year == year
        ]
        lines.append({"board": board, "target": target, "cells": cells, "whole": own.whole})
    return lines


def board_paper(boards: Sequence[Board], year: int, county: str) -> Paper:
    """The table for the wall: target, reached, share, by period."""
    rows = [
        {
            "title": board.target.title,
            "region": board.target.region.name,
            "unit": board.target.unit.name if board.target.unit else "",
            "wanted": f"{exact(board.target.amount)} {board.target.measure}",
            "reached": _NONE if board.own.whole.reached is None else exact(board.own.whole.reached),
            "percent": percent_words(board.own.whole),
            "change": change_words(board.own.whole),
            "state": cell_signal(board.own.whole)[1],
        }
        for board in boards
    ]
    columns = [
        ["目标", "title", 5],
        ["哪里", "region", 2],
        ["责任单位", "unit", 3],
        ["目标数", "wanted", 2, "right"],
        ["现在", "reached", 2, "right"],
        ["完成", "percent", 2, "right"],
        ["比上年同期", "change", 2, "right"],
        ["情况", "state", 2],
    ]
    table = {"columns": columns, "rows": rows, "empty": "没有目标", "total": ""}
    sections = [{"heading": "", "text": _TAKEN, "tables": [table]}]
    data = {"addressed": county, "sections": sections, "signed_by": "", "signed_on": None}
    return Paper("report", f"{year} 年目标完成情况", data)


_TAKEN = "实际数从记录取，取数以后改的记录，再取才变。"


def board_workbook(boards: Sequence[Board], year: int, stamp: str) -> bytes:
    """A sheet with a row a target and place: whole and every period, wanted and reached."""
    content = BytesIO()
    book = xlsxwriter.Workbook(content, {"strings_to_formulas": False, "in_memory": True})
    head = book.add_format({"bold": True, "bottom": 1, "bg_color": "#F2F2F2", "text_wrap": True})
    sheet = book.add_worksheet("目标完成情况")
    sheet.write_string(0, 0, f"{year} 年目标完成情况。{stamp}。{_TAKEN}")
    heads = ["目标", "哪里", "责任单位", "单位", "怎样算", "期", "目标数", "实际", "完成（%）", "上年同期"]
    for at, text in enumerate(heads):
        sheet.write_string(2, at, text, head)
    sheet.set_column(0, 0, 32)
    sheet.set_column(1, len(heads) - 1, 13)
    sheet.freeze_panes(3, 2)
    at = 3
    for board in boards:
        target = board.target
        for row in board.rows:
            for label, cell in [("全部", row.whole), *_named(board, row.cells)]:
                words = [target.title, row.line.name, target.unit.name if target.unit else ""]
                words += [target.measure, How(target.how).label, label]
                for column, word in enumerate(words):
                    sheet.write_string(at, column, word)
                for column, number in enumerate(
                    (cell.wanted, cell.reached, cell.percent, cell.before), start=len(words)
                ):
                    if number is not None:
                        sheet.write_number(at, column, float(number))
                at += 1
    book.close()
    return content.getvalue()


def _named(board: Board, cells: Sequence[Cell]) -> list[tuple[str, Cell]]:
    if all(cell.wanted is None for cell in cells):
        return []
    return [(period.label, cell) for period, cell in zip(board.periods, cells, strict=True)]
