"""Due items and who holds them. Computed: they can be made again at any time, so they keep no history."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import F, Q

from bangfu.access.models import Unit, User
from bangfu.access.scope import ScopedQuerySet
from bangfu.core.models import Subject
from bangfu.duties.models.templates import DutyTemplate

_COUNTED = ("holder", "window_start", "remind_on", "needed", "done")
"""What a count by place needs besides; in the index, so that no row is opened for it."""
_UNCHECKED: dict[str, Any] = {"db_index": False, "db_constraint": False}


class DutyHolder(models.Model):
    """Who stands behind a holder's subject: a person with their unit, or a unit. Computed."""

    subject = models.OneToOneField(Subject, models.CASCADE, primary_key=True, related_name="duty_holder")
    user = models.ForeignKey(User, models.CASCADE, null=True, related_name="duty_holders")
    unit = models.ForeignKey(Unit, models.CASCADE, null=True, related_name="duty_holders")

    class Meta:
        verbose_name = "责任人"


class DueItem(models.Model):
    """What a holder owes in one window, and how much of it is done. Computed.

    ``owed`` is what the template asks for, ``needed`` what excuses leave of it; ``due_on`` is the last day
    with the tolerance. The state (``DueState``) follows from these and from the day on which one looks.

    The database does not check the foreign keys: PostgreSQL would look up and lock three rows for each of
    hundreds of thousands that a computation writes, which took ten times as long as the computation.
    """

    template = models.ForeignKey(
        DutyTemplate, models.PROTECT, related_name="items", verbose_name="责任", **_UNCHECKED
    )
    holder = models.ForeignKey(
        Subject, models.CASCADE, related_name="duties", verbose_name="责任人", **_UNCHECKED
    )
    target = models.ForeignKey(
        Subject, models.CASCADE, null=True, related_name="+", verbose_name="联系对象", **_UNCHECKED
    )
    place = models.CharField("区划代码", max_length=15)
    window_start = models.DateField("自")
    window_end = models.DateField("至")
    remind_on = models.DateField("提醒")
    due_on = models.DateField("最迟")
    owed = models.PositiveSmallIntegerField("应办")
    needed = models.PositiveSmallIntegerField("准免后应办")
    done = models.PositiveSmallIntegerField("已办")
    first_done_on = models.DateField("第一次", null=True)
    last_done_on = models.DateField("最近一次", null=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "责任事项"
        ordering = ("due_on", "place", "id")
        # 前两个字段给清单，其余让履行情况只读索引就数得出来
        indexes = (
            models.Index(fields=["place", "due_on", *_COUNTED], name="duties_item_place"),
            models.Index(
                fields=["due_on", "place"], condition=Q(done__lt=F("needed")), name="duties_item_undone"
            ),
        )
        constraints = (
            models.UniqueConstraint(
                fields=["holder", "template", "window_start", "target"], name="duties_item_once"
            ),
        )


class Recomputation(models.Model):
    """When all due items were last computed; one row."""

    at = models.DateTimeField("算到")
    first_day = models.DateField("自")
    items = models.PositiveIntegerField("事项")

    class Meta:
        verbose_name = "责任计算"
