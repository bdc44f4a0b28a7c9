"""Choices of this room's models."""

from __future__ import annotations

from django.db import models


class DefinitionState(models.TextChoices):
    """Where a version of a flow stands."""

    DRAFT = "draft", "草稿"
    PUBLISHED = "published", "在用"
    RETIRED = "retired", "停用"


class DayKind(models.TextChoices):
    """A day of the holiday table: off although a weekday, or worked although a weekend."""

    REST = "rest", "放假"
    WORK = "work", "调休上班"
