"""What the steps of this room are called."""

from __future__ import annotations

VERBS = {
    "keep_duties": "记下随软件带来的责任规定",
    "change_duty": "改责任规定",
    "end_duty": "停用责任规定",
    "request_excuse": "申请准免",
    "approve_excuse": "准免",
    "refuse_excuse": "不准免",
    "withdraw_excuse": "撤回准免申请",
    "open_calendar": "开通日历订阅",
    "close_calendar": "停用日历订阅",
}
