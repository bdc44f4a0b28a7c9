"""How the pages of a batch tell what its rows do; an upper room may say it in words of its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bangfu.exchange.models import Batch

Lines = list[tuple[str, str]]


@dataclass(frozen=True)
class BatchWords:
    """The words of one kind of dataset, each asked for a batch that was judged."""

    accepted: Callable[[Batch], str]
    """What the accepted rows are, in one line."""
    made: Callable[[Batch], Lines]
    """What a commit brought in: label and value."""
    undo: Callable[[Batch], Sequence[str]]
    """What undoing takes back and what it leaves, in sentences."""


_words: dict[str, BatchWords] = {}


def register_words(dataset: str, words: BatchWords) -> None:
    """Say how batches of the dataset are told; without it the preflight itself does (``SIMPLE``)."""
    _words[dataset] = words


def words_of(batch: Batch) -> BatchWords:
    """The words of the batch's dataset."""
    return _words.get(batch.dataset, _OWN)


def by_change(batch: Batch) -> str:
    """Accepted rows by what they do to what is there."""
    counts = batch.preflight["counts"]
    return f"新增 {counts['new']:,} · 更新 {counts['changed']:,} · 相同 {counts['same']:,}"


def _made(batch: Batch) -> Lines:
    words = batch.preflight["differences"]["made"]
    return [(words[name], f"{count:,}") for name, count in batch.receipt["made"].items()]


def _undo(batch: Batch) -> Sequence[str]:
    undo: Sequence[str] = batch.preflight["differences"]["undo"]
    return undo


_OWN = BatchWords(accepted=by_change, made=_made, undo=_undo)
