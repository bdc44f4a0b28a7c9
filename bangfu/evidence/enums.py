"""Kinds of papers."""

from __future__ import annotations

from django.db import models


class PaperKind(models.TextChoices):
    """What a paper is; households and villages use the same list."""

    AUTHORISATION = "authorisation", "承诺授权书"
    WORKSHEET = "worksheet", "收入测算表（签字）"
    MEETING = "meeting", "评议记录"
    NOTICE = "notice", "公示材料"
    HOUSING = "housing", "住房鉴定"
    MEDICAL = "medical", "医疗费用单据"
    DISABILITY = "disability", "残疾证"
    IDENTITY = "identity", "户口簿、身份证"
    OTHER = "other", "其他"
