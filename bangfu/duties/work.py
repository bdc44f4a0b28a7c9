"""What of duties waits for people, on the workbench and under the bell."""

from __future__ import annotations

from bangfu.access.permissions import Permission
from bangfu.duties.ledgers.excuses import EXCUSES
from bangfu.duties.ledgers.items import DUE_ITEMS, MY_ITEMS
from bangfu.ledgers.workbench import Work

_VIEW = Permission.DUTY_VIEW

WORK = (
    Work(_VIEW, MY_ITEMS, "f_state=soon", "我的责任快到期", "先办这些，办完记一笔。", reminds=True),
    Work(
        _VIEW,
        MY_ITEMS,
        "f_state=overdue&f_late=recent",
        "我的责任逾期",
        "办过的补记；办不成的，申请准免。",
        level="bad",
        reminds=True,
    ),
    Work(
        Permission.DUTY_EXCUSE,
        EXCUSES,
        "f_state=asked",
        "准免待批",
        "看原因和日期，准或不准。",
        reminds=True,
    ),
    Work(
        Permission.DUTY_EXCUSE,
        DUE_ITEMS,
        "f_state=overdue&f_late=recent",
        "责任事项逾期",
        "三个月内没办成的，看是哪些单位、哪些村，催一催。",
        level="bad",
    ),
)
