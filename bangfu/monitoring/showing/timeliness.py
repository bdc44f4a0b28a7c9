"""Timeliness as tables: a line a region or month, four cells a stage, each number with its list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode

from bangfu.monitoring.enums.figures import Stage, Standing
from bangfu.monitoring.queries.timeliness import DONE
from bangfu.monitoring.queries.timeliness_counts import Tallies, Tally, withheld
from bangfu.ui.formats import NOTHING, counted

Words = dict[str, Any]
HEADS = ("办成", "中位天数", "时限内 %", "超期没办")
WITHHELD = "不足 5"


@dataclass(frozen=True)
class Line:
    """A group of cases: its name, the address of its own page (empty for none), its tallies, and the
    conditions of its lists (None for who may not see them)."""

    code: str
    name: str
    url: str
    tallies: Tallies
    asked: dict[str, str] | None


def table(lines: Sequence[Line], *, shared: bool) -> list[Words]:
    """The lines as ``ui`` cells, in the given order; ``shared`` screens withhold small groups."""
    hidden = {stage: _hidden(lines, stage) if shared else set() for stage in Stage}
    return [
        {
            "name": line.name,
            "url": line.url,
            "cells": [
                cell
                for stage in Stage
                for cell in _cells(line, stage, line.tallies[stage], is_hidden=line.code in hidden[stage])
            ],
        }
        for line in lines
    ]


def _hidden(lines: Sequence[Line], stage: Stage) -> set[str]:
    return withheld({line.code: line.tallies[stage].counted for line in lines})


def _cells(line: Line, stage: Stage, tally: Tally, *, is_hidden: bool) -> list[Words]:
    if is_hidden:
        return [{"text": WITHHELD}, *({"text": NOTHING} for _ in HEADS[1:])]
    return [
        _number(line, stage, DONE, tally.done),
        {"text": NOTHING if tally.median is None else f"{tally.median:g}"},
        {
            "text": NOTHING if tally.share is None else str(tally.share),
            "url": _list(line, stage, Standing.WITHIN) if tally.within else "",
        },
        _number(line, stage, Standing.OVERDUE, tally.overdue) | {"bad": bool(tally.overdue)},
    ]


def _number(line: Line, stage: Stage, standing: str, number: int) -> Words:
    return {"text": counted(number), "url": _list(line, stage, standing) if number else ""}


def _list(line: Line, stage: Stage, standing: str) -> str:
    if line.asked is None:
        return ""
    return f"{reverse('timeliness_case_list')}?{urlencode({**line.asked, f'f_{stage}': standing})}"
