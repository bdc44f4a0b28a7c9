"""What of resident teams waits for people, on the workbench."""

from __future__ import annotations

from bangfu.access.permissions import Permission
from bangfu.ledgers.workbench import Work
from bangfu.support.ledgers.teams import LEAVES_TO_DECIDE

WORK = (
    Work(
        Permission.LEAVE_APPROVE,
        LEAVES_TO_DECIDE,
        "",
        "驻村请假待批",
        "按天数轮到您这一级批的；批了才算数。",
        reminds=True,
    ),
)
