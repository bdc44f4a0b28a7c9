"""Screenings of a county, and what one found before it is released into the pool."""

from __future__ import annotations

from django.db import models

from bangfu.access.models import User
from bangfu.access.scope import ScopedQuerySet
from bangfu.core.ids import uid7
from bangfu.core.models import Change, Job, Region
from bangfu.households.models import Household
from bangfu.monitoring.enums.clues import ScreeningState


class ScreeningRun(models.Model):
    """One screening of ``place`` as of a day: run in the background, looked at, then released.

    ``register_on``: the month's end whose snapshot of the register was screened; none: the register itself.
    ``report`` is plain JSON of counts: by rule, undecided, rules not run; it holds no personal data.
    """

    uid = models.UUIDField(default=uid7, unique=True, editable=False)
    place = models.CharField("区划代码", max_length=15)
    as_of = models.DateField("截至日期")
    register_on = models.DateField("名册", null=True)
    discovered_on = models.DateField("筛查日期")
    state = models.CharField("状态", max_length=12, choices=ScreeningState, default=ScreeningState.WAITING)
    job = models.ForeignKey(Job, models.SET_NULL, null=True, related_name="+")
    report = models.JSONField("结果", default=dict)
    data_digest = models.CharField("数据指纹", max_length=64, blank=True)
    started_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="筛查人")
    started_at = models.DateTimeField("开始")
    previewed_at = models.DateTimeField("筛出", null=True)
    released_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="放入人")
    released_at = models.DateTimeField("放入", null=True)
    change = models.ForeignKey(Change, models.PROTECT, null=True, related_name="+")

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "筛查"
        ordering = ("-started_at",)


class StagedFact(models.Model):
    """One finding of a screening that waits for the release, with all that a new clue would need.

    ``clue_uid``, ``subject_uid``, ``headline``, ``risks`` and ``due_on`` are the same for all findings of one
    household in one run; ``uid`` becomes the fact's.
    """

    uid = models.UUIDField(default=uid7, editable=False)
    run = models.ForeignKey(ScreeningRun, models.CASCADE, related_name="staged")
    household = models.ForeignKey(Household, models.CASCADE, related_name="+")
    place = models.CharField("区划代码", max_length=15)
    village = models.ForeignKey(Region, models.CASCADE, related_name="+")
    label = models.CharField("户主", max_length=100)
    clue_uid = models.UUIDField()
    subject_uid = models.UUIDField()
    due_on = models.DateField("期限")
    rule = models.CharField("规则", max_length=60)
    rule_version = models.CharField("规则版次", max_length=20)
    person_key = models.BigIntegerField(null=True)
    fact_key = models.CharField(max_length=64)
    sentence = models.TextField("为什么")
    risks = models.JSONField("风险", default=list)
    headline = models.CharField("线索", max_length=200)
    values = models.JSONField("数值", default=dict)
    sources = models.JSONField("来源", default=list)
    dataset = models.CharField("名单", max_length=40, blank=True)

    class Meta:
        verbose_name = "待放入的筛查发现"
        constraints = (
            models.UniqueConstraint(fields=["run", "household", "fact_key"], name="monitoring_staged_once"),
        )
