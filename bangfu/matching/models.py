"""Needs and offers, what was brought together of them, and every step (C-013, C-123)."""

from __future__ import annotations

from django.db import models

from bangfu.access.models import Unit, User
from bangfu.access.scope import TrackedScopedQuerySet
from bangfu.core.ids import uid7
from bangfu.core.models import Region, Subject, TrackedModel
from bangfu.households.models import Household
from bangfu.matching.enums import ListingState, ListingStep, MatchState, Side


class Listing(TrackedModel):
    """A need or an offer: so much of a sort, in a region, from a day to a day.

    ``kind`` is one of ``kinds.yaml``, ``sort`` a code of its parameter, ``sort_name`` what that was called on
    the day. ``quantity`` is in the kind's measure. ``who`` is whose it is, ``title`` and ``words`` are what
    others may read: no name, no number of a household stands there.
    """

    uid = models.UUIDField(default=uid7, unique=True, editable=False)
    subject = models.OneToOneField(Subject, models.PROTECT, related_name="listing")
    region = models.ForeignKey(Region, models.PROTECT, related_name="+", verbose_name="哪里")
    place = models.CharField("区划代码", max_length=15, db_index=True)
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, related_name="listings", verbose_name="经办单位"
    )
    household = models.ForeignKey(
        Household, models.PROTECT, null=True, related_name="listings", verbose_name="哪一户的"
    )
    side = models.CharField("供还是需", max_length=8, choices=Side)
    kind = models.CharField("种类", max_length=20)
    sort = models.CharField("类别代码", max_length=30)
    sort_name = models.CharField("类别", max_length=40)
    who = models.CharField("谁的", max_length=100, blank=True)
    title = models.CharField("内容", max_length=100)
    words = models.CharField("具体说明", max_length=1000, blank=True)
    quantity = models.DecimalField("数量", max_digits=14, decimal_places=2)
    valid_from = models.DateField("从哪天起")
    valid_to = models.DateField("到哪天止")
    state = models.CharField("状态", max_length=10, choices=ListingState, default=ListingState.SUBMITTED)
    registered_on = models.DateField("登记日期")
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="登记人")

    objects = TrackedScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "供需信息"
        ordering = ("-registered_on", "-id")
        indexes = (models.Index(fields=["kind", "side", "state", "sort"], name="matching_candidates"),)

    def __str__(self) -> str:
        return self.title


class ListingEvent(TrackedModel):
    """What happened to a need or an offer, and why."""

    scope_owner = "listing"

    listing = models.ForeignKey(Listing, models.PROTECT, related_name="events", verbose_name="供需信息")
    kind = models.CharField("步骤", max_length=12, choices=ListingStep)
    on = models.DateField("日期")
    words = models.CharField("情况", max_length=500, blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="经办人")

    objects = TrackedScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "供需信息的办理"
        ordering = ("id",)


class Match(TrackedModel):
    """A need and an offer that were brought together; ``why`` is what the rules said of them.

    ``quantity`` is what was signed for, nothing before. It is seen where the need is.
    """

    is_stale: bool
    """What the readers of ``queries`` add: whether nothing has happened for too long."""

    uid = models.UUIDField(default=uid7, unique=True, editable=False)
    subject = models.OneToOneField(Subject, models.PROTECT, related_name="match")
    need = models.ForeignKey(Listing, models.PROTECT, related_name="as_need", verbose_name="需求")
    offer = models.ForeignKey(Listing, models.PROTECT, related_name="as_offer", verbose_name="供给")
    place = models.CharField("区划代码", max_length=15, db_index=True)
    why = models.CharField("为什么提出", max_length=300, blank=True)
    state = models.CharField("到哪一步", max_length=10, choices=MatchState, default=MatchState.TALKS)
    quantity = models.DecimalField("签约数量", max_digits=14, decimal_places=2, null=True)
    opened_on = models.DateField("开始日期")
    moved_on = models.DateField("最近一步")
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="登记人")

    objects = TrackedScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "对接"
        ordering = ("-opened_on", "-id")
        constraints = (
            models.UniqueConstraint(
                fields=["need", "offer"],
                condition=~models.Q(state=MatchState.DROPPED),
                name="matching_once",
            ),
        )

    def __str__(self) -> str:
        return f"{self.need.title} ↔ {self.offer.title}"


class MatchEvent(TrackedModel):
    """A step of a match: when, what was agreed, what proves it."""

    scope_owner = "match"

    match = models.ForeignKey(Match, models.PROTECT, related_name="events", verbose_name="对接")
    state = models.CharField("到哪一步", max_length=10, choices=MatchState)
    on = models.DateField("日期")
    words = models.CharField("情况", max_length=1000, blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="经办人")

    objects = TrackedScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "对接的办理"
        ordering = ("id",)
