"""What of cases and help waits for people, on the workbench; each count is the list it opens."""

from __future__ import annotations

from bangfu.access.permissions import Permission
from bangfu.ledgers.workbench import Work
from bangfu.monitoring.ledgers.cases import CASES, CHECKS
from bangfu.monitoring.ledgers.help import PLANS

WORK = (
    Work(Permission.CASE_CHECK, CHECKS, "f_result=waiting", "信息比对等回函", "没有负面线索的打勾一次回。"),
    Work(Permission.CASE_APPROVE, CASES, "f_state=approve", "待县级审定", "勾选一批，填文号审定。"),
    Work(
        Permission.CASE_MARK,
        CASES,
        "f_state=mark",
        "待录入或标注全国系统",
        "录入后登记日期；帮了不录就是体外循环。",
    ),
    Work(
        Permission.CASE_VIEW,
        CASES,
        "f_limit=green",
        "绿色通道待补手续",
        "先帮扶的，在期限前把认定手续补齐。",
        reminds=True,
    ),
    Work(Permission.PLAN_MANAGE, PLANS, "f_gap=no_plan", "监测户没有方案", "一户一方案，缺什么补什么。"),
    Work(Permission.PLAN_MANAGE, PLANS, "f_gap=not_begun", "措施没落实", "有措施、还没有一项开始。"),
)
