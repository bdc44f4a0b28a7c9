"""Choices about service orders to experts (C-018, C-106, C-107, C-221)."""

from __future__ import annotations

from django.db import models


class OrderState(models.TextChoices):
    """Where a service order stands."""

    ASKED = "asked", "待接单"
    TAKEN = "taken", "办理中"
    DONE = "done", "待回访"
    CLOSED = "closed", "已办结"
    DECLINED = "declined", "不能办"


class ReturnVerdict(models.TextChoices):
    """What the return visit found."""

    SOLVED = "solved", "解决了"
    PARTLY = "partly", "解决一部分"
    UNSOLVED = "unsolved", "没有解决"
