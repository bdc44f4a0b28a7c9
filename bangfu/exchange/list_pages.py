"""What the pages of a batch say of a department's list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bangfu.exchange.datasets import title_of
from bangfu.exchange.forms import ListForm
from bangfu.exchange.lake.committer import KIND
from bangfu.exchange.models import Batch, BatchState
from bangfu.exchange.words import BatchWords, Lines


def is_list(batch: Batch) -> bool:
    """Whether the batch is a department's list, and judged."""
    kind: bool = batch.preflight.get("differences", {}).get("kind") == KIND
    return kind


def of_list(batch: Batch, form: ListForm | None) -> dict[str, Any]:
    """What the page of a list needs besides: its form, the other lists of the file, whom it is about."""
    ready = batch.state == BatchState.PREFLIGHTED
    return {
        "list_form": (form or ListForm(batch)) if ready else None,
        "people": _people(batch),
    }


def others_of(batch: Batch) -> list[tuple[str, str]]:
    """The other datasets of the file that no batch of the same file has taken, with their titles."""
    taken = set(Batch.objects.filter(digest=batch.digest).values_list("dataset", flat=True))
    others = [one for one in batch.preflight.get("others", ()) if one not in taken]
    return [(one, title_of(one, batch.place)) for one in others]


def _accepted(batch: Batch) -> str:
    counts = batch.preflight["counts"]
    return f"新的 {counts['new']:,} · 与已有相同 {counts['same']:,}"


def _made(batch: Batch) -> Lines:
    made, listed = batch.receipt["made"], batch.listed
    lines = [
        ("哪个月的", f"{listed.month.year}年{listed.month.month}月"),
        ("存下", f"{made['rows']:,} 行"),
        ("提交时认到册上的人", f"{made['linked_rows']:,} 行，{made['linked_people']:,} 人"),
    ]
    return [*lines, ("替代", listed.replaces.batch.number)] if listed.replaces else lines


def _undo(batch: Batch) -> Sequence[str]:
    return (
        "这一批名单的行不再参加筛查；它替代的那一批恢复有效。",
        "已经生成的线索不会删掉；下次筛查时不再成立的，会写明不再成立。",
    )


LIST_WORDS = BatchWords(accepted=_accepted, made=_made, undo=_undo)


def _people(batch: Batch) -> dict[str, Any]:
    """How many rows are about people of the register, and why the others are not."""
    differences = batch.preflight["differences"]
    counts = batch.preflight["counts"]
    rows = counts["accepted"] - counts["duplicates"]
    return {
        "rows": rows,
        "linked": differences["linked_rows"],
        "people": differences["linked_people"],
        "by_circumstances": differences["by_circumstances"],
        "unlinked": rows - differences["linked_rows"],
        "reasons": differences["unmatched"],
        "known": counts["same"] - counts["duplicates"],
    }
