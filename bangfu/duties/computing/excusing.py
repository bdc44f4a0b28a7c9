"""What approved excuses leave of what is owed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from bangfu.duties.computing.owed import Tie
from bangfu.duties.computing.spans import Span, covered_days, joined
from bangfu.duties.definition.windows import Window
from bangfu.duties.models import DutyExcuse


class Excuses:
    """Approved excuses by holder."""

    def __init__(self, rows: Iterable[DutyExcuse]) -> None:
        self._by_holder: dict[int, list[DutyExcuse]] = defaultdict(list)
        for row in rows:
            self._by_holder[row.holder_id].append(row)

    def needed(self, tie: Tie, code: str, window: Window, times: int) -> int:
        """What of ``times`` is needed in the window, in proportion to its days without excuse, rounded up.

        A window excused as a whole needs nothing; one day's excuse takes nothing from a duty of once.
        """
        holder, target = tie
        spans = [
            (row.starts_on, row.ends_on)
            for row in self._by_holder.get(holder, ())
            if row.code in ("", code) and row.target_id in (None, target)
        ]
        return left_to_do(times, window, spans) if spans else times


def left_to_do(times: int, window: Window, excused: Sequence[Span]) -> int:
    """``times`` in proportion to the days of the window that are not excused, rounded up."""
    remaining = window.days - covered_days(window, joined(excused))
    return -(-times * remaining // window.days)
