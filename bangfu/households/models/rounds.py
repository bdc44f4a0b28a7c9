"""Year-end re-identification: a round, and what became of each household in it."""

from __future__ import annotations

from django.db import models

from bangfu.access.models import User
from bangfu.access.scope import ScopedQuerySet, TrackedScopedQuerySet
from bangfu.core.ids import uid7
from bangfu.core.models import TrackedModel
from bangfu.households.enums import CheckVerdict, ExitType, RoundOutcome, RoundState
from bangfu.households.models.household import Household, Member


class Round(TrackedModel):
    """One re-identification of one place in one year (C-072)."""

    uid = models.UUIDField(default=uid7, unique=True, editable=False)
    place = models.CharField("区划代码", max_length=15, db_index=True)
    title = models.CharField("名称", max_length=100)
    year = models.PositiveSmallIntegerField("年度")
    opened_on = models.DateField("期初日")
    closed_on = models.DateField("期末日", null=True)
    state = models.CharField("状态", max_length=8, choices=RoundState, default=RoundState.OPEN)
    counted_at = models.DateTimeField("自然变更登记截至", null=True)

    objects = TrackedScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "再识别批次"
        ordering = ("-year", "place", "-id")
        constraints = (models.UniqueConstraint(fields=["place", "year"], name="households_round_year"),)

    def __str__(self) -> str:
        return self.title


class RoundEntry(TrackedModel):
    """A household in a round: its persons at the opening, its outcome, its persons at the end.

    Households on the register at the opening have ``opening_persons``; ``split_from`` and ``merged_into``
    say how the number of households changed without anybody joining or leaving the register. Of its
    persons, ``kept_persons`` were on the register at the opening and have not left by nature since, so
    that ``kept_persons + natural_increase = closing_persons`` where the events tell the whole story.
    ``standing`` is the household's standing before the close, so that reopening can give it back.
    """

    uid = models.UUIDField(default=uid7, unique=True, editable=False)
    round = models.ForeignKey(Round, models.PROTECT, related_name="entries", verbose_name="批次")
    household = models.ForeignKey(Household, models.PROTECT, related_name="round_entries", verbose_name="户")
    place = models.CharField("区划代码", max_length=15)
    opening_persons = models.PositiveSmallIntegerField("期初人数", null=True)
    outcome = models.CharField("结果", max_length=16, choices=RoundOutcome, blank=True)
    natural_decrease = models.PositiveSmallIntegerField("自然减少人数", default=0)
    kept_persons = models.SmallIntegerField("期初留下人数", default=0)
    natural_increase = models.PositiveSmallIntegerField("自然增加人数", default=0)
    closing_persons = models.PositiveSmallIntegerField("期末人数", default=0)
    split_from = models.ForeignKey("self", models.PROTECT, null=True, related_name="split_into")
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="merged_from")
    reason_code = models.CharField("剔除原因", max_length=40, blank=True)
    reason_kind = models.CharField("清单中的情形", max_length=60, blank=True)
    exit_type = models.CharField("脱贫类型", max_length=20, choices=ExitType, blank=True)
    exit_year = models.PositiveSmallIntegerField("计划脱贫年度", null=True)
    standing = models.JSONField("关闭前的身份", default=dict)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField("填写时间", null=True)
    note = models.CharField("说明", max_length=300, blank=True)

    objects = TrackedScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "再识别结果"
        ordering = ("place", "id")
        constraints = (
            models.UniqueConstraint(fields=["round", "household"], name="households_round_household"),
        )
        indexes = (models.Index(fields=["round", "place"], name="households_round_place"),)

    def __str__(self) -> str:
        return f"{self.household} · {self.round}"

    @property
    def of_opening(self) -> bool:
        """Whether its people stood on the register at the opening: itself, or the household it split from."""
        return self.opening_persons is not None or self.split_from_id is not None


class RoundPerson(models.Model):
    """A person who belonged to a household of the round on its opening day. Written once, when it opens."""

    scope_owner = "entry"

    entry = models.ForeignKey(RoundEntry, models.PROTECT, related_name="persons")
    member = models.ForeignKey(Member, models.PROTECT, related_name="+")

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "期初人员"
        constraints = (
            models.UniqueConstraint(fields=["entry", "member"], name="households_round_person_once"),
        )


class RoundCheck(TrackedModel):
    """A household of a sample drawn to check a round: was its outcome right (C-079)."""

    uid = models.UUIDField(default=uid7, unique=True, editable=False)
    round = models.ForeignKey(Round, models.PROTECT, related_name="checks", verbose_name="批次")
    household = models.ForeignKey(Household, models.PROTECT, related_name="round_checks", verbose_name="户")
    place = models.CharField("区划代码", max_length=15)
    checked_on = models.DateField("抽查日期")
    verdict = models.CharField("抽查结论", max_length=20, choices=CheckVerdict)
    note = models.CharField("说明", max_length=300, blank=True)

    objects = TrackedScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "再识别抽查"
        ordering = ("-checked_on", "-id")
        constraints = (
            models.UniqueConstraint(fields=["round", "household"], name="households_round_check_once"),
        )
