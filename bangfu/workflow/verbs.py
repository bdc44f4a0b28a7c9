"""What this room's steps are called, in history and in the audit log."""

from __future__ import annotations

VERBS = {
    "start_flow": "发起流程",
    "take_transition": "办理环节",
    "pause_flow": "暂停流程",
    "resume_flow": "恢复流程",
    "end_flow": "中途办结",
    "attach_step_paper": "上传环节材料",
    "draft_definition": "起草流程新版",
    "edit_definition": "改流程草稿",
    "publish_definition": "发布流程版本",
    "retire_definition": "停用流程版本",
    "load_holidays": "装入节假日表",
}
