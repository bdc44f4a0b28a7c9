"""Excuses: asked for, approved or refused."""

from __future__ import annotations

from django.db import models

from bangfu.access.models import User
from bangfu.access.scope import TrackedScopedQuerySet
from bangfu.core.ids import uid7
from bangfu.core.models import Subject, TrackedModel
from bangfu.duties.enums import ExcuseState


class DutyExcuse(TrackedModel):
    """A holder asks to be excused for a span of days, from one duty (``code``) or from all (empty).

    Points at no due item: these are computed anew, an excuse stays.
    """

    uid = models.UUIDField(default=uid7, unique=True, editable=False)
    holder = models.ForeignKey(Subject, models.PROTECT, related_name="duty_excuses", verbose_name="责任人")
    code = models.SlugField("责任", max_length=60, blank=True)
    target = models.ForeignKey(Subject, models.PROTECT, null=True, related_name="+", verbose_name="联系对象")
    place = models.CharField("区划代码", max_length=15, db_index=True)
    starts_on = models.DateField("自")
    ends_on = models.DateField("至")
    reason = models.CharField("原因", max_length=300)
    state = models.CharField("状态", max_length=10, choices=ExcuseState, default=ExcuseState.ASKED)
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="申请人")
    asked_at = models.DateTimeField("申请时间")
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="审批人")
    decided_at = models.DateTimeField("审批时间", null=True)
    answer = models.CharField("审批意见", max_length=300, blank=True)

    objects = TrackedScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "准免"
        ordering = ("-asked_at",)
