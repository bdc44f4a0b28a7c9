"""The words of a trace."""

from __future__ import annotations

from django.db import models


class Stage(models.TextChoices):
    """What a step of money is, in the order in which money goes."""

    PLANNED = "planned", "计划来源"
    ALLOCATED = "allocated", "下达到项目"
    CONTRACTED = "contracted", "签合同"
    CLAIMED = "claimed", "报账"
    PAID = "paid", "支付凭证"
    REACHED = "reached", "到户"
    ASSET = "asset", "形成的资产"
    LINKED = "linked", "联农带农"
