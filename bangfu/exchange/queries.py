"""What the pages of a batch show."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Any

from django.db.models import Q, QuerySet

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.scope import permits
from bangfu.core.models import Job, JobState
from bangfu.exchange.columns import Sureness
from bangfu.exchange.datasets import committer_of, seen_batches, title_of
from bangfu.exchange.models import Batch, BatchState
from bangfu.exchange.policies import check_commit, check_undo, reason_against, twin_of
from bangfu.exchange.words import words_of

STEPS = ("选文件", "认列", "预检", "提交", "回执")
_AT = {BatchState.UPLOADED: 1, BatchState.FAILED: 1, BatchState.PREFLIGHTED: 3, BatchState.DISCARDED: 3}
_SURE = {
    Sureness.EXACT: ("ok", "列名一致"),
    Sureness.ALIAS: ("ok", "别名"),
    Sureness.GUESSED: ("warn", "猜的，请确认"),
    Sureness.CHOSEN: ("ok", "您定的"),
    Sureness.PASSED_OVER: ("off", "不用"),
}
_SUMS = (("读入", "read"), ("接收", "accepted"), ("退回", "rejected"))
_JOB_WORDS = {
    JobState.WAITING: "waiting",
    JobState.RUNNING: "running",
    JobState.DONE: "finished",
    JobState.CANCELLED: "stopped",
    JobState.FAILED: "failed",
}


def batches_seen_by(user: User, permission: Permission = Permission.IMPORT) -> QuerySet[Batch]:
    """The batches in reach: one's own, and others' of lists whose rows one may see."""
    rows: QuerySet[Batch] = Batch.objects.visible_to(user, permission)
    return rows.filter(Q(uploaded_by=user) | seen_batches(user))


def steps_of(batch: Batch) -> list[dict[str, str]]:
    """The five steps with where the batch stands."""
    here = _AT.get(BatchState(batch.state), len(STEPS))
    states = ["done" if number < here else "on" if number == here else "todo" for number in range(len(STEPS))]
    return [{"label": label, "state": state} for label, state in zip(STEPS, states, strict=True)]


def running(job: Job | None) -> bool:
    """Whether the batch is being worked on."""
    return job is not None and job.state in (JobState.WAITING, JobState.RUNNING)


def progress_of(batch: Batch, status_url: str) -> dict[str, Any]:
    """The batch's long work, as the progress part shows it."""
    job = batch.job
    assert job is not None
    return {
        "title": job.label,
        "state": _JOB_WORDS[JobState(job.state)],
        "done": job.done,
        "total": job.total,
        "unit": "步",
        "found": job.step,
        "status_url": status_url,
        "message": job.message,
    }


def columns_of(batch: Batch, every: bool) -> list[dict[str, Any]]:
    """The columns with their sureness in words; ``choosable`` ones are offered as a choice."""
    found = []
    for entry in batch.preflight["columns"]:
        sure = Sureness(entry["sure"])
        kind, word = _SURE[sure]
        choosable = every or sure in (Sureness.GUESSED, Sureness.PASSED_OVER, Sureness.CHOSEN)
        found.append(entry | {"signal": kind, "word": word, "choosable": choosable})
    return found


def column_choices(batch: Batch) -> list[tuple[str, str]]:
    """What a column may be taken for."""
    committer = committer_of(batch.dataset, batch.place)
    columns = committer.dataset.sheet.columns if committer else ()
    return [("", "略过"), *((column.id, column.titles[0]) for column in columns)]


def strip_of(batch: Batch) -> list[dict[str, Any]]:
    """The four numbers of a preflight; they add up."""
    report = batch.preflight
    counts = report["counts"]
    repairs = sum(one["count"] for one in report["repairs"])
    return [
        _cell("file-spreadsheet", "读入", counts["read"], "行", "合计行、空行已略过，不计在内"),
        _cell("circle-check", "可以导入", counts["accepted"], "行", words_of(batch).accepted(batch), "ok"),
        _cell("wand", "替您修好", repairs, "处", f"在 {report['repaired_rows']:,} 行里"),
        _cell(
            "alert-triangle",
            "要退回",
            counts["rejected"],
            "行",
            "其余照常导入，不会整批作废",
            "bad" if counts["rejected"] else "",
        )
        | {"url": "#rejected" if counts["rejected"] else ""},
    ]


def slip_of(batch: Batch) -> dict[str, Any]:
    """The receipt: sums that must balance."""
    counts = batch.receipt["counts"]
    accepted = counts["new"] + counts["changed"] + counts["same"]
    balanced = counts["read"] == counts["accepted"] + counts["rejected"] and counts["accepted"] == accepted
    head = [
        _line("名单", title_of(batch.dataset, batch.place)),
        _line("文件", batch.file_name),
        _line("提交", batch.change.actor_label if batch.change else ""),
        _line("文件指纹", f"SHA-256 {batch.digest[:4]}…{batch.digest[-4:]}"),
    ]
    sums = [
        _count("读入", counts["read"]),
        _count("接收", counts["accepted"]),
        _count("退回", counts["rejected"]),
    ]
    parts = " / ".join(f"{counts[name]:,}" for name in ("new", "changed", "same"))
    details = [_line("接收里新增 / 更新 / 相同", parts)]
    details += [_line(label, value) for label, value in words_of(batch).made(batch)]
    if batch.receipt["late"]:
        details.append(_line("预检后被别人改过、没有覆盖", f"{batch.receipt['late']:,} 行"))
    details += [_line("撤回以后留着", words) for words in batch.receipt.get("stayed", ())]
    word = "读入 = 接收 + 退回" if balanced else "读入与接收加退回对不上，请告诉系统管理员"
    return {
        "title": "导入回执",
        "subtitle": batch.number,
        "groups": [head, sums, details],
        "balance": {"kind": "ok" if balanced else "bad", "word": word},
    }


def undo_effects(batch: Batch) -> list[str]:
    """What undoing the batch does."""
    return [*words_of(batch).undo(batch), "撤回本身也记进历史，回执和退回行还在。"]


def allowances(batch: Batch, user: User, at: datetime) -> dict[str, Any]:
    """What may be done with the batch now, and why not; the same file that is in already."""
    committed = batch.state == BatchState.COMMITTED
    ready = batch.state == BatchState.PREFLIGHTED
    return {
        "commit_reason": reason_against(partial(check_commit, batch)) if ready else "",
        "undo_reason": reason_against(partial(check_undo, batch, at)) if committed else "",
        "may_undo": committed and permits(user, Permission.IMPORT_UNDO, batch.place),
        "twin": _visible(twin_of(batch), user),
        "is_open": batch.state in (BatchState.UPLOADED, BatchState.PREFLIGHTED, BatchState.FAILED),
    }


def _visible(batch: Batch | None, user: User) -> Batch | None:
    """The batch, if the user may see it."""
    return batch if batch is not None and batches_seen_by(user).filter(pk=batch.pk).exists() else None


def _cell(icon: str, word: str, number: int, unit: str, made_of: str, signal: str = "") -> dict[str, Any]:
    cell = {"icon": icon, "word": word, "number": f"{number:,}", "unit": unit, "made_of": made_of}
    return cell | {"signal": signal}


def _line(label: str, value: str) -> dict[str, Any]:
    return {"label": label, "value": value}


def _count(label: str, number: int) -> dict[str, Any]:
    return {"label": label, "value": f"{number:,} 行", "strong": True}
