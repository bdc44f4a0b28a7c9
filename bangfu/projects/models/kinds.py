"""Kinds of projects that a county adds to the shipped ones (C-010)."""

from __future__ import annotations

from django.db import models

from bangfu.access.models import User
from bangfu.access.scope import TrackedScopedQuerySet
from bangfu.core.ids import uid7
from bangfu.core.models import Region, TrackedModel
from bangfu.projects.enums.admission import ProjectKind


class OwnKind(TrackedModel):
    """A county's own kind of project: its name, its upper category, and a life copied from a shipped kind.

    ``text`` is the copy of the flow from which the county goes on in versions of its own; ``shade`` is the
    place of its colour, from 1. A closed kind takes no new projects, those that have it go on.
    """

    uid = models.UUIDField(default=uid7, unique=True, editable=False)
    region = models.ForeignKey(Region, models.PROTECT, related_name="+", verbose_name="哪个县")
    place = models.CharField("区划代码", max_length=15, db_index=True)
    code = models.CharField("代码", max_length=20, unique=True)
    name = models.CharField("名称", max_length=20)
    category = models.CharField("归在哪一大类", max_length=40)
    base = models.CharField("流程从哪一类来", max_length=20, choices=ProjectKind)
    shade = models.PositiveSmallIntegerField("颜色")
    text = models.TextField("流程定义")
    made_on = models.DateField("添加日期")
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="添加人")
    closed_on = models.DateField("停用日期", null=True)
    closed_reason = models.CharField("停用原因", max_length=200, blank=True)

    objects = TrackedScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "本县项目类型"
        ordering = ("place", "id")
        constraints = (
            models.UniqueConstraint(
                fields=["place", "name"], condition=models.Q(closed_on=None), name="projects_kind_name_once"
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def flow(self) -> str:
        """The code of the flow by which its projects live."""
        return f"project_{self.code}"
