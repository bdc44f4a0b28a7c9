"""Screening sheets by workbook: taken away, brought back filled, checked, kept in one step (C-184)."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.scope import has_permission
from bangfu.core import audit, parameters
from bangfu.core.changing import recording
from bangfu.core.errors import BangfuError, NotPermitted, SituationForbids
from bangfu.core.models import Change
from bangfu.exchange.policies import check_size
from bangfu.exchange.storage import REJECTED, UPLOAD, folder_of, opened, remove, store
from bangfu.forms.actions.sheets import record_sheet
from bangfu.forms.enums import SheetBatchState, SheetKind, SweepState
from bangfu.forms.judging import JudgedRow, judge_rows, problems_of
from bangfu.forms.models import SheetBatch, Sweep
from bangfu.forms.versions import form_of
from bangfu.forms.workbook.layout import REASON
from bangfu.forms.workbook.reading import FilledRow, read_rows
from bangfu.forms.workbook.writing import refused_workbook
from bangfu.households.reckoning.days import local_day

MOST_ROWS = 3_000
"""Households of a village or grid; more belong into several files."""
_NAME_LENGTH = 200


def upload_sheets(*, by: User, at: datetime, sweep: Sweep, file_name: str, content: bytes) -> SheetBatch:
    """Take a filled workbook and judge every row; nothing is kept of it yet but the file, sealed.

    Raises NotPermitted; SituationForbids for a sweep that is not open, a file that is too large, is not one
    of ours or cannot be read.
    """
    _check_may(by, sweep)
    check_size(len(content), parameters.value("import_file_megabytes", on=local_day(at), place=sweep.place))
    batch = SheetBatch(
        sweep=sweep,
        place=sweep.place,
        file_name=file_name[-_NAME_LENGTH:],
        digest=hashlib.sha256(content).hexdigest(),
        uploaded_by=by,
        uploaded_at=at,
    )
    store(folder_of(batch.uid), UPLOAD, content)
    try:
        judged = judge_rows(by, sweep, _rows(batch), local_day(at))
    except BangfuError:
        remove(batch.uid)
        raise
    with transaction.atomic():
        _count(batch, judged)
        batch.save()
        _keep_refused(batch, judged)
        _note("upload_sheets", batch, by, at)
    return batch


def commit_sheets(*, by: User, at: datetime, batch: SheetBatch) -> SheetBatch:
    """Keep every sheet that may be kept, all in one transaction; the rest stays in the workbook of refusals.

    A batch that is committed already stays as it is. Raises NotPermitted for another's batch;
    SituationForbids for one that was discarded, holds nothing to keep, or whose sweep is not open.
    """
    _check_own(by, batch)
    if batch.state == SheetBatchState.COMMITTED:
        return batch
    check_committable(by, batch)
    rows = _rows(batch)
    with recording(by=by, at=at, verb="commit_sheets", batch=str(batch.uid)) as change:
        held: SheetBatch = SheetBatch.objects.select_for_update().get(pk=batch.pk)
        _check_open(held)
        judged = judge_rows(by, held.sweep, rows, local_day(at))
        for one in judged:
            if one.accepted:
                _record(one, held, by, at)
        if not any(one.accepted for one in judged):
            raise SituationForbids("这一批里没有能收的行，没有提交。请看退回的原因，改好再传。")
        _count(held, judged)
        held.state, held.committed_at = SheetBatchState.COMMITTED, at
        held.save()
        _keep_refused(held, judged)
        _note("commit_sheets", held, by, at, change)
    return held


def discard_sheets(*, by: User, at: datetime, batch: SheetBatch) -> None:
    """Let a batch go; its file is deleted. Raises NotPermitted, SituationForbids for one that is kept."""
    _check_own(by, batch)
    with transaction.atomic():
        held = SheetBatch.objects.select_for_update().get(pk=batch.pk)
        _check_open(held)
        held.state = SheetBatchState.DISCARDED
        held.save()
        _note("discard_sheets", held, by, at)
        transaction.on_commit(lambda: remove(held.uid))


def _rows(batch: SheetBatch) -> list[FilledRow]:
    with opened(folder_of(batch.uid), UPLOAD) as path:
        rows = read_rows(path, form_of(batch.sweep.screening_form))
    if len(rows) > MOST_ROWS:
        raise SituationForbids(f"文件有 {len(rows)} 行，一次最多 {MOST_ROWS} 行。请按村或网格分开传。")
    return rows


def _record(one: JudgedRow, batch: SheetBatch, by: User, at: datetime) -> None:
    """Keep a row's sheet; what came in between makes it a refused row."""
    assert one.task is not None and one.typed is not None
    try:
        record_sheet(
            by=by,
            at=at,
            task=one.task,
            kind=SheetKind.SCREENING,
            typed=one.typed.answers,
            filled_on=one.typed.filled_on,
            met=one.row.met,
            household_version=one.typed.household_version,
            task_version=one.typed.task_version,
            batch=str(batch.uid),
        )
    except BangfuError as refusal:
        one.problems += problems_of(refusal, form_of(batch.sweep.screening_form))


