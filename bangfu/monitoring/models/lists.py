"""Which department sends which list by when, and reminders of lists that have not come."""

from __future__ import annotations

from django.db import models

from bangfu.access.models import Unit, User
from bangfu.access.scope import ScopedQuerySet, TrackedScopedQuerySet
from bangfu.core.ids import uid7
from bangfu.core.models import TrackedModel
from bangfu.monitoring.enums.clues import ListFrequency


class ListRequirement(TrackedModel):
    """A county's own line of the calendar of lists, in place of the one that the software brings.

    Due on ``due_day`` of the month (of ``due_months``, if they are named; after the last day of a short
    month: on its last day) for the period before. ``unit`` is the unit that sends the list and sees what
    came of it.
    """

    uid = models.UUIDField(default=uid7, unique=True, editable=False)
    place = models.CharField("区划代码", max_length=15)
    dataset = models.CharField("名单", max_length=40)
    department = models.CharField("部门", max_length=60)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+", verbose_name="报送单位")
    frequency = models.CharField("频次", max_length=8, choices=ListFrequency)
    due_day = models.PositiveSmallIntegerField("几号以前", null=True)
    due_months = models.JSONField("哪几个月", default=list)
    valid_from = models.DateField("起始日")
    valid_to = models.DateField("截止日", null=True)
    basis = models.CharField("依据", max_length=300)
    grade = models.CharField("依据等级", max_length=1)

    objects = TrackedScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "名单报送要求"
        ordering = ("dataset", "-valid_from")


class BureauUnit(TrackedModel):
    """A unit that answers for a bureau of the information check in a county, from a day on.

    A bureau may have several units at once; one that has none is answered by the county office.
    """

    uid = models.UUIDField(default=uid7, unique=True, editable=False)
    place = models.CharField("区划代码", max_length=15)
    bureau = models.CharField("部门", max_length=40)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="回函单位")
    valid_from = models.DateField("起始日")
    valid_to = models.DateField("截止日", null=True)

    objects = TrackedScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "信息比对的回函单位"
        ordering = ("bureau", "valid_from", "id")


class ListReminder(models.Model):
    """That a department was reminded of a list: by whom, when, for which month's date."""

    uid = models.UUIDField(default=uid7, unique=True, editable=False)
    place = models.CharField("区划代码", max_length=15)
    dataset = models.CharField("名单", max_length=40)
    due_on = models.DateField("应报日期")
    note = models.CharField("说明", max_length=200, blank=True)
    reminded_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="催报人")
    reminded_at = models.DateTimeField("催报时间")

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "名单催报"
        ordering = ("-reminded_at",)
