"""What the steps with plans are called in history and audit."""

from __future__ import annotations

VERBS = {
    "enter_county_plan": "录入计划",
    "accept_plan_task": "确认计划任务",
    "leave_out_passage": "不列为任务",
    "reopen_passage": "重新确认",
    "start_county_plan": "计划开始执行",
    "report_plan_step": "报任务进度",
    "check_plan_task": "检查任务",
    "order_plan_task": "督办任务",
    "print_county_plan": "打印计划通报",
}
