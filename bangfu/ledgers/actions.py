"""Writers of this room: saved views, and the record of what left the system."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.http import QueryDict

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.scope import has_permission
from bangfu.core.audit import record
from bangfu.core.errors import NotPermitted, SituationForbids
from bangfu.core.jobs import enqueue
from bangfu.core.models import Job
from bangfu.evidence import store
from bangfu.ledgers.asking import Asked, kept
from bangfu.ledgers.definition import EVERYTHING, Ledger, ledger_of
from bangfu.ledgers.models import LedgerExport, SavedView

NAME_LONGEST = 40
QUERY_LONGEST = 2000
VIEWS_AT_MOST = 20
EXPORT_JOB = "export_ledger"
EXPORTS_KEPT = timedelta(days=7)


def save_view(*, by: User, at: datetime, ledger: Ledger, name: str, query: str) -> SavedView:
    """Keep the address of a ledger under a name of one's own; the same name is written over.

    Raises NotPermitted without the ledger's permission, SituationForbids for a name or an address that
    cannot be kept or for too many views.
    """
    if not has_permission(by, ledger.permission):
        raise NotPermitted("您没有看这本台账的权限，视图没有存。")
    name, query = name.strip(), _clean(query)
    _must_be_keepable(by, ledger, name, query)
    with transaction.atomic():
        view, _ = SavedView.objects.update_or_create(
            user=by, ledger=ledger.id, name=name, defaults={"query": query}
        )
        record(by=by, at=at, verb="save_view", summary=f"存视图：{ledger.title}", data={"ledger": ledger.id})
    return view


def delete_view(*, by: User, at: datetime, view: SavedView) -> None:
    """Forget one of one's own views; raises NotPermitted for somebody else's."""
    if view.user_id != by.pk:
        raise NotPermitted("这不是您存的视图，没有删。")
    with transaction.atomic():
        data = {"ledger": view.ledger}
        view.delete()
        record(by=by, at=at, verb="delete_view", summary="删视图", data=data)


def _clean(query: str) -> str:
    pairs = QueryDict(query.removeprefix("?"), mutable=True)
    cleaned = QueryDict(mutable=True)
    for pair in kept(pairs):
        cleaned.appendlist(pair["name"], pair["value"])
    return cleaned.urlencode()


def _must_be_keepable(by: User, ledger: Ledger, name: str, query: str) -> None:
    if not name or len(name) > NAME_LONGEST:
        raise SituationForbids(f"视图名称要填 1 到 {NAME_LONGEST} 个字，视图没有存。")
    if name in {EVERYTHING, *(label for _, label, _ in ledger.views)}:
        raise SituationForbids(f"“{name}”是这本台账自带的视图，视图没有存。请换个名称。")
    if len(query) > QUERY_LONGEST:
        raise SituationForbids("条件太长，存不下。去掉几项条件或列再存。")
    others = SavedView.objects.filter(user=by, ledger=ledger.id).exclude(name=name)
    if others.count() >= VIEWS_AT_MOST:
        raise SituationForbids(f"一本台账最多存 {VIEWS_AT_MOST} 个视图。先删掉不用的，再存。")


def request_export(*, by: User, at: datetime, asked: Asked) -> Job:
    """Have a worker make the workbook of an address; raises NotPermitted without the export permission."""
    check_export(by, asked.ledger)
    with transaction.atomic():
        export = LedgerExport.objects.create(
            user=by, ledger=asked.ledger.id, query=asked.params.urlencode(), asked_at=at
        )
        return enqueue(
            kind=EXPORT_JOB,
            label=f"导出{asked.ledger.title}",
            payload={"export": str(export.uid)},
            by=by,
            at=at,
            key=f"{EXPORT_JOB}:{export.uid}",
        )


def download_export(*, by: User, at: datetime, export: LedgerExport) -> bytes:
    """The finished workbook, for who asked for it and still may; that it left is recorded.

    Raises NotPermitted, SituationForbids while it is not made yet, EvidenceLost when the disk lost it.
    """
    ledger = ledger_of(export.ledger, by)
    if ledger is None:
        raise SituationForbids("这本台账已经没有了，没有下载。")
    check_export(by, ledger)
    if export.user_id != by.pk:
        raise NotPermitted("这不是您导出的，没有下载。")
    if not export.digest:
        raise SituationForbids("还没有做好。请在“任务”里看进度，做好了再下载。")
    content = store.get(settings.HOME.exports, export.digest)
    data = {"ledger": export.ledger, "rows": export.rows}
    record(by=by, at=at, verb="download_export", summary=f"下载{ledger.title} {export.rows} 行", data=data)
    return content


def discard_exports(*, at: datetime) -> int:
    """Delete workbooks that were asked for more than ``EXPORTS_KEPT`` ago; gives how many."""
    old = list(LedgerExport.objects.filter(asked_at__lt=at - EXPORTS_KEPT))
    for export in old:
        if export.digest:
            store.discard(settings.HOME.exports, export.digest)
        export.delete()
    return len(old)


def check_export(by: User, ledger: Ledger) -> None:
    """Raise NotPermitted unless the person may export this ledger."""
    if not (has_permission(by, Permission.EXPORT) and has_permission(by, ledger.permission)):
        raise NotPermitted("您没有导出这本台账的权限。没有导出。")


def export_ledger(*, by: User, at: datetime, asked: Asked, count: int, paper: bool = False) -> None:
    """Record that ``count`` rows left the system as a workbook, or on ``paper``.

    The event names the conditions that were set, not what was typed into them. Raises NotPermitted
    without the export permission.
    """
    if not has_permission(by, Permission.EXPORT):
        raise NotPermitted("您没有导出和打印名单的权限。")
    ledger = asked.ledger
    data = {
        "ledger": ledger.id,
        "rows": count,
        "conditions": asked.names_of_conditions(),
        "columns": [column.id for column in asked.columns],
    }
    record(
        by=by,
        at=at,
        verb="print_ledger" if paper else "export_ledger",
        place=asked.place,
        summary=f"{'打印' if paper else '导出'}{ledger.title} {count} 行",
        data=data,
    )
