"""What the preflight page and the receipt say, as plain JSON: counts, columns, repairs, rejections."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bangfu.exchange.columns import Sureness, column_of, columns_report, masked
from bangfu.exchange.datasets import Counts, Refusal, Staged, Written
from bangfu.exchange.reading import Taken, rejection_of
from bangfu.screening.output.wording import counted_words
from bangfu.screening.result import Rejection
from bangfu.tabular.reading import SheetReading

_ROWS_A_REASON = 20
_MOST_REASONS = 30


def preflight_report(taken: Taken, staged: Staged, chosen: Mapping[str, str]) -> dict[str, Any]:
    """Everything that is shown before the commit."""
    columns = columns_report(taken.readings, taken.committer.dataset, chosen)
    sources = taken.intake.sources
    return {
        "sheets": [_sheet(reading) for reading in taken.readings],
        "passed_over": [reading.sheet or "" for reading in taken.passed_over],
        "others": taken.others,
        "columns": columns,
        "guessed": [one["title"] for one in columns if one["sure"] == Sureness.GUESSED],
        "repairs": _worded([source.repairs for source in sources]),
        "repaired_rows": sum(source.repaired for source in sources),
        "flags": _worded([source.flags for source in sources]),
        "counts": counts(taken, staged.counts),
        "rejections": _rejections(taken, staged.refused),
        "differences": dict(staged.differences),
    }


def counts(taken: Taken, accepted: Counts) -> dict[str, int]:
    """The rows of the file; read = accepted + rejected, accepted = new + changed + same.

    A row that repeats an earlier one in every column counts as the same.
    """
    read = sum(reading.rows for reading in taken.readings)
    duplicates = sum(source.duplicates for source in taken.intake.sources)
    return _balanced(read, accepted, duplicates)


def receipt(before: Mapping[str, int], written: Written) -> dict[str, Any]:
    """The figures of a commit; ``before`` are those of the preflight."""
    figures = _balanced(before["read"], written.counts, before["duplicates"])
    slip = {"counts": figures, "made": dict(written.made), "late": len(written.refused)}
    return slip | ({"kept": dict(written.kept)} if written.kept else {})


def _balanced(read: int, accepted: Counts, duplicates: int) -> dict[str, int]:
    same = accepted.same + duplicates
    return {
        "read": read,
        "accepted": accepted.new + accepted.changed + same,
        "new": accepted.new,
        "changed": accepted.changed,
        "same": same,
        "duplicates": duplicates,
        "rejected": read - accepted.new - accepted.changed - same,
    }


def _sheet(reading: SheetReading) -> dict[str, Any]:
    return {"name": reading.sheet or "", "header_row": reading.header_row, "rows": reading.rows}


def _worded(several: Sequence[Mapping[str, int]]) -> list[dict[str, Any]]:
    total: dict[str, int] = {}
    for one in several:
        for name, count in one.items():
            total[name] = total.get(name, 0) + count
    return [
        {"label": counted_words({name: count}).rpartition(" ")[0], "count": count}
        for name, count in total.items()
    ]


def _rejections(taken: Taken, refused: Sequence[Refusal]) -> list[dict[str, Any]]:
    """Rejected rows by reason, the commonest first, a few of each with what was found, masked."""
    groups: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for reading, rejection in _all_rejections(taken, refused):
        found = masked(column_of(rejection.column, reading), rejection.found, taken.committer.dataset)
        key = (rejection.column or "", rejection.expected)
        groups.setdefault(key, []).append(
            {"row": rejection.row, "sheet": reading.sheet or "", "found": found}
        )
    ordered = sorted(groups.items(), key=lambda item: (-len(item[1]), item[0]))
    return [
        {"column": column, "expected": expected, "count": len(rows), "rows": rows[:_ROWS_A_REASON]}
        for (column, expected), rows in ordered[:_MOST_REASONS]
    ]


def _all_rejections(taken: Taken, refused: Sequence[Refusal]) -> list[tuple[SheetReading, Rejection]]:
    """One rejection a row: its first problem."""
    found = [
        (reading, Rejection(row.row, p.column, p.found, p.expected))
        for reading in taken.readings
        for row in reading.rejected
        for p in row.problems[:1]
    ]
    first = {(one.source, one.row): one for one in reversed(refused)}
    late = [
        (taken.readings[one.source], rejection_of(one, taken.readings[one.source])) for one in first.values()
    ]
    return found + late
