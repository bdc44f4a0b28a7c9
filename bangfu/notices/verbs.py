"""What this room's steps are called, in history and in the audit log."""

from __future__ import annotations

VERBS = {
    "compose_notice": "拟公示",
    "edit_notice": "改公示稿",
    "publish_notice": "张贴公示",
    "end_notice": "撤下公示",
    "withdraw_notice": "作废公示",
    "recompose_notice": "重拟公示",
    "object_notice": "登记异议",
    "answer_objection": "答复异议",
    "print_notice": "打印公示",
}
