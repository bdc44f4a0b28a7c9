"""The words of the figures: which entries a sum is made of, how a notice stands in time."""

from __future__ import annotations

from django.db import models


class FlowKind(models.TextChoices):
    """A sum over entries of the ledger."""

    RECEIVED = "received", "到县"
    ALLOCATED = "allocated", "下达到项目"
    PAID = "paid", "支付"
    HOUSEHOLD = "household", "发放到户"
    INDUSTRY = "industry", "下达给产业"
    INDUSTRY_BASE = "industry_base", "下达（算产业占比的）"
    MANAGEMENT = "management", "下达给项目管理费"
    MANAGEMENT_BASE = "management_base", "到县（算管理费的）"
    COUNTY = "county", "县级投入"


class Timing(models.TextChoices):
    """How long a notice took to be allocated as a whole, or takes since it came."""

    FULL = "full", "满分以内"
    PARTLY = "partly", "扣分"
    ZERO = "zero", "零分"


class Due(models.TextChoices):
    """How payments stand to what was agreed."""

    UNPAID = "unpaid", "该付未付"
    UNBUILT = "unbuilt", "到期，工程没到"
    KEPT = "kept", "按计划"


class Lag(models.TextChoices):
    """How payments stand to the works."""

    BEHIND = "behind", "支付落后于工程"
    AHEAD = "ahead", "支付超前于工程"
