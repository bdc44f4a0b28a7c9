"""What a batch allows: ``check_x`` raises with a Chinese reason, ``may_x`` only says whether."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.scope import permits
from bangfu.core.errors import BangfuError, NotPermitted, SituationForbids
from bangfu.core.models import Job, JobState, RowVersion
from bangfu.exchange.models import Batch, BatchState
from bangfu.ui.formats import minute

MEGABYTE = 1024 * 1024
_MOST_NAMES = 3


def reason_against(check: Callable[[], None]) -> str:
    """Why a step is not allowed now; empty when it is."""
    try:
        check()
    except BangfuError as refusal:
        return refusal.message
    return ""


def check_in_place(by: User, permission: Permission, place: str) -> None:
    """Raise NotPermitted unless ``by`` has the permission in the region."""
    if not permits(by, permission, place):
        raise NotPermitted(f"您在这里没有“{permission.label}”的权限。如需办理，请找本乡镇或县帮扶办。")


def check_size(size: int, most_megabytes: int) -> None:
    """Raise SituationForbids for an empty file or one above the limit."""
    if not size:
        raise SituationForbids("这个文件是空的，没有收。请检查后重新选择。")
    if size > most_megabytes * MEGABYTE:
        raise SituationForbids(
            f"文件有 {size / MEGABYTE:.1f} 兆，超过上限 {most_megabytes} 兆，没有收。请按乡镇拆开分几次导入。"
        )


def check_open(batch: Batch) -> None:
    """Raise SituationForbids when the batch has been committed, undone or discarded."""
    if batch.state in (BatchState.COMMITTED, BatchState.UNDONE, BatchState.DISCARDED):
        raise SituationForbids(f"这一批{batch.get_state_display()}，不能再改。要再导入，请重新上传文件。")


def check_idle(job: Job | None) -> None:
    """Raise SituationForbids while a job of the batch waits or runs."""
    if job is not None and job.state in (JobState.WAITING, JobState.RUNNING):
        raise SituationForbids("这一批正在办理，请等它办完，或先停下。")


def check_commit(batch: Batch) -> None:
    """Raise SituationForbids unless the batch stands ready, every guess confirmed, its file not yet in."""
    check_open(batch)
    if batch.state != BatchState.PREFLIGHTED:
        raise SituationForbids("这一批还没有预检通过，不能提交。")
    guessed = batch.preflight["guessed"]
    if guessed:
        names = "”“".join(guessed)
        raise SituationForbids(f"还有 {len(guessed)} 列是猜的，请先确认“{names}”。")
    if not batch.preflight["counts"]["accepted"]:
        raise SituationForbids("没有一行可以导入，不能提交。请下载退回行，改好再传。")
    twin = twin_of(batch)
    judged, written = batch.preflighted_at, twin.committed_at if twin else None
    if twin and judged and written and judged < written:
        raise SituationForbids(
            f"同一个文件刚由批次 {twin.number} 提交了，没有再写一遍。要再核对，请重新预检。"
        )


def twin_of(batch: Batch) -> Batch | None:
    """The latest other batch of the same file that is in the register."""
    same = Batch.objects.filter(digest=batch.digest, state=BatchState.COMMITTED).exclude(pk=batch.pk)
    same = same.filter(dataset=batch.dataset) if batch.dataset else same
    return same.order_by("-committed_at").first()


def check_undo(batch: Batch, at: datetime) -> None:
    """Raise SituationForbids when the time is over or somebody has changed what the batch wrote."""
    if batch.state != BatchState.COMMITTED or batch.undo_until is None:
        raise SituationForbids("这一批没有提交，或已经撤回。")
    if at > batch.undo_until:
        raise SituationForbids(
            f"撤回的时限是 {minute(batch.undo_until)}，已经过了。数据没有变动；要改请逐户更正。"
        )
    count, names = changed_since(batch)
    if count:
        raise SituationForbids(
            f"这一批里有 {count:,} 条后来被 {names} 改过，不能整批撤回。数据没有变动；请逐户更正。"
        )


def changed_since(batch: Batch) -> tuple[int, str]:
    """How many rows of the batch were changed by later changes, and by whom (a few names)."""
    later = RowVersion.objects.filter(change=batch.change).exclude(ended_by=batch.change)
    count = later.values("table", "row_id").distinct().count()
    actors = list(later.values_list("ended_by__actor_label", flat=True).distinct()[: _MOST_NAMES + 1])
    names = "、".join(actors[:_MOST_NAMES]) + ("等" if len(actors) > _MOST_NAMES else "")
    return count, names
