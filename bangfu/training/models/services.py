"""Service orders: somebody has a problem, an expert solves it, somebody looks again."""

from __future__ import annotations

from django.db import models

from bangfu.access.models import User
from bangfu.access.scope import TrackedScopedQuerySet
from bangfu.core.ids import uid7
from bangfu.core.models import Region, TrackedModel
from bangfu.core.money import MoneyField
from bangfu.households.models import Household
from bangfu.training.enums.services import OrderState, ReturnVerdict
from bangfu.training.models.teachers import Teacher


class ServiceOrder(TrackedModel):
    """A service asked of experts: for whom, which problem, which solution, what the return visit found.

    ``kind`` is a code of ``services.yaml`` (C-018, C-106, C-107, C-221). Of credit needs ``wanted_fen`` is
    what is asked for and ``granted_fen`` what the bank gave.
    """

    uid = models.UUIDField(default=uid7, unique=True, editable=False)
    region = models.ForeignKey(Region, models.PROTECT, related_name="service_orders", verbose_name="地方")
    place = models.CharField("区划代码", max_length=15)
    kind = models.CharField("种类", max_length=20)
    household = models.ForeignKey(
        Household, models.PROTECT, null=True, related_name="service_orders", verbose_name="户"
    )
    for_whom = models.CharField("对象", max_length=80)
    problem = models.CharField("问题", max_length=500)
    wanted_fen = MoneyField("需要贷款", null=True)
    asked_on = models.DateField("提出日期")
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="提出人")
    state = models.CharField("状态", max_length=10, choices=OrderState, default=OrderState.ASKED)
    due_on = models.DateField("办理期限")
    expert = models.ForeignKey(
        Teacher, models.PROTECT, null=True, related_name="services", verbose_name="专家"
    )
    taken_on = models.DateField("接单日期", null=True)
    solution = models.CharField("怎样解决", max_length=500, blank=True)
    granted_fen = MoneyField("放款", null=True)
    done_on = models.DateField("办理日期", null=True)
    visited_on = models.DateField("回访日期", null=True)
    visited_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="回访人")
    verdict = models.CharField("回访结果", max_length=10, choices=ReturnVerdict, blank=True)
    visit_words = models.CharField("回访情况", max_length=300, blank=True)
    decline_reason = models.CharField("不能办的原因", max_length=200, blank=True)

    objects = TrackedScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "专家服务工单"
        ordering = ("-asked_on", "-id")
        indexes = (models.Index(fields=["place", "state", "due_on"], name="training_order_place"),)
