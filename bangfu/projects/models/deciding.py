"""How a project was decided upon: votes, opinions by checklist, notices, adjustments."""

from __future__ import annotations

from django.db import models

from bangfu.access.models import User
from bangfu.access.scope import TrackedScopedQuerySet
from bangfu.core.ids import uid7
from bangfu.core.models import TrackedModel
from bangfu.core.money import MoneyField
from bangfu.projects.enums.deciding import (
    AdjustmentKind,
    OpinionStage,
    PostingLevel,
    PostingStage,
    VoteKind,
)
from bangfu.projects.models.admission import Project


class ProjectRecord(TrackedModel):
    """Something noted about a project: when, by whom. Kept, never edited; it lies where its project lies."""

    scope_owner = "project"

    uid = models.UUIDField(default=uid7, unique=True, editable=False)
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="登记人")

    objects = TrackedScopedQuerySet.as_manager()

    class Meta:
        abstract = True


class Withdrawable(ProjectRecord):
    """Noted by mistake, it is withdrawn with a reason: it stays to be read and counts no more."""

    withdrawn_on = models.DateField("撤回日期", null=True)
    withdrawn_reason = models.CharField("撤回原因", max_length=200, blank=True)
    withdrawn_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="撤回人")

    class Meta:
        abstract = True


class Vote(Withdrawable):
    """A meeting that decided for or against a project; entitled ≥ present ≥ agreed."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="votes", verbose_name="项目")
    kind = models.CharField("会议", max_length=16, choices=VoteKind)
    held_on = models.DateField("日期")
    held_at = models.CharField("地点", max_length=100)
    chair = models.CharField("主持人", max_length=60)
    entitled = models.PositiveSmallIntegerField("应到人数")
    present = models.PositiveSmallIntegerField("实到人数")
    agreed = models.PositiveSmallIntegerField("同意人数")
    words = models.CharField("议了什么", max_length=1000)
    labour_days = models.PositiveIntegerField("筹劳（工日）", default=0)
    raised = MoneyField("筹资（分）", default=0)

    class Meta:
        verbose_name = "民主议事"
        ordering = ("held_on", "id")

    @property
    def carried(self) -> bool:
        """Whether more than half of those entitled came and more than half of those present agreed."""
        return self.present * 2 > self.entitled and self.agreed * 2 > self.present


class Opinion(Withdrawable):
    """What a unit found by a checklist; ``points`` maps the points' codes to whether they are met."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="opinions", verbose_name="项目")
    stage = models.CharField("环节", max_length=12, choices=OpinionStage)
    unit_name = models.CharField("单位", max_length=100)
    given_on = models.DateField("日期")
    points = models.JSONField("逐项意见", default=dict)
    passed = models.BooleanField("是否通过")
    words = models.CharField("意见", max_length=1000, blank=True)

    class Meta:
        verbose_name = "审核意见"
        ordering = ("given_on", "id")
        indexes = (models.Index(fields=["project", "stage"], name="projects_opinion_stage"),)


class Posting(Withdrawable):
    """A notice or announcement of a project at one level; ``days`` counts the day of posting."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="postings", verbose_name="项目")
    stage = models.CharField("公示什么", max_length=12, choices=PostingStage)
    level = models.CharField("哪一级", max_length=10, choices=PostingLevel)
    spot = models.CharField("张贴地点（网址）", max_length=200)
    posted_on = models.DateField("开始日期")
    days = models.PositiveSmallIntegerField("天数")
    ends_on = models.DateField("期满日期")

    class Meta:
        verbose_name = "项目公示公告"
        ordering = ("posted_on", "id")
        indexes = (models.Index(fields=["project", "stage"], name="projects_posting_stage"),)


class Adjustment(ProjectRecord):
    """A change of an admitted project within the year, with its approval; before and after in words."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="adjustments", verbose_name="项目")
    kind = models.CharField("调整什么", max_length=10, choices=AdjustmentKind)
    before = models.CharField("调整前", max_length=1000)
    after = models.CharField("调整后", max_length=1000)
    reason = models.CharField("原因", max_length=500)
    approval_number = models.CharField("批准文号", max_length=100)
    approved_on = models.DateField("批准日期")

    class Meta:
        verbose_name = "项目调整"
        ordering = ("approved_on", "id")
