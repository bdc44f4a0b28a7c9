"""The circular as tables and as a draft text; every figure carries the address of its list."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode

from bangfu.monitoring.queries.circular import ELSEWHERE, Circular, CircularLine
from bangfu.monitoring.queries.circular_figures import FIGURES, CircularFigure
from bangfu.monitoring.showing.withholding import Cell, withheld_cells
from bangfu.ui.formats import counted

Words = dict[str, Any]
TABLES = (("线索", "clues"), ("个案", "cases"))
NOT_ALONE = "不单列"
"""In place of a number from which a withheld one could be reckoned."""


@dataclass(frozen=True)
class Piece:
    """A piece of the draft: words, or a number with its list."""

    text: str
    url: str = ""


def figures_of(dataset: str) -> list[CircularFigure]:
    """The figures of a table, in their order."""
    return [one for one in FIGURES if one.dataset == dataset]


def tables(circular: Circular, *, sees: bool, shared: bool) -> list[Words]:
    """A table for clues and one for cases: a line a region, then all together.

    Who does not see cases gets no lists; ``shared`` screens withhold small numbers.
    """
    lines = [*circular.lines, circular.whole]
    hidden = withheld(circular, shared=shared)
    return [
        {
            "title": title,
            "heads": [{"label": one.label, "definition": one.definition} for one in figures_of(dataset)],
            "rows": [
                {
                    "name": line.name,
                    "cells": [
                        _cell(circular, line, one, sees=sees, hidden=(line.code, one.id) in hidden)
                        for one in figures_of(dataset)
                    ],
                }
                for line in lines
            ],
        }
        for title, dataset in TABLES
    ]


def withheld(circular: Circular, *, shared: bool) -> set[Cell]:
    """The cells that a paper or screen for everybody does not show; none where it is not ``shared``."""
    return withheld_cells(circular.lines, circular.whole, circular.smallest) if shared else set()


def published(number: int, smallest: int, *, hidden: bool) -> str:
    """A number as it is published."""
    if not hidden:
        return counted(number)
    return f"不足 {smallest}" if number < smallest else NOT_ALONE


def nature(circular: Circular, *, shared: bool) -> str:
    """What a paper says of itself: for everybody, or for the office."""
    if not shared:
        return "内部件：含小数目，不对外公开。"
    return f"不足 {circular.smallest} 的数不列出，能倒推出它的数写“{NOT_ALONE}”。"


def _cell(
    circular: Circular, line: CircularLine, figure: CircularFigure, *, sees: bool, hidden: bool
) -> Words:
    number = line.numbers[figure.id]
    linked = sees and number and not hidden and line.code != ELSEWHERE
    return {
        "text": published(number, circular.smallest, hidden=hidden),
        "url": list_address(circular, figure, line.code or circular.place) if linked else "",
    }


def list_address(circular: Circular, figure: CircularFigure, place: str) -> str:
    """The list of exactly the rows that a number counts."""
    asked = {"month": f"{circular.month:%Y-%m}", "figure": figure.id} | ({"place": place} if place else {})
    return f"{reverse('circular_list')}?{urlencode(asked)}"


def draft(circular: Circular, *, sees: bool, shared: bool) -> list[list[Piece]]:
    """The text of the circular by paragraph, from the numbers of all together; regions are not compared."""

    hidden = withheld(circular, shared=shared)

    def number(id: str, unit: str) -> list[Piece]:
        figure = next(one for one in FIGURES if one.id == id)
        found = circular.whole.numbers[id]
        small = (circular.whole.code, id) in hidden
        url = list_address(circular, figure, circular.place) if sees and found and not small else ""
        return [Piece(published(found, circular.smallest, hidden=small), url), Piece(f" {unit}")]

    return [_clues(circular, number), _cases(circular, number), _overdue(number)]


_Number = Callable[[str, str], list[Piece]]


def _clues(circular: Circular, number: _Number) -> list[Piece]:
    month = f"{circular.month.year} 年 {circular.month.month} 月"
    channels = [one for one in FIGURES if one.group == "channel" and circular.whole.numbers[one.id]]
    by_channel = [
        piece
        for one, sign in zip(channels, ["，其中", *["、"] * len(channels)], strict=False)
        for piece in (Piece(f"{sign}{one.label} "), *number(one.id, "条"))
    ]
    return [
        Piece(f"{month}，{circular.whole.name}收集线索 "),
        *number("clues", "条"),
        *by_channel,
        Piece("；本月核实 "),
        *number("verified", "条"),
        Piece("，属实有风险 "),
        *number("at_risk", "条。"),
    ]


def _cases(circular: Circular, number: _Number) -> list[Piece]:
    return [
        Piece("新建识别认定个案 "),
        *number("opened", "户"),
        Piece("；作出认定 "),
        *number("decided", "户"),
        Piece("，其中纳入监测 "),
        *number("enrolled", "户"),
        Piece("（含风险消除后再标注 "),
        *number("remarked", "户）"),
        Piece("，不予纳入 "),
        *number("refused", "户"),
        Piece("；审定风险消除 "),
        *number("removed", "户。"),
    ]


def _overdue(number: _Number) -> list[Piece]:
    return [
        Piece("月末，线索核实超期 "),
        *number("clues_overdue", "条"),
        Piece("，个案办理超期 "),
        *number("cases_overdue", "户，请逐户办结并说明原因。"),
    ]
