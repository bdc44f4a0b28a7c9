"""The permission catalogue. Code asks for permissions, never for roles."""

from __future__ import annotations

from django.db import models


class Permission(models.TextChoices):
    """What a person may do; each is granted in places (see ``bangfu.access.scope``)."""

    HOUSEHOLD_VIEW = "household_view", "看户和成员"
    HOUSEHOLD_REGISTER = "household_register", "登记户、成员和自然变更"
    CHANGE_PROPOSE = "change_propose", "提出变更建议"
    CHANGE_DECIDE = "change_decide", "采纳或退回变更建议"
    INCOME_RECORD = "income_record", "填收入测算表"
    GUARANTEE_RECORD = "guarantee_record", "填三保障和饮水核查"
    WORK_RECORD = "work_record", "登记务工"
    VILLAGE_VIEW = "village_view", "看村情况"
    VILLAGE_RECORD = "village_record", "填村情况"
    PAIRING_VIEW = "pairing_view", "看结对、网格和信息员"
    GRID_MANAGE = "grid_manage", "管理网格、结对和信息员"
    ROUND_VIEW = "round_view", "看再识别和变动表"
    ROUND_DECIDE = "round_decide", "填再识别结果"
    ROUND_MANAGE = "round_manage", "开启和关闭再识别批次"
    METRIC_VIEW = "metric_view", "看概览和口径"
    EVIDENCE_VIEW = "evidence_view", "看凭证"
    EVIDENCE_ATTACH = "evidence_attach", "上传和撤下凭证"
    EXPORT = "export", "导出和打印名单"
    IMPORT = "import", "导入名册和名单"
    IMPORT_UNDO = "import_undo", "撤回导入批次"
    UNMASK_IDENTITY = "unmask_identity", "显示证件号原文"
    UNMASK_CONTACT = "unmask_contact", "显示电话原文"
    UNMASK_BANK = "unmask_bank", "显示银行账号原文"
    UNMASK_HEALTH = "unmask_health", "显示健康状况原文"
    PARAMETER_VIEW = "parameter_view", "看参数"
    PARAMETER_MANAGE = "parameter_manage", "改参数"
    REGION_MANAGE = "region_manage", "管理区划"
    USER_MANAGE = "user_manage", "建用户、停用、重置密码"
    ROLE_ASSIGN = "role_assign", "授予和收回角色"
    AUDIT_VIEW = "audit_view", "看审计记录"
    JOB_VIEW_ALL = "job_view_all", "看所有任务"
