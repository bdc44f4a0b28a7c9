"""Exports that a worker makes: the workbook, its place, and its end after some days."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from bangfu.core.changing import SYSTEM
from bangfu.core.jobs import JobContext, enqueue, register
from bangfu.core.models import Job
from bangfu.core.schedule import each_day, register_schedule
from bangfu.evidence import store
from bangfu.ledgers import actions
from bangfu.ledgers.asking import Asked, asked_by
from bangfu.ledgers.definition import ledger_of
from bangfu.ledgers.exporting import workbook
from bangfu.ledgers.models import LedgerExport
from bangfu.ledgers.queries import exportable, ordering, totals_of
from bangfu.ui.formats import minute

DISCARD = "discard_exports"
_REPORT_EVERY = 1_000
_AT_ONCE = 2_000


def register_jobs() -> None:
    """Tell the kernel who makes exports and who deletes them; called when the application starts."""
    register(actions.EXPORT_JOB, _export)
    register(DISCARD, _discard)
    register_schedule(DISCARD, each_day, _enqueue_discard)


def _export(context: JobContext) -> dict[str, Any]:
    """Make the workbook once; a second worker finds it made. Asks anew what the person may export."""
    export = LedgerExport.objects.select_related("user").get(uid=context.payload["export"])
    if not export.digest:
        at = timezone.now()
        ledger = ledger_of(export.ledger, export.user)
        assert ledger is not None  # 提交导出时这本台账在
        question = asked_by(ledger, export.user, QueryDict(export.query))
        actions.check_export(export.user, question.ledger)
        _make(export, question, at, context)
    return {"url": reverse("download_export", args=[export.uid]), "url_label": f"下载（{export.rows:,} 行）"}


def _make(export: LedgerExport, question: Asked, at: datetime, context: JobContext) -> None:
    rows = exportable(question.ledger, export.user, question.rows())
    totals, count = totals_of(rows, question.columns)
    ordered = rows.order_by(*ordering(question.ledger, question.sort)).iterator(chunk_size=_AT_ONCE)
    stamp = f"导出人：{export.user.actor_label()}，{minute(at)}，共 {count} 行"
    with workbook(question, _reported(ordered, count, context), totals, stamp) as file:
        digest = store.put(settings.HOME.exports, file.read())
    with transaction.atomic():
        export.digest, export.rows = digest, count
        export.save()
        actions.export_ledger(by=export.user, at=at, asked=question, count=count)


def _reported(rows: Iterable[Any], count: int, context: JobContext) -> Iterator[Any]:
    for done, row in enumerate(rows):
        if done % _REPORT_EVERY == 0:
            context.progress(done, count, "写行")
        yield row


def _enqueue_discard(at: datetime, key: str) -> Job | None:
    if not LedgerExport.objects.filter(asked_at__lt=at - actions.EXPORTS_KEPT).exists():
        return None
    return enqueue(kind=DISCARD, label="清理旧的导出", payload={}, by=SYSTEM, at=at, key=key)


def _discard(context: JobContext) -> dict[str, Any]:
    return {"discarded": actions.discard_exports(at=timezone.now())}
