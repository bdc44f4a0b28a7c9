"""Year-end re-identification: a round, and what became of each household in it."""

from __future__ import annotations

from django.db import models

from bangfu.access.models import User
from bangfu.access.scope import TrackedScopedQuerySet
from bangfu.core.ids import uid7
from bangfu.core.models import TrackedModel
from bangfu.households.enums import RoundOutcome, RoundState
from bangfu.households.models.household import Household


class Round(TrackedModel):
    """One re-identification of one place in one year (C-072)."""

    uid = models.UUIDField(default=uid7, unique=True, editable=False)
    place = models.CharField("区划代码", max_length=15, db_index=True)
    title = models.CharField("名称", max_length=100)
    year = models.PositiveSmallIntegerField("年度")
    opened_on = models.DateField("期初日")
    closed_on = models.DateField("期末日", null=True)
    state = models.CharField("状态", max_length=8, choices=RoundState, default=RoundState.OPEN)

    objects = TrackedScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "再识别批次"
        ordering = ("-year", "place", "-id")

    def __str__(self) -> str:
        return self.title


class RoundEntry(TrackedModel):
    """A household in a round: its persons at the opening, its outcome, its persons at the end.

    Households that stood on the register at the opening have ``opening_persons``; ``split_from`` and
    ``merged_into`` say how the number of households changed without anybody joining or leaving the register.
    """

    round = models.ForeignKey(Round, models.PROTECT, related_name="entries")
    household = models.ForeignKey(Household, models.PROTECT, related_name="round_entries")
    place = models.CharField("区划代码", max_length=15)
    opening_persons = models.PositiveSmallIntegerField("期初人数", null=True)
    outcome = models.CharField("结果", max_length=16, choices=RoundOutcome, blank=True)
    closing_persons = models.PositiveSmallIntegerField("期末人数", null=True)
    natural_increase = models.PositiveSmallIntegerField("自然增加人数", default=0)
    natural_decrease = models.PositiveSmallIntegerField("自然减少人数", default=0)
    split_from = models.ForeignKey("self", models.PROTECT, null=True, related_name="split_into")
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="merged_from")
    reason_code = models.CharField("原因", max_length=40, blank=True)
    exit_type = models.CharField("脱贫类型", max_length=20, blank=True)
    exit_year = models.PositiveSmallIntegerField("计划脱贫年度", null=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    note = models.CharField("说明", max_length=300, blank=True)

    objects = TrackedScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "再识别结果"
        constraints = (
            models.UniqueConstraint(fields=["round", "household"], name="households_round_household"),
        )
        indexes = (models.Index(fields=["round", "place"], name="households_round_place"),)
