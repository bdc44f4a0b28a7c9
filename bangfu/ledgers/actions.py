"""Writers of this room: saved views, and the record of what left the system."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.http import QueryDict

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.scope import has_permission
from bangfu.core.audit import record
from bangfu.core.errors import NotPermitted, SituationForbids
from bangfu.ledgers.asking import Asked, kept
from bangfu.ledgers.definition import Ledger
from bangfu.ledgers.models import SavedView

NAME_LONGEST = 40
QUERY_LONGEST = 2000
VIEWS_AT_MOST = 20


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
    if len(query) > QUERY_LONGEST:
        raise SituationForbids("条件太长，存不下。去掉几项条件或列再存。")
    others = SavedView.objects.filter(user=by, ledger=ledger.id).exclude(name=name)
    if others.count() >= VIEWS_AT_MOST:
        raise SituationForbids(f"一本台账最多存 {VIEWS_AT_MOST} 个视图。先删掉不用的，再存。")


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
