"""What of plans waits for a person: a unit's steps that are owed, passages that wait, tasks that lag."""

from __future__ import annotations

from bangfu.access.permissions import Permission
from bangfu.ledgers.workbench import Work
from bangfu.plans.ledgers.plans import PLANS, STEPS

WORK = (
    Work(
        Permission.PLAN_STEP_REPORT,
        STEPS,
        "f_pace=behind&f_mine=yes",
        "本单位到期没报的任务步骤",
        "做了就报一句；没做的写还差什么。",
        "bad",
    ),
    Work(
        Permission.COUNTY_PLAN_MANAGE,
        STEPS,
        "f_pace=behind",
        "各单位到期没报的任务步骤",
        "提醒、检查，滞后的下发督办单。",
    ),
    Work(
        Permission.COUNTY_PLAN_MANAGE,
        PLANS,
        "f_waiting_count_from=1",
        "还有任务要确认的计划",
        "逐句确认，存疑的在最上面。",
        "",
    ),
)
