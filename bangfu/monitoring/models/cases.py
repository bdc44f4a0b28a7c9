"""A case: one household's way from study to enrolment, or from enrolment to release."""

from __future__ import annotations

from django.db import models

from bangfu.access.models import User
from bangfu.access.scope import TrackedScopedQuerySet
from bangfu.core.ids import uid7
from bangfu.core.models import Subject, TrackedModel
from bangfu.households.enums import MonitoredCategory
from bangfu.households.models import Household
from bangfu.monitoring.enums.cases import CaseKind, CaseOutcome, RemovalWay
from bangfu.monitoring.models.clues import Clue
from bangfu.workflow.models import FlowRun


class ApprovalBatch(TrackedModel):
    """A paper of the county that decides several cases at once: its number, its day, its place."""

    uid = models.UUIDField(default=uid7, unique=True, editable=False)
    place = models.CharField("区划代码", max_length=15, db_index=True)
    kind = models.CharField("事项", max_length=16, choices=CaseKind)
    number = models.CharField("批复文号", max_length=60)
    approved_on = models.DateField("批复日期")
    cases_count = models.PositiveIntegerField("户数")
    approved_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="经办人")

    objects = TrackedScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "审定批次"
        ordering = ("-approved_on", "-id")
        constraints = (
            models.UniqueConstraint(fields=["place", "number"], name="monitoring_approval_number"),
        )

    def __str__(self) -> str:
        return self.number


class Case(TrackedModel):
    """A household's case; where it stands is its run's state.

    ``discovered_on`` is the day from which the limit counts. ``follows`` is the case before: a removal
    follows an identification, a re-marked one follows a removal, a reopened one its refusal. One case of a
    household is open at a time (a constraint).
    """

    uid = models.UUIDField(default=uid7, unique=True, editable=False)
    subject = models.OneToOneField(Subject, models.PROTECT, related_name="case")
    household = models.ForeignKey(Household, models.PROTECT, related_name="cases", verbose_name="户")
    place = models.CharField("区划代码", max_length=15)
    kind = models.CharField("事项", max_length=16, choices=CaseKind)
    clue = models.ForeignKey(Clue, models.PROTECT, null=True, related_name="cases", verbose_name="线索")
    run = models.OneToOneField(FlowRun, models.PROTECT, related_name="case", verbose_name="流程")
    follows = models.ForeignKey("self", models.PROTECT, null=True, related_name="followed_by")
    category = models.CharField("类别", max_length=10, choices=MonitoredCategory, blank=True)
    risks = models.JSONField("风险", default=list)
    green_channel = models.BooleanField("绿色通道", default=False)
    papers_due_on = models.DateField("手续补齐期限", null=True)
    discovered_on = models.DateField("发现日期")
    approval = models.ForeignKey(
        ApprovalBatch, models.PROTECT, null=True, related_name="cases", verbose_name="批复"
    )
    removal_way = models.CharField("消除方式", max_length=10, choices=RemovalWay, blank=True)
    national_marked_on = models.DateField("全国系统标注日期", null=True)
    national_marked_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="标注人"
    )
    outcome = models.CharField("结果", max_length=12, choices=CaseOutcome, blank=True)
    closed_on = models.DateField("办结日期", null=True)

    objects = TrackedScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "个案"
        ordering = ("-discovered_on", "-id")
        indexes = (
            models.Index(fields=["place", "kind", "closed_on"], name="monitoring_case_place"),
            models.Index(fields=["household", "-discovered_on"], name="monitoring_case_household"),
        )
        constraints = (
            models.UniqueConstraint(
                fields=["household"],
                condition=models.Q(closed_on__isnull=True),
                name="monitoring_one_open_case",
            ),
        )

    def __str__(self) -> str:
        return f"{self.household.head_name}户{self.get_kind_display()}"

    @property
    def identifies(self) -> bool:
        """Whether the case leads into monitoring, not out of it."""
        return self.kind == CaseKind.IDENTIFICATION
