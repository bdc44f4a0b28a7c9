"""Forums: a number of issues planned for a year, and those that were held (大家讲, C-199)."""

from __future__ import annotations

from django.db import models

from bangfu.access.scope import TrackedScopedQuerySet
from bangfu.core.ids import uid7
from bangfu.core.models import Region, TrackedModel


class Forum(TrackedModel):
    """A forum's year; ``planned`` is how many issues it is to have."""

    uid = models.UUIDField(default=uid7, unique=True, editable=False)
    region = models.ForeignKey(Region, models.PROTECT, related_name="forums", verbose_name="主办地")
    place = models.CharField("区划代码", max_length=15, db_index=True)
    name = models.CharField("论坛", max_length=60)
    organiser = models.CharField("主办单位", max_length=60)
    year = models.PositiveSmallIntegerField("年度")
    planned = models.PositiveSmallIntegerField("计划期数")

    objects = TrackedScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "论坛"
        ordering = ("-year", "place", "id")

    def __str__(self) -> str:
        return f"{self.year} 年{self.name}"


class ForumIssue(TrackedModel):
    """An issue of a forum that was held."""

    uid = models.UUIDField(default=uid7, unique=True, editable=False)
    forum = models.ForeignKey(Forum, models.PROTECT, related_name="issues", verbose_name="论坛")
    place = models.CharField("区划代码", max_length=15, db_index=True)
    number = models.PositiveSmallIntegerField("第几期")
    theme = models.CharField("主题", max_length=80)
    held_on = models.DateField("举办日期")
    location = models.CharField("地点", max_length=80)
    speakers = models.CharField("主讲", max_length=120)
    people = models.PositiveIntegerField("到会人数")
    gist = models.CharField("要点", max_length=500, blank=True)

    objects = TrackedScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "论坛期次"
        ordering = ("forum", "number")
        constraints = (
            models.UniqueConstraint(fields=["forum", "number"], name="training_forum_issue_number"),
        )
