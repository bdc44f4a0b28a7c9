"""Tables whose rows are judged one after another: at the preflight, and again when they are written.

Who brings such a table says what its rows make; laying them down, the counts and the refusals are here.
"""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Protocol

import pyarrow as pa
from django.utils import timezone

from bangfu.access.models import User
from bangfu.core.errors import SituationForbids
from bangfu.core.models import Change
from bangfu.exchange.datasets import SIMPLE, Counts, Refusal, Request, Staged, Written
from bangfu.exchange.storage import read, store
from bangfu.screening.catalogue.datasets import Dataset
from bangfu.screening.linking.intake import SOURCE
from bangfu.tabular.reading import ROW

NEW, CHANGED, SAME = "new", "changed", "same"
Row = dict[str, Any]
_ROWS, _REFUSED, _ABOUT = "table-rows", "table-refused", b"bangfu"


@dataclass(frozen=True)
class Refused:
    """Why a row stays outside: the column, what stood there, what should (follows 应为)."""

    column: str | None
    found: str
    expected: str


class Verdict(Protocol):
    """A row that comes in: what it does to what is there (NEW, CHANGED, SAME)."""

    @property
    def verdict(self) -> str:
        """One of the three."""
        ...


@dataclass(frozen=True)
class Judged:
    """A verdict with whatever its writer needs."""

    verdict: str
    what: Any = None


@dataclass(frozen=True)
class Asking:
    """For whom, for which place, on which day rows are judged."""

    by: User
    place: str
    on: date


class Judge(Protocol):
    """Judges rows one after another: a later one sees what an earlier one would make."""

    def judge(self, row: Row) -> Verdict | Refused:
        """What the row does, or why it stays outside."""
        ...


Verdicts = Sequence[Verdict | Refused]


@dataclass(frozen=True)
class Made:
    """How many of each of ``made`` were written, and what the receipt keeps for an undo."""

    counts: Mapping[str, int]
    kept: Mapping[str, Any] = field(default_factory=dict)


class TableCommitter(ABC):
    """Brings tables of one kind in. ``made`` and ``undo`` are the words of the receipt and of the undo."""

    dataset: Dataset
    step: str
    made: Mapping[str, str]
    undo: Sequence[str]
    stamp = ""
    """What the rows were judged by: rows that wait under another one are not written."""

    @abstractmethod
    def check_permitted(self, by: User, place: str) -> None:
        """Raise NotPermitted when ``by`` may not bring this table into the place."""

    @abstractmethod
    def judge_of(self, rows: Sequence[Row], asking: Asking) -> Judge:
        """Who judges these rows, with all that is known today."""

    @abstractmethod
    def write(self, judged: Sequence[Any], judge: Any, asking: Asking, change: Change) -> Made:
        """Write what comes in, as ``judge`` has judged it."""

    def lock(self) -> None:
        """Keep others from writing what the rows are judged by, until the transaction ends."""
        return None

    def stage(self, rows: pa.Table, request: Request) -> Staged:
        """Judge the rows against today and lay them down; nothing is written."""
        listed = rows.to_pylist()
        request.progress(2, 4, self.step)
        judge = self.judge_of(listed, Asking(request.by, request.place, request.on))
        judged = [judge.judge(row) for row in listed]
        refused = _refusals(listed, judged)
        about = {"by": request.by.pk, "place": request.place, "stamp": self.stamp}
        kept = rows.replace_schema_metadata({_ABOUT: json.dumps(about).encode()})
        buffer = pa.BufferOutputStream()
        with pa.ipc.new_file(buffer, kept.schema) as file:
            file.write_table(kept)
        store(request.folder, _ROWS, buffer.getvalue().to_pybytes())
        store(request.folder, _REFUSED, json.dumps([asdict(one) for one in refused]).encode())
        differences = {"kind": SIMPLE, "made": dict(self.made), "undo": list(self.undo)}
        return Staged(_counts(judged), refused, differences)

    def refused_before(self, folder: Path) -> Sequence[Refusal]:
        """The refusals that ``stage`` gave."""
        return [Refusal(**one) for one in json.loads(read(folder, _REFUSED) or b"[]")]

    @contextmanager
    def loading(self, folder: Path) -> Iterator[TableLoad]:
        """The rows as they were read. Raises SituationForbids when they were judged by another stamp."""
        kept = pa.ipc.open_file(pa.BufferReader(read(folder, _ROWS) or b"")).read_all()
        about = json.loads(kept.schema.metadata[_ABOUT])
        if about["stamp"] != self.stamp:
            raise SituationForbids(
                f"预检以后，“{self.dataset.title}”的定义改过，什么都没有写。请重新预检，看清要改什么再提交。"
            )
        yield TableLoad(self, User.objects.get(pk=about["by"]), about["place"], kept.to_pylist())


@dataclass(frozen=True)
class TableLoad:
    """Rows that wait to be written."""

    committer: TableCommitter
    by: User
    place: str
    rows: list[Row]

    def write(self, change: Change) -> Written:
        """Judge once more, for somebody may have been first, and write what still fits."""
        self.committer.lock()
        asking = Asking(self.by, self.place, timezone.localdate(change.at))
        judge = self.committer.judge_of(self.rows, asking)
        judged = [judge.judge(row) for row in self.rows]
        coming_in = [one for one in judged if not isinstance(one, Refused)]
        made = self.committer.write(coming_in, judge, asking, change)
        return Written(_counts(judged), _refusals(self.rows, judged), made.counts, made.kept)


def _counts(judged: Verdicts) -> Counts:
    counted = Counter(one.verdict for one in judged if not isinstance(one, Refused))
    return Counts(counted[NEW], counted[CHANGED], counted[SAME])


def _refusals(rows: Sequence[Row], judged: Verdicts) -> list[Refusal]:
    return [
        Refusal(row[SOURCE], row[ROW], one.column, one.found, one.expected)
        for row, one in zip(rows, judged, strict=True)
        if isinstance(one, Refused)
    ]
