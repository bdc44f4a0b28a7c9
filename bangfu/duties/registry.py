"""The door for upper rooms: who owes, which records satisfy, who the holders are, "there is a new record".

A room registers when the application starts; its actions call ``note_record`` when a record that satisfies
duties was made, changed or withdrawn, and ``note_ties`` when somebody owes more, less or something else.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime

from bangfu.duties.actions.recomputing import enqueue_recomputation, recompute_holders, recount
from bangfu.duties.sources import (
    Done,
    Holder,
    Owing,
    Proof,
    register_duties,
    register_holders,
    register_matcher,
    register_source,
)

__all__ = [
    "Done",
    "Holder",
    "Owing",
    "Proof",
    "note_record",
    "note_ties",
    "register_duties",
    "register_holders",
    "register_matcher",
    "register_source",
]


def note_record(holders: Iterable[int]) -> None:
    """Count again what these holders have done: inside the action that made the record, or on its commit."""
    recount(set(holders))


def note_ties(*, at: datetime, holders: Collection[int] = ()) -> None:
    """Somebody owes more, less or something else: what ``holders`` owe is right at once, all the rest soon.

    Call it inside the action, after the change. Many changes within a minute make one whole computation.
    """
    recompute_holders(holders, at=at)
    enqueue_recomputation(at=at)