def _count(batch: SheetBatch, judged: Sequence[JudgedRow]) -> None:
    batch.rows_read = len(judged)
    batch.rows_accepted = sum(one.accepted for one in judged)
    batch.rows_known = sum(one.known for one in judged)
    batch.rows_empty = sum(one.empty for one in judged)
    batch.rows_rejected = sum(bool(one.problems) for one in judged)
    batch.rows_risky = sum(one.accepted and one.risky for one in judged)
    batch.refusals = [
        {"row": one.row.number, "column": column, "reason": reason}
        for one in judged
        for column, reason in one.problems
    ]


def _keep_refused(batch: SheetBatch, judged: Sequence[JudgedRow]) -> None:
    """Seal the rows that stayed outside, as they were, with their reasons."""
    (folder_of(batch.uid) / REJECTED).unlink(missing_ok=True)
    rows = [{**one.row.texts, REASON: _reason(one)} for one in judged if one.problems]
    if rows:
        form = form_of(batch.sweep.screening_form)
        store(folder_of(batch.uid), REJECTED, refused_workbook(form, rows))


def _reason(one: JudgedRow) -> str:
    return "；".join(f"{column}：{words}" if column else words for column, words in one.problems)


def check_committable(by: User, batch: SheetBatch) -> None:
    """Raise NotPermitted or SituationForbids unless the person may keep the batch now."""
    _check_own(by, batch)
    _check_may(by, batch.sweep)
    _check_open(batch)


def _check_may(by: User, sweep: Sweep) -> None:
    if not has_permission(by, Permission.SWEEP_RECORD):
        raise NotPermitted("您没有填筛查表的权限。如需办理，请找本村或乡镇经办。")
    if sweep.state != SweepState.OPEN:
        raise SituationForbids(f"这次排查{sweep.get_state_display()}，不能再交表。")


def _check_own(by: User, batch: SheetBatch) -> None:
    if batch.uploaded_by_id != by.pk:
        raise NotPermitted("这一批是别人传的，由传的人提交或放弃。")


def _check_open(batch: SheetBatch) -> None:
    if batch.state != SheetBatchState.CHECKED:
        raise SituationForbids(f"这一批{batch.get_state_display()}，不能再改。要再交，请重新上传。")


def _note(verb: str, batch: SheetBatch, by: User, at: datetime, change: Change | None = None) -> None:
    audit.record(
        by=by,
        at=at,
        verb=verb,
        subject=batch.sweep.subject,
        summary=f"筛查表 Excel：读 {batch.rows_read} 行，收 {batch.rows_accepted} 行",
        data={"batch": str(batch.uid), "digest": batch.digest, "rejected": batch.rows_rejected},
        change=change,
    )
