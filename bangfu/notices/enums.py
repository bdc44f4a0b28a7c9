"""The words of this room."""

from __future__ import annotations

from django.db import models


class NoticeKind(models.TextChoices):
    """公示 asks for objections during some days; 公告 tells what was decided."""

    PUBLIC_NOTICE = "notice", "公示"
    ANNOUNCEMENT = "announcement", "公告"


class NoticeMatter(models.TextChoices):
    """What it is about."""

    ENROL = "enrol", "拟纳入"
    REMOVE_RISK = "remove_risk", "风险消除"
    OTHER = "other", "其他事项"


class NoticeState(models.TextChoices):
    """A draft may change; what hangs on the wall may not, it can only be withdrawn."""

    DRAFT = "draft", "草稿"
    POSTED = "posted", "公示中"
    ENDED = "ended", "已撤下"
    WITHDRAWN = "withdrawn", "已作废"


class ObjectionChannel(models.TextChoices):
    """How an objection came."""

    IN_PERSON = "in_person", "当面"
    LETTER = "letter", "书面"
    PHONE = "phone", "电话"
    HOTLINE = "hotline", "12345、12317"
    OTHER = "other", "其他"
