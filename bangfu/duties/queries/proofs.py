"""The records that count for a due item."""

from __future__ import annotations

from dataclasses import dataclass

from bangfu.access.models import User
from bangfu.duties.computing.counting import Shelf
from bangfu.duties.models import DueItem
from bangfu.duties.sources import Done, Proof, matchers


@dataclass(frozen=True)
class ProofLine:
    """A record in words with its day, and its page ("" where the person may not open it)."""

    label: str
    url: str
    is_late: bool


def proofs_of(user: User, item: DueItem) -> list[ProofLine]:
    """The records of the window and its days of tolerance, by day.

    One of the days of tolerance may have counted for the next window: then the item's last day says so.
    """
    matcher = matchers().get(item.template.matcher)
    if matcher is None or item.last_done_on is None:
        return []
    last = max(item.window_end, item.last_done_on)
    records = matcher.done(item.window_start, last, {item.holder_id})
    mine = {one.record: one for one in Shelf(records).of((item.holder_id, item.target_id))}
    shown = matcher.show_records(user, list(mine)) if matcher.show_records else {}
    return [
        _line(one, shown.get(one.record, Proof(f"{one.on} {matcher.label}", "")), item)
        for one in sorted(mine.values(), key=lambda one: (one.on, one.record))
    ]


def _line(one: Done, proof: Proof, item: DueItem) -> ProofLine:
    return ProofLine(proof.label, proof.url, one.on > item.window_end)
