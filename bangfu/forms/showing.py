"""Words of this room."""

from __future__ import annotations

VERBS = {
    "open_sweep": "部署排查",
    "prepare_sweep": "排查分户",
    "close_sweep": "排查收尾",
    "record_sheet": "填筛查表、排查表",
    "leave_unreached": "登记没见到的户",
    "print_sheets": "打印筛查表、排查表",
    "download_sheets": "下载筛查表 Excel",
    "upload_sheets": "上传筛查表 Excel",
    "commit_sheets": "提交筛查表 Excel",
    "discard_sheets": "放弃筛查表 Excel",
    "draft_form": "起草表的新版",
    "edit_form": "改表的草稿",
    "publish_form": "发布表的新版",
    "retire_form": "停用表的版本",
}
