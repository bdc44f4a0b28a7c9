"""What happens to money, and where its papers stand."""

from __future__ import annotations

from django.db import models


class AccountKind(models.TextChoices):
    """What an account counts."""

    SOURCE = "source", "资金来源"
    PLAN = "plan", "项目计划资金"
    ALLOCATION = "allocation", "下达到项目"
    CONTRACT = "contract", "合同"
    CLAIM = "claim", "报账"
    INVOICE = "invoice", "发票"


class EntryKind(models.TextChoices):
    """What an entry of the ledger says."""

    RECEIVED = "received", "收到指标"
    ALLOCATED = "allocated", "下达"
    PLANNED = "planned", "占计划资金"
    CLAIMED = "claimed", "报账"
    INVOICED = "invoiced", "用发票"
    PAID = "paid", "支付"
    PAID_HOUSEHOLD = "paid_household", "到户发放"
    REVERSED = "reversed", "冲回"
    REPLANNED = "replanned", "收回再安排"


class ClaimState(models.TextChoices):
    """Where a claim stands."""

    SUBMITTED = "submitted", "待审核"
    REVIEWED = "reviewed", "待支付"
    PAID = "paid", "已付清"
    RETURNED = "returned", "已退回"


CORRECTABLE = (ClaimState.SUBMITTED, ClaimState.RETURNED)
"""Claims that may still be claimed otherwise."""


class CardResult(models.TextChoices):
    """What the bank said about a household's money."""

    SENT = "sent", "已送银行"
    PAID = "paid", "到账"
    FAILED = "failed", "没有到账"


class RestKind(models.TextChoices):
    """What is left of an allocation: to be spent on, or over."""

    CARRY_OVER = "carry_over", "结转"
    BALANCE = "balance", "结余"
