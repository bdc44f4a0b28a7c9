"""The words of written reports."""

from __future__ import annotations

from django.db import models


class ReportState(models.TextChoices):
    """A draft is edited; what was approved stays as it is and goes out."""

    DRAFT = "draft", "草稿"
    SUBMITTED = "submitted", "待审定"
    APPROVED = "approved", "已审定"
    HANDED_IN = "handed_in", "已送出"
    VOID = "void", "作废"
