"""Lists of households that earn from projects: judged at the preflight, again at the commit (C-028)."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pyarrow as pa
import yaml
from django.utils import timezone

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.scope import has_permission
from bangfu.core.errors import NotPermitted
from bangfu.core.models import Change
from bangfu.exchange.datasets import SIMPLE, Counts, Refusal, Request, Staged, Written
from bangfu.exchange.storage import read, store
from bangfu.projects.importing.judging import NEW, Problem, Row, fen_of
from bangfu.projects.importing.linking import LinkageRows
from bangfu.projects.models import Linkage
from bangfu.screening.catalogue.datasets import Dataset, read_dataset
from bangfu.screening.linking.intake import SOURCE
from bangfu.tabular.reading import ROW

_ROWS, _REFUSED = "linkage-rows", "linkage-refused"
MADE = {"linkages": "联农带农"}
UNDO = ["这一批登记的联农带农去掉；手工登记的不动。"]


@cache
def linkage_list() -> Dataset:
    """What columns the list has, from ``linkages.yaml``."""
    return read_dataset(yaml.safe_load(Path(__file__).with_name("linkages.yaml").read_text("utf-8")))


class LinkageCommitter:
    """Brings a list of households in, each row once however often the list comes."""

    def __init__(self) -> None:
        self.dataset = linkage_list()

    def check_permitted(self, by: User, place: str) -> None:
        """Raise NotPermitted unless ``by`` records about projects and sees households somewhere."""
        for permission in (Permission.PROJECT_RECORD, Permission.HOUSEHOLD_VIEW):
            if not has_permission(by, permission):
                raise NotPermitted(f"导入联农带农名单要有“{permission.label}”的权限。没有读入任何行。")

    def stage(self, rows: pa.Table, request: Request) -> Staged:
        """Judge the rows against today and lay them down; nothing is written."""
        listed = rows.to_pylist()
        request.progress(2, 4, "认项目、认户")
        judged = _judged(listed, request.by, request.place, request.on)
        refused = _refusals(listed, judged)
        names = [*(column.id for column in self.dataset.sheet.columns), SOURCE, ROW]
        kept = [{name: _plain(row.get(name)) for name in names} for row in listed]
        about = {"by": request.by.pk, "place": request.place, "rows": kept}
        store(request.folder, _ROWS, json.dumps(about).encode())
        store(request.folder, _REFUSED, json.dumps([asdict(one) for one in refused]).encode())
        return Staged(_counts(judged), refused, {"kind": SIMPLE, "made": MADE, "undo": UNDO})

    def refused_before(self, folder: Path) -> Sequence[Refusal]:
        """The refusals that ``stage`` gave."""
        return [Refusal(**one) for one in json.loads(read(folder, _REFUSED) or b"[]")]

    @contextmanager
    def loading(self, folder: Path) -> Iterator[LinkageLoad]:
        """The rows as they were read; they are judged again when written."""
        about = json.loads(read(folder, _ROWS) or b"{}")
        yield LinkageLoad(User.objects.get(pk=about["by"]), about["place"], about["rows"])


@dataclass(frozen=True)
class LinkageLoad:
    """Rows that wait to be written."""

    by: User
    place: str
    rows: list[Row]

    def write(self, change: Change) -> Written:
        """Judge once more, for somebody may have been first, and write what still fits."""
        judged = _judged(self.rows, self.by, self.place, timezone.localdate(change.at))
        new = [one for one in judged if isinstance(one, Linkage)]
        Linkage.objects.bulk_create(new)
        return Written(_counts(judged), _refusals(self.rows, judged), {"linkages": len(new)})


def _judged(rows: Sequence[Row], by: User, place: str, on: date) -> list[Linkage | str | Problem]:
    judge = LinkageRows(by, place, on)
    return [judge.judge(row, fen_of(row["amount"])) for row in rows]


def _counts(judged: Sequence[Linkage | str | Problem]) -> Counts:
    counted = Counter(NEW if isinstance(one, Linkage) else type(one).__name__ for one in judged)
    return Counts(counted[NEW], 0, counted["str"])


def _refusals(rows: Sequence[Row], judged: Sequence[Linkage | str | Problem]) -> list[Refusal]:
    return [
        Refusal(row[SOURCE], row[ROW], one.column, one.found, one.expected)
        for row, one in zip(rows, judged, strict=True)
        if isinstance(one, Problem)
    ]


def _plain(value: Any) -> Any:
    return value if isinstance(value, (str, int, type(None))) else str(value)
