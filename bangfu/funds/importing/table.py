"""The committer of the fund table: judged at the preflight, again at the commit, written by the actions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.scope import has_permission
from bangfu.core.errors import NotPermitted
from bangfu.core.models import Change, Region
from bangfu.exchange.tables import Asking, Made, Row, TableCommitter
from bangfu.funds.actions.sources import allocate_fund, register_source
from bangfu.funds.actions.withdrawing import withdraw_table
from bangfu.funds.importing.judging import Line, TableRows
from bangfu.funds.models import FundSource
from bangfu.screening.catalogue.datasets import Dataset, read_dataset


@cache
def fund_table() -> Dataset:
    """What columns the table has, from ``lists.yaml``."""
    return read_dataset(yaml.safe_load(Path(__file__).with_name("lists.yaml").read_text("utf-8")))


class FundCommitter(TableCommitter):
    """Brings the county's fund table in: money that was received and given on paper before."""

    step = "认指标、认项目、核金额"
    made = {"sources": "资金来源", "allocations": "下达"}
    undo = ("账只增不改：这一批的指标和下达各记一笔负数冲回；已经支付的，先冲回支付再撤。",)

    def __init__(self) -> None:
        self.dataset = fund_table()

    def check_permitted(self, by: User, place: str) -> None:
        """Raise NotPermitted unless ``by`` registers and allocates money somewhere."""
        for permission in (Permission.FUND_RECORD, Permission.FUND_ALLOCATE):
            if not has_permission(by, permission):
                raise NotPermitted(f"导入资金台账要有“{permission.label}”的权限。没有读入任何行。")

    def judge_of(self, rows: Sequence[Row], asking: Asking) -> TableRows:
        """Judges lines against the books of the place."""
        return TableRows(asking.by, asking.place)

    def write(self, judged: Sequence[Line], judge: TableRows, asking: Asking, change: Change) -> Made:
        """Post what the lines bring; what was made is kept for the undo."""
        region = Region.objects.get(code=asking.place, valid_to=None)
        kept: dict[str, list[str]] = {"sources": [], "allocations": []}
        for line in judged:
            self._post(line, region, asking, change, kept)
        made = {name: len(uids) for name, uids in kept.items()}
        return Made(made, {**kept, "place": asking.place})

    def _post(
        self, line: Line, region: Region, asking: Asking, change: Change, kept: dict[str, list[str]]
    ) -> None:
        """Register the notice that the line brings first, and what it gives."""
        if line.notice is not None:
            source = register_source(by=asking.by, at=change.at, region=region, notice=line.notice)
            kept["sources"].append(str(source.uid))
        if line.grant is None:
            return
        number, purpose = line.key
        known = FundSource.objects.select_related("account", "region")
        allocation = allocate_fund(
            by=asking.by,
            at=change.at,
            source=known.get(place=asking.place, notice_number=number, purpose=purpose),
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
