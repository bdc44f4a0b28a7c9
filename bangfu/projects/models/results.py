"""What a project was to bring and brought: targets against actuals, households that earn from it."""

from __future__ import annotations

from django.db import models

from bangfu.access.scope import TrackedScopedQuerySet
from bangfu.core.ids import uid7
from bangfu.core.models import TrackedModel
from bangfu.core.money import MoneyField
from bangfu.households.models import Household
from bangfu.projects.enums.deciding import LinkMode, TargetKind
from bangfu.projects.models.admission import Project
from bangfu.projects.models.deciding import ProjectRecord


class Target(TrackedModel):
    """One performance target with its unit; ``actual`` is null until somebody measured it."""

    scope_owner = "project"

    uid = models.UUIDField(default=uid7, unique=True, editable=False)
    project = models.ForeignKey(Project, models.PROTECT, related_name="targets", verbose_name="项目")
    kind = models.CharField("类别", max_length=12, choices=TargetKind)
    name = models.CharField("指标", max_length=100)
    unit = models.CharField("单位", max_length=20)
    target = models.DecimalField("目标值", max_digits=14, decimal_places=2)
    actual = models.DecimalField("实际值", max_digits=14, decimal_places=2, null=True)
    measured_on = models.DateField("核定日期", null=True)

    objects = TrackedScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "绩效目标"
        ordering = ("project", "id")

    @property
    def shortfall(self) -> bool:
        """Whether it was measured and lies below the target."""
        return self.actual is not None and self.actual < self.target


class Linkage(ProjectRecord):
    """What one household earned from a project in one mode in one year; fen."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="linkages", verbose_name="项目")
    household = models.ForeignKey(
        Household, models.PROTECT, related_name="project_linkages", verbose_name="户"
    )
    mode = models.CharField("联结方式", max_length=10, choices=LinkMode)
    year = models.PositiveSmallIntegerField("年度")
    amount = MoneyField("收入（分）")

    class Meta:
        verbose_name = "联农带农"
        ordering = ("-year", "project", "id")
        constraints = (
            models.UniqueConstraint(
                fields=["project", "household", "mode", "year"], name="projects_linkage_once"
            ),
        )
