"""How much is done: records against windows, each record once for a duty of a tie."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from bangfu.duties.computing.owed import Tie
from bangfu.duties.sources import Done


class Asked(NamedTuple):
    """A window of a tie, and how many records it needs."""

    start: date
    end: date
    due_on: date
    needed: int


class Counted(NamedTuple):
    """How many records count for a window, the first and the last of their days."""

    done: int
    first: date | None
    last: date | None


NOTHING = Counted(0, None, None)

Records = Sequence[Done]


class Shelf:
    """Records by tie, for every duty that asks for this kind of record."""

    def __init__(self, records: Iterable[Done]) -> None:
        self._by_tie: dict[Tie, list[Done]] = defaultdict(list)
        self._by_holder: dict[int, list[Done]] = defaultdict(list)
        for one in records:
            self._by_tie[one.holder, one.target].append(one)
            self._by_holder[one.holder].append(one)

    def of(self, tie: Tie) -> Records:
        """The records that a tie may use; a tie without target uses all of its holder."""
        holder, target = tie
        if target is None:
            return self._by_holder.get(holder, ())
        return self._by_tie.get(tie, ())


def counted(windows: Sequence[Asked], records: Records, distinct: bool) -> Iterator[Counted]:
    """What counts for each window; the windows by start, all of one tie and one duty.

    A record counts for the window in which its day lies. One of the days of tolerance counts for the window
    before as long as that still lacks something, and then no longer for its own. With ``distinct`` several
    records of one target count once in a window; a record that names several targets is of the first.
    """
    if not records:
        yield from (NOTHING for _ in windows)
        return
    first_told = {one.record: one for one in reversed(records)}
    free = sorted(first_told.values(), key=lambda one: (one.on, one.record))
    for window in windows:
        taken: list[Done] = []
        targets: set[int | None] = set()
        left: list[Done] = []
        for one in free:
            if _counts(one, window, len(taken)) and not (distinct and one.target in targets):
                taken.append(one)
                targets.add(one.target)
            elif one.on > window.end:
                left.append(one)
        free = left
        yield Counted(len(taken), taken[0].on, taken[-1].on) if taken else NOTHING


def _counts(one: Done, window: Asked, so_far: int) -> bool:
    if window.start <= one.on <= window.end:
        return True
    return window.end < one.on <= window.due_on and so_far < window.needed
