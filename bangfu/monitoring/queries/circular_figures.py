"""The figures of the monthly circular: what each counts in the rows of a month-end snapshot."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from bangfu.monitoring.enums.cases import CaseKind
from bangfu.monitoring.enums.clues import UNVERIFIED_STATES, ClueChannel, Verdict

Row = dict[str, Any]
_REFUSED = ("refused", "closed")
"""The states of a refusal that stands."""


@dataclass(frozen=True)
class Month:
    """A month that is over, by its last day."""

    last: date

    def holds(self, day: date | None) -> bool:
        """Whether the day lies in the month."""
        return day is not None and self.last.replace(day=1) <= day <= self.last


@dataclass(frozen=True)
class CircularFigure:
    """A number of the circular: rows of ``dataset`` (clues or cases) for which ``counts`` holds."""

    id: str
    label: str
    dataset: str
    definition: str
    counts: Callable[[Row, Month], bool]
    group: str = ""


def _channel(channel: ClueChannel) -> CircularFigure:
    return CircularFigure(
        f"clues_{channel.value}",
        str(channel.label),
        "clues",
        f"本月发现、渠道是“{channel.label}”的线索。",
        lambda row, month: row["channel"] == channel.value and month.holds(row["discovered_on"]),
        group="channel",
    )


def _verified_at_risk(row: Row, month: Month) -> bool:
    return row["verdict"] == Verdict.AT_RISK and month.holds(row["verified_on"])


def _clue_overdue(row: Row, month: Month) -> bool:
    return row["state"] in UNVERIFIED_STATES and row["due_on"] < month.last


def _identifies(row: Row) -> bool:
    return row["kind"] == CaseKind.IDENTIFICATION


def _opened(row: Row, month: Month) -> bool:
    return _identifies(row) and month.holds(row["opened_on"])


def _enrolled(row: Row, month: Month) -> bool:
    return _identifies(row) and month.holds(row["approved_on"])


def _refused(row: Row, month: Month) -> bool:
    return _identifies(row) and row["state"] in _REFUSED and month.holds(row["refused_on"])


def _decided(row: Row, month: Month) -> bool:
    return _enrolled(row, month) or _refused(row, month)


def _removed(row: Row, month: Month) -> bool:
    return row["kind"] == CaseKind.REMOVAL and month.holds(row["approved_on"])


def _remarked(row: Row, month: Month) -> bool:
    return _enrolled(row, month) and row["follows_kind"] == CaseKind.REMOVAL


def _case_overdue(row: Row, month: Month) -> bool:
    return row["closed_on"] is None and row["due_on"] is not None and row["due_on"] < month.last


FIGURES = (
    CircularFigure(
        "clues",
        "收集线索",
        "clues",
        "本月发现的线索，一户在办的只算一条。",
        lambda row, month: month.holds(row["discovered_on"]),
    ),
    *(_channel(channel) for channel in ClueChannel),
    CircularFigure(
        "verified",
        "核实",
        "clues",
        "本月作出核实结论的。",
        lambda row, month: month.holds(row["verified_on"]),
    ),
    CircularFigure("at_risk", "属实有风险", "clues", "本月核实为属实有风险的。", _verified_at_risk),
    CircularFigure("clues_overdue", "核实超期", "clues", "月末没有核实结论、期限已过的。", _clue_overdue),
    CircularFigure("opened", "新建个案", "cases", "本月建的识别认定个案。", _opened),
    CircularFigure("decided", "作出认定", "cases", "本月县级审定纳入的和不予纳入的。", _decided),
    CircularFigure("enrolled", "纳入", "cases", "本月县级审定纳入监测的，按批复日期。", _enrolled),
    CircularFigure("refused", "不予纳入", "cases", "本月不予纳入的；异议成立、重新办理的不算。", _refused),
    CircularFigure("removed", "风险消除", "cases", "本月县级审定风险消除的，按批复日期。", _removed),
    CircularFigure("remarked", "再标注", "cases", "本月纳入的里面，风险消除以后又出现风险的。", _remarked),
    CircularFigure(
        "cases_overdue", "个案超期", "cases", "月末没有办结、这一步或全程期限已过的。", _case_overdue
    ),
)
_by_id = {one.id: one for one in FIGURES}


def circular_figure(id: str) -> CircularFigure | None:
    """The figure of that id."""
    return _by_id.get(id)
