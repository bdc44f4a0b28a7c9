"""What the steps are called: the Chinese word of each verb that history and audit keep."""

from __future__ import annotations

_labels: dict[str, str] = {}


def register_verbs(labels: dict[str, str]) -> None:
    """A room names its steps; called when the application starts."""
    _labels.update(labels)


def verb_label(verb: str) -> str:
    """The word for a step; the verb itself for one that no room names any more."""
    return _labels.get(verb, verb)


def verb_choices() -> list[tuple[str, str]]:
    """All verbs with their words, by word."""
    return sorted(_labels.items(), key=lambda item: item[1])


register_verbs(
    {
        "add_region": "增加区划",
        "rename_region": "区划改名",
        "recode_region": "区划改代码",
        "merge_region": "区划合并",
        "supersede_parameter": "改参数",
        "cancel_job": "取消任务",
        "verify_audit": "核对审计记录",
        "export_audit": "导出审计记录",
        "undo": "撤回",
        "sign_in": "登录",
        "sign_out": "退出",
        "refuse_sign_in": "登录被拒",
        "change_password": "改口令",
        "begin_totp": "开始设动态口令",
        "confirm_totp": "启用动态口令",
        "create_user": "建用户",
        "deactivate_user": "停用用户",
        "reactivate_user": "恢复用户",
        "reset_password": "重置口令",
        "reset_totp": "重置动态口令",
        "unlock_user": "解锁用户",
        "create_unit": "建单位",
        "deactivate_unit": "停用单位",
        "assign_role": "授予角色",
        "withdraw_role": "收回角色",
        "unmask": "显示原文",
        "attach_evidence": "上传凭证",
        "open_evidence": "打开凭证",
        "withdraw_evidence": "撤下凭证",
        "preflight_batch": "预检导入",
        "commit_batch": "提交导入",
        "undo_batch": "撤回导入",
    }
)
