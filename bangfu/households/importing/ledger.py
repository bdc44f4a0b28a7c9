"""The ledger of import batches."""

from __future__ import annotations

from django.db.models import QuerySet
from django.urls import reverse

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.exchange.models import Batch, BatchState
from bangfu.exchange.queries import batches_seen_by
from bangfu.ledgers.definition import Column, Filter, HeadAction, Ledger

_SIGNALS = {
    BatchState.UPLOADED: "now",
    BatchState.PREFLIGHTED: "warn",
    BatchState.COMMITTED: "ok",
    BatchState.UNDONE: "off",
    BatchState.DISCARDED: "off",
    BatchState.FAILED: "bad",
}


def _rows(user: User) -> QuerySet[Batch]:
    rows = batches_seen_by(user)
    return rows.select_related("uploaded_by")


def _state(batch: Batch) -> tuple[str, str]:
    return _SIGNALS[BatchState(batch.state)], batch.get_state_display()


BATCHES = Ledger(
    id="batch_list",
    title="导入",
    lead="名册从上传到回执；提交前册上不变，提交后能整批撤回。",
    permission=Permission.IMPORT,
    rows=_rows,
    columns=(
        Column("number", "批次号"),
        Column("file_name", "文件"),
        Column("uploaded_by", "上传人", "uploaded_by.name"),
        Column("uploaded_at", "上传", kind="date"),
        Column("rows_read", "读入", kind="number", total=True),
        Column("rows_accepted", "接收", kind="number", total=True),
        Column("rows_rejected", "退回", kind="number", total=True),
        Column("state", "状态", _state, kind="signal", sort="state"),
        Column("committed_at", "提交", kind="date", default=False),
    ),
    filters=(
        Filter("state", "状态", choices=BatchState),
        Filter("uploaded_at", "上传日期", "day", field="uploaded_at__date"),
    ),
    default_sort="-uploaded_at",
    row_url=lambda row: reverse("batch_file", args=[row.uid]),
    row_label=lambda row: row.number,
    views=(("ready", "等提交", "f_state=preflighted"),),
    actions=(HeadAction("导入文件", "upload_batch", Permission.IMPORT, "upload", primary=True),),
    empty="还没有导入过。选一个文件，先预检再提交。",
)
