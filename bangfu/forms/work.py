"""What of sweeps waits for people, on the workbench and under the bell."""

from __future__ import annotations

from bangfu.access.permissions import Permission
from bangfu.forms.ledgers import SWEEP_TASKS, SWEEPS
from bangfu.ledgers.workbench import Work

WORK = (
    Work(
        Permission.SWEEP_RECORD,
        SWEEP_TASKS,
        "f_left=yes&f_due=open",
        "排查还没办完的户",
        "上门填表，一户几分钟；见不到的写明原因。",
    ),
    Work(
        Permission.SWEEP_RECORD,
        SWEEP_TASKS,
        "f_left=yes&f_due=soon",
        "排查快到截止、没办完的户",
        "这几天就到截止，先走这些户。",
        reminds=True,
    ),
    Work(
        Permission.SWEEP_MANAGE,
        SWEEPS,
        "f_due=soon",
        "排查快到截止",
        "看各处还剩多少户，催一催；办完就收尾。",
        reminds=True,
    ),
    Work(
        Permission.SWEEP_MANAGE,
        SWEEPS,
        "f_due=overdue",
        "排查过了截止没收尾",
        "没见到的户写明原因，写小结收尾。",
        level="bad",
        reminds=True,
    ),
)
