"""Versions of flow definitions."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from bangfu.access.scope import TrackedScopedQuerySet
from bangfu.core.ids import uid7
from bangfu.core.models import TrackedModel
from bangfu.workflow.enums import DefinitionState


class FlowDefinition(TrackedModel):
    """A version of a flow: its YAML, for a place (empty: everywhere, as the software brings it).

    A published text never changes; a run keeps the version it started with.
    """

    uid = models.UUIDField(default=uid7, unique=True, editable=False)
    code = models.CharField("流程", max_length=40)
    number = models.PositiveIntegerField("版次号")
    title = models.CharField("名称", max_length=100)
    place = models.CharField("适用区划", max_length=15, blank=True)
    text = models.TextField("定义")
    digest = models.CharField("指纹", max_length=64, db_index=True)
    state = models.CharField("状态", max_length=10, choices=DefinitionState, default=DefinitionState.DRAFT)
    is_shipped = models.BooleanField("随软件带来", default=False)
    valid_from = models.DateField("自", null=True)
    note = models.CharField("修改说明", max_length=300, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="编写人"
    )
    made_at = models.DateTimeField("编写时间")
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="发布人"
    )
    published_at = models.DateTimeField("发布时间", null=True)

    objects = TrackedScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "流程定义"
        ordering = ("code", "-number")
        constraints = (
            models.UniqueConstraint(fields=["code", "number"], name="workflow_definition_number"),
            models.UniqueConstraint(
                fields=["code", "digest"],
                condition=models.Q(is_shipped=True),
                name="workflow_shipped_once",
            ),
        )

    def __str__(self) -> str:
        return f"{self.title} 第 {self.number} 版"
