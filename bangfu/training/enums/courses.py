"""Choices about courses and the sessions in which they are held (C-003)."""

from __future__ import annotations

from django.db import models


class Mode(models.TextChoices):
    """How a session teaches (C-003)."""

    LECTURE = "lecture", "课堂讲授"
    SITE_VISIT = "site_visit", "现场观摩"
    TESTIMONY = "testimony", "现身说法"


class SessionState(models.TextChoices):
    """Where a session stands."""

    PLANNED = "planned", "待办班"
    HELD = "held", "已办班"
    CANCELLED = "cancelled", "已取消"
