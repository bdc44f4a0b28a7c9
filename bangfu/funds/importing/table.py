"""The committer of the fund table: judged at the preflight, again at the commit, written by the actions."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pyarrow as pa
import yaml

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.scope import has_permission
from bangfu.core.errors import NotPermitted
from bangfu.core.models import Change, Region
from bangfu.exchange.datasets import SIMPLE, Counts, Refusal, Request, Staged, Written
from bangfu.exchange.storage import read, store
from bangfu.funds.actions.sources import allocate_fund, register_source
from bangfu.funds.actions.withdrawing import withdraw_table
from bangfu.funds.importing.judging import NEW, SAME, Line, Problem, Row, TableRows
from bangfu.funds.models import FundSource
from bangfu.screening.catalogue.datasets import Dataset, read_dataset
from bangfu.screening.linking.intake import SOURCE
from bangfu.tabular.reading import ROW

_ROWS, _REFUSED = "fund-rows", "fund-refused"
_DAYS = ("noticed_on", "received_on", "allocated_on")
_MONEY = ("amount", "allocated")
MADE = {"sources": "资金来源", "allocations": "下达"}
UNDO = ["账只增不改：这一批的指标和下达各记一笔负数冲回；已经支付的，先冲回支付再撤。"]


@cache
def fund_table() -> Dataset:
    """What columns the table has, from ``lists.yaml``."""
    return read_dataset(yaml.safe_load(Path(__file__).with_name("lists.yaml").read_text("utf-8")))


class FundCommitter:
    """Brings the county's fund table in: money that was received and given on paper before."""

    def __init__(self) -> None:
        self.dataset = fund_table()

    def check_permitted(self, by: User, place: str) -> None:
        """Raise NotPermitted unless ``by`` registers and allocates money somewhere."""
        for permission in (Permission.FUND_RECORD, Permission.FUND_ALLOCATE):
            if not has_permission(by, permission):
                raise NotPermitted(f"导入资金台账要有“{permission.label}”的权限。没有读入任何行。")

    def stage(self, rows: pa.Table, request: Request) -> Staged:
        """Judge the rows against today and lay them down; nothing is written."""
        listed = rows.to_pylist()
        request.progress(2, 4, "认指标、认项目、核金额")
        judged = _judged(listed, request.by, request.place)
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
    def loading(self, folder: Path) -> Iterator[FundLoad]:
        """The rows as they were read; they are judged again when written."""
        about = json.loads(read(folder, _ROWS) or b"{}")
        rows = [_typed(row) for row in about["rows"]]
        yield FundLoad(User.objects.get(pk=about["by"]), about["place"], rows)


@dataclass(frozen=True)
class FundLoad:
    """Rows that wait to be written."""

    by: User
    place: str
    rows: list[Row]

    def write(self, change: Change) -> Written:
        """Judge once more, for somebody may have been first, and post what still fits."""
        judged = _judged(self.rows, self.by, self.place)
        region = Region.objects.get(code=self.place, valid_to=None)
        kept: dict[str, list[str]] = {"sources": [], "allocations": []}
        for line in judged:
            if isinstance(line, Line):
                self._post(line, region, change, kept)
        made = {name: len(uids) for name, uids in kept.items()}
        return Written(_counts(judged), _refusals(self.rows, judged), made, {**kept, "place": self.place})

    def _post(self, line: Line, region: Region, change: Change, kept: dict[str, list[str]]) -> None:
        if line.notice is not None:
            source = register_source(by=self.by, at=change.at, region=region, notice=line.notice)
            kept["sources"].append(str(source.uid))
        if line.grant is None:
            return
        number, purpose = line.key
        known = FundSource.objects.select_related("account", "region")
        allocation = allocate_fund(
            by=self.by,
            at=change.at,
            source=known.get(place=self.place, notice_number=number, purpose=purpose),
            project=line.grant.project,
            fen=line.grant.fen,
            paper_number=line.grant.paper_number,
            on=line.grant.on,
            brought=True,
        )
        kept["allocations"].append(str(allocation.uid))


def take_table_back(change: Change, kept: Mapping[str, Any], by: User, reason: str) -> None:
    """Undo a batch by entries below zero. Raises SituationForbids where its money was spent."""
    withdraw_table(
        by=by,
        change=change,
        sources=kept.get("sources", ()),
        allocations=kept.get("allocations", ()),
        reason=reason,
    )


def _judged(rows: Sequence[Row], by: User, place: str) -> list[Line | Problem]:
    judge = TableRows(by, place)
    return [judge.judge(row) for row in rows]


def _counts(judged: Sequence[Line | Problem]) -> Counts:
    counted = Counter(one.verdict for one in judged if isinstance(one, Line))
    return Counts(counted[NEW], 0, counted[SAME])


def _refusals(rows: Sequence[Row], judged: Sequence[Line | Problem]) -> list[Refusal]:
    return [
        Refusal(row[SOURCE], row[ROW], one.column, one.found, one.expected)
        for row, one in zip(rows, judged, strict=True)
        if isinstance(one, Problem)
    ]


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, (date, Decimal)) else value


def _typed(row: Row) -> Row:
    days = {name: date.fromisoformat(row[name]) for name in _DAYS if row.get(name)}
    money = {name: Decimal(str(row[name])) for name in _MONEY if row.get(name) is not None}
    return row | days | money
