"""The ledger of departments' lists."""

from __future__ import annotations

from django.db.models import QuerySet
from django.urls import reverse

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.exchange.models import ListBatch, ListState
from bangfu.exchange.queries import batches_seen_by
from bangfu.ledgers.definition import Column, Filter, HeadAction, Ledger
from bangfu.screening.catalogue.datasets import ROSTER, load_datasets

_SIGNALS = {ListState.VALID: "ok", ListState.REPLACED: "off", ListState.WITHDRAWN: "off"}


def _rows(user: User) -> QuerySet[ListBatch]:
    rows: QuerySet[ListBatch] = ListBatch.objects.with_state().visible_to(user, Permission.IMPORT)
    rows = rows.filter(batch__in=batches_seen_by(user))
    return rows.select_related("batch__uploaded_by", "replaces__batch")


def _datasets(user: User) -> list[tuple[str, str]]:
    return [(one.id, one.title) for one in load_datasets().values() if one.id != ROSTER]


def _state(one: ListBatch) -> tuple[str, str]:
    state = ListState(one.state)
    return _SIGNALS[state], str(state.label)


LISTS = Ledger(
    id="list_batch_list",
    title="部门名单",
    lead="各部门送来的名单，只拿来和册比对。有效的参加筛查；被替代、已撤回的不算。",
    permission=Permission.IMPORT,
    rows=_rows,
    columns=(
        Column("dataset", "名单", lambda one: load_datasets()[one.dataset].title, sort="dataset"),
        Column("sender", "部门", lambda one: load_datasets()[one.dataset].sender),
        Column("month", "哪个月的", kind="month"),
        Column("rows", "行数", kind="number", total=True),
        Column(
            "linked_rows", "认到人的行", kind="number", total=True, help="提交时认到的；每次筛查都重新认。"
        ),
        Column("linked_people", "认到的人", kind="number"),
        Column("uploaded_by", "上传人", "batch.uploaded_by.name"),
        Column("committed_at", "提交", "batch.committed_at", kind="date"),
        Column("state", "状态", _state, kind="signal", sort="state"),
        Column("number", "批次号", "batch.number"),
        Column("file_name", "文件", "batch.file_name", default=False),
        Column(
            "replaces", "替代", lambda one: one.replaces.batch.number if one.replaces else "", default=False
        ),
    ),
    filters=(
        Filter("dataset", "名单", choices=_datasets),
        Filter("state", "状态", choices=ListState),
        Filter("month", "哪个月的", "month"),
    ),
    default_sort="-batch__committed_at",
    row_url=lambda row: reverse("batch_file", args=[row.batch.uid]),
    row_label=lambda row: row.batch.number,
    views=(("valid", "有效的", f"f_state={ListState.VALID.value}"),),
    actions=(HeadAction("导入名单", "upload_batch", Permission.IMPORT, "upload", primary=True),),
    empty="还没有部门名单。选一个文件，先预检再提交。",
)
