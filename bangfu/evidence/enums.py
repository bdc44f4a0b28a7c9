"""Kinds of papers."""

from __future__ import annotations

from django.db import models


class PaperKind(models.TextChoices):
    """What a paper is; households, villages and projects use the same list."""

    AUTHORISATION = "authorisation", "承诺授权书"
    WORKSHEET = "worksheet", "收入测算表（签字）"
    MEETING = "meeting", "评议记录"
    NOTICE = "notice", "公示材料"
    STUDY = "study", "研判记录"
    VERIFICATION = "verification", "入户信息采集表"
    INFORMATION_CHECK = "information_check", "信息比对结果表"
    REVIEW = "review", "乡镇审核表"
    APPROVAL = "approval", "县级批复"
    ANNOUNCEMENT = "announcement", "公告材料"
    REFUSAL = "refusal", "不予纳入告知书（签收）"
    PLAN = "plan", "帮扶方案（签字）"
    MEASURE = "measure", "措施凭证"
    HOUSING = "housing", "住房鉴定"
    MEDICAL = "medical", "医疗费用单据"
    DISABILITY = "disability", "残疾证"
    IDENTITY = "identity", "户口簿、身份证"
    DESIGN = "design", "设计文件"
    BUDGET = "budget", "预算评审"
    TENDER = "tender", "招标（议标）材料"
    CONTRACT = "contract", "合同"
    COMMENCEMENT = "commencement", "开工令"
    PROGRESS = "progress", "进度资料、项目照片"
    ACCEPTANCE = "acceptance", "验收材料"
    AUDIT = "audit", "决算审计报告"
    HAND_OVER = "hand_over", "移交和管护协议"
    AGREEMENT = "agreement", "捐赠（合作）协议"
    PAYMENT_LIST = "payment_list", "发放名单"
    OTHER = "other", "其他"
