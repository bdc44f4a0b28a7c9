"""What is followed until it is done: households handed to civil affairs, and relocations."""

from __future__ import annotations

from django.db import models

from bangfu.access.scope import TrackedScopedQuerySet
from bangfu.core.ids import uid7
from bangfu.core.models import TrackedModel
from bangfu.core.money import MoneyField
from bangfu.households.enums import (
    ReferralResult,
    ReferralState,
    RelocationScope,
    RelocationState,
    Resettlement,
    ResettlementPlace,
    UnsettledReason,
)
from bangfu.households.models.household import Household


class SafetyNetReferral(TrackedModel):
    """A household handed to civil affairs for the safety net, and what came of it (C-057).

    ``standard_fen`` is a month's allowance, or the whole of a temporary aid.
    """

    scope_owner = "household"

    uid = models.UUIDField(default=uid7, unique=True, editable=False)
    household = models.ForeignKey(Household, models.PROTECT, related_name="referrals", verbose_name="户")
    state = models.CharField("状态", max_length=10, choices=ReferralState, default=ReferralState.HANDED_ON)
    reason = models.CharField("转民政的理由", max_length=200)
    handed_on = models.DateField("移交日期")
    handed_by = models.CharField("移交人", max_length=60)
    accepted_on = models.DateField("受理日期", null=True)
    decided_on = models.DateField("结果日期", null=True)
    result = models.CharField("结果", max_length=16, choices=ReferralResult, blank=True)
    result_reason = models.CharField("结果说明", max_length=200, blank=True)
    from_month = models.DateField("从哪个月起", null=True)
    standard_fen = MoneyField("标准金额", null=True)

    objects = TrackedScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "兜底转民政"
        ordering = ("household", "-handed_on", "-id")
        indexes = (models.Index(fields=["state"], name="households_referral_state"),)


class Relocation(TrackedModel):
    """A household's relocation: the plan, and whether it has moved in (C-083, facts.md 2.1 and 2.4).

    ``settled_on`` is the day of the keys where people are settled together, of living there where they are
    scattered.
    """

    scope_owner = "household"

    uid = models.UUIDField(default=uid7, unique=True, editable=False)
    household = models.OneToOneField(Household, models.PROTECT, related_name="relocation", verbose_name="户")
    state = models.CharField("状态", max_length=12, choices=RelocationState, default=RelocationState.PLANNED)
    scope = models.CharField("搬迁方式", max_length=14, choices=RelocationScope)
    resettlement = models.CharField("安置方式", max_length=12, choices=Resettlement)
    place_kind = models.CharField("安置地", max_length=16, choices=ResettlementPlace)
    place_name = models.CharField("安置点", max_length=100, blank=True)
    planned_on = models.DateField("计划入住日期")
    settled_on = models.DateField("实际入住日期", null=True)
    unsettled_reason = models.CharField("未入住原因", max_length=16, choices=UnsettledReason, blank=True)
    note = models.CharField("说明", max_length=200, blank=True)

    objects = TrackedScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "易地搬迁"
        ordering = ("household",)
        indexes = (models.Index(fields=["state"], name="households_relocation_state"),)
