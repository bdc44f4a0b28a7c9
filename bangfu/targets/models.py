"""Targets, their lines by place, what was reached, and the readings of records month by month."""

from __future__ import annotations

from django.db import models

from bangfu.access.models import Unit, User
from bangfu.access.scope import TrackedScopedQuerySet
from bangfu.core.ids import uid7
from bangfu.core.models import Region, Subject, TrackedModel
from bangfu.targets.enums import Cut, How, Side, TargetState


class Target(TrackedModel):
    """So much of something, in a region, from a year on for ``years`` years.

    ``reading`` is the record that says what was reached: a metric, or a defined ledger (see ``readings``);
    empty when ``by_hand`` says why a person types it. ``amount`` is in ``measure``; money in yuan, a rate in
    per cent.
    """

    uid = models.UUIDField(default=uid7, unique=True, editable=False)
    subject = models.OneToOneField(Subject, models.PROTECT, related_name="target")
    region = models.ForeignKey(Region, models.PROTECT, related_name="+", verbose_name="哪里")
    place = models.CharField("区划代码", max_length=15, db_index=True)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="targets", verbose_name="责任单位")
    title = models.CharField("目标", max_length=100)
    source = models.CharField("出处", max_length=200)
    year = models.PositiveSmallIntegerField("年度")
    years = models.PositiveSmallIntegerField("几年", default=1)
    cut = models.CharField("分期", max_length=8, choices=Cut)
    how = models.CharField("怎样算", max_length=8, choices=How)
    side = models.CharField("方向", max_length=8, choices=Side)
    measure = models.CharField("单位", max_length=10)
    amount = models.DecimalField("目标数", max_digits=18, decimal_places=2)
    reading = models.CharField("从哪里取数", max_length=120, blank=True, db_index=True)
    by_hand = models.CharField("为什么手填", max_length=200, blank=True)
    state = models.CharField("状态", max_length=10, choices=TargetState, default=TargetState.LIVE)
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="登记人")

    objects = TrackedScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "目标"
        ordering = ("-year", "place", "id")

    def __str__(self) -> str:
        return self.title


class TargetLine(TrackedModel):
    """What a region is to reach of a target: in all, and by period if it is split over time.

    One line is of the target's own region, the others of regions in it. ``parts`` are the numbers of the
    periods, one after the other.
    """

    scope_owner = "target"

    target = models.ForeignKey(Target, models.PROTECT, related_name="lines", verbose_name="目标")
    region = models.ForeignKey(Region, models.PROTECT, related_name="+", verbose_name="哪里")
    place = models.CharField("区划代码", max_length=15)
    amount = models.DecimalField("目标数", max_digits=18, decimal_places=2)
    parts = models.CharField("各期", max_length=300, blank=True)

    objects = TrackedScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "目标的分解"
        ordering = ("target", "place")
        constraints = (models.UniqueConstraint(fields=["target", "region"], name="targets_line_once"),)


class TargetActual(TrackedModel):
    """What was reached up to the end of a month, typed where no record says it, with the proof."""

    scope_owner = "target"

    target = models.ForeignKey(Target, models.PROTECT, related_name="typed", verbose_name="目标")
    place = models.CharField("区划代码", max_length=15)
    month = models.DateField("到哪个月底")
    value = models.DecimalField("数", max_digits=18, decimal_places=2)
    proof = models.CharField("凭什么", max_length=300)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="填报人")

    objects = TrackedScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "手填的实际数"
        ordering = ("target", "place", "month")
        constraints = (
            models.UniqueConstraint(fields=["target", "place", "month"], name="targets_typed_once"),
        )


class RecordReading(models.Model):
    """What a record said of a region when it was last read; computed, read anew at any time.

    ``numbers`` are what was reached by the end of each month, as text by the month (2026-01).
    """

    reading = models.CharField("从哪里取数", max_length=120)
    place = models.CharField("区划代码", max_length=15)
    numbers = models.JSONField("各月的数", default=dict)
    taken_at = models.DateTimeField("取数时间")

    class Meta:
        verbose_name = "取到的数"
        constraints = (models.UniqueConstraint(fields=["reading", "place"], name="targets_reading_once"),)
