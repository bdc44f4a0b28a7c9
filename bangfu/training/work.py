"""What of training and services waits for people, on the workbench; each count is the list it opens."""

from __future__ import annotations

from bangfu.access.permissions import Permission
from bangfu.ledgers.workbench import Work
from bangfu.training.ledgers.courses import SESSIONS
from bangfu.training.ledgers.services import ORDERS

WORK = (
    Work(
        Permission.TRAINING_RECORD,
        SESSIONS,
        "f_open=over",
        "班次结束了没登记",
        "登记谁来了，再登记办班，才计入人次。",
    ),
    Work(
        Permission.TRAINING_RECORD,
        SESSIONS,
        "f_followed=no",
        "训后到期没回访",
        "打个电话或上门问：用上了没有。",
    ),
    Work(
        Permission.SERVICE_RECORD,
        ORDERS,
        "f_state=asked",
        "专家服务待接单",
        "按种类找专家接单，办不了的写原因。",
    ),
    Work(
        Permission.SERVICE_RECORD,
        ORDERS,
        "f_limit=overdue",
        "专家服务超期没办",
        "催专家，或换人。",
        level="bad",
    ),
    Work(Permission.SERVICE_RECORD, ORDERS, "f_state=done", "专家服务待回访", "问一问解决了没有。"),
)
