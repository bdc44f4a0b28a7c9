"""Dictionaries of the figures: the stages whose days are counted, and how a case stands in one."""

from __future__ import annotations

from django.db import models


class Stage(models.TextChoices):
    """早发现、早干预、早帮扶: what follows the discovery (C-188)."""

    DECIDED = "decided", "发现到认定"
    PLANNED = "planned", "认定到定责任人和方案"
    HELPED = "helped", "认定到落实首项措施"


class Standing(models.TextChoices):
    """How a case stands in a stage; empty while its limit still runs, or the stage does not concern it."""

    WITHIN = "within", "时限内办成"
    LATE = "late", "办成了，超过时限"
    OVERDUE = "overdue", "没有办成，已超时限"


class MissedReason(models.TextChoices):
    """Why a household counts as 应纳未纳."""

    NO_CASE = "no_case", "核实有风险，没有建个案"
    NO_STUDY = "no_study", "建了个案，研判超期"
    REFUSED = "refused", "条件够，却没有纳入"


class OutsideReason(models.TextChoices):
    """Why a case counts as 体外循环."""

    HELPED = "helped", "已帮扶，没有认定"
    HELPED_UNMARKED = "helped_unmarked", "已认定、已帮扶，没有录入"
    APPROVED = "approved", "已认定，没有录入"
