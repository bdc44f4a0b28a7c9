"""A problem and what happened to it (C-045, C-078, C-088, C-180)."""

from __future__ import annotations

from django.db import models

from bangfu.access.models import Unit, User
from bangfu.access.scope import TrackedScopedQuerySet
from bangfu.core.ids import uid7
from bangfu.core.models import Region, Subject, TrackedModel
from bangfu.problems.enums import Breadth, Origin, ProblemState, StepKind
from bangfu.support.models import Finding


class Problem(TrackedModel):
    """Something that is wrong in a region, and the unit that mends it.

    ``kind`` is a code of the parameter ``problem_kinds``, ``kind_name`` what it was called on that day.
    ``place`` is the unit's own when it lies in the region. ``earlier`` is the problem of the same kind, of
    the same unit or region, that was found within the parameter ``problem_recurrence_days`` before.
    ``finding`` is what an inspection found, where the problem was taken over from one.
    """

    uid = models.UUIDField(default=uid7, unique=True, editable=False)
    subject = models.OneToOneField(Subject, models.PROTECT, related_name="problem")
    region = models.ForeignKey(Region, models.PROTECT, related_name="+", verbose_name="哪里")
    place = models.CharField("区划代码", max_length=15, db_index=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="problems", verbose_name="责任单位")
    origin = models.CharField("来源", max_length=12, choices=Origin)
    origin_document = models.CharField("来源文件", max_length=100, blank=True)
    origin_item = models.CharField("文件里第几条", max_length=30, blank=True)
    found_by = models.CharField("发现单位", max_length=100, blank=True)
    found_on = models.DateField("发现日期")
    kind = models.CharField("种类代码", max_length=30)
    kind_name = models.CharField("种类", max_length=40)
    breadth = models.CharField("共性还是个性", max_length=8, choices=Breadth)
    title = models.CharField("问题", max_length=100)
    words = models.CharField("具体情况", max_length=1000, blank=True)
    cause = models.CharField("原因", max_length=500, blank=True)
    measure = models.CharField("整改措施", max_length=1000)
    due_on = models.DateField("整改时限")
    state = models.CharField("状态", max_length=10, choices=ProblemState, default=ProblemState.OPEN)
    closed_on = models.DateField("销号日期", null=True)
    earlier = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="later", verbose_name="上一次同类问题"
    )
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="登记人")
    finding = models.ForeignKey(
        Finding, models.PROTECT, null=True, related_name="problems", verbose_name="督导问题"
    )

    objects = TrackedScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "问题"
        ordering = ("-found_on", "-id")
        indexes = (
            models.Index(fields=["state", "due_on"], name="problems_due"),
            models.Index(fields=["kind", "found_on"], name="problems_kind"),
        )

    def __str__(self) -> str:
        return self.title


class ProblemStep(TrackedModel):
    """One step: what was mended and what proves it, or what the re-check found."""

    scope_owner = "problem"

    problem = models.ForeignKey(Problem, models.PROTECT, related_name="steps", verbose_name="问题")
    kind = models.CharField("步骤", max_length=10, choices=StepKind)
    on = models.DateField("日期")
    words = models.CharField("情况", max_length=1000)
    proof = models.CharField("证明材料", max_length=300, blank=True)
    due_on = models.DateField("新的时限", null=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="经办人")

    objects = TrackedScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "问题的办理"
        ordering = ("id",)
