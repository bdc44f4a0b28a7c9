"""A project of the library, and where its money is planned to come from (C-025, C-131)."""

from __future__ import annotations

from django.db import models

from bangfu.access.models import Unit, User
from bangfu.access.scope import TrackedScopedQuerySet
from bangfu.core.ids import uid7
from bangfu.core.models import Region, Subject, TrackedModel
from bangfu.core.money import MoneyField
from bangfu.projects.enums.admission import (
    ADMITTED,
    FUNDABLE,
    ApplicantLevel,
    ProjectKind,
    ProjectNature,
    ProjectState,
    SourceKind,
)
from bangfu.projects.models.kinds import OwnKind


class Project(TrackedModel):
    """One project from its application to its maintenance.

    ``region`` is the village, township or county where it is carried out, ``place`` that region's code.
    ``code`` is null until it is admitted to the library. ``kind`` is a
    ``ProjectKind`` or the code of ``own_kind``. ``category`` is a code of ``categories.yaml``,
    ``category_name`` what it was called then. ``purpose`` says in a few words what the money is for: the same
    purpose twice in one village is pointed out (C-216). ``planned`` is the total in fen, also of what no
    planned source names yet. ``admission_year`` moves on when the project rolls to the next year,
    ``plan_year`` is the year whose plan it stands in.
    """

    uid = models.UUIDField(default=uid7, unique=True, editable=False)
    subject = models.OneToOneField(Subject, models.PROTECT, related_name="project")
    region = models.ForeignKey(Region, models.PROTECT, related_name="projects", verbose_name="实施地点")
    place = models.CharField("区划代码", max_length=15, db_index=True)
    code = models.CharField("项目编码", max_length=40, null=True, unique=True)
    name = models.CharField("项目名称", max_length=100)
    kind = models.CharField("项目类型", max_length=20)
    own_kind = models.ForeignKey(
        OwnKind, models.PROTECT, null=True, related_name="projects", verbose_name="本县项目类型"
    )
    category = models.CharField("类别代码", max_length=40)
    category_name = models.CharField("类别", max_length=60)
    nature = models.CharField("建设性质", max_length=10, choices=ProjectNature)
    content = models.CharField("建设内容与规模", max_length=1000)
    quantity = models.DecimalField("数量", max_digits=14, decimal_places=2, null=True)
    quantity_unit = models.CharField("单位", max_length=20, blank=True)
    purpose = models.CharField("资金用途", max_length=60)
    spot = models.CharField("具体地点", max_length=100, blank=True)
    applicant = models.CharField("谁申报", max_length=12, choices=ApplicantLevel)
    responsible_unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="projects", verbose_name="责任（主管）单位"
    )
    implementing_unit = models.CharField("实施单位", max_length=100)
    person_in_charge = models.CharField("负责人", max_length=60)
    starts_on = models.DateField("计划开工")
    ends_on = models.DateField("计划竣工")
    planned = MoneyField("资金总额（分）")
    household_count = models.PositiveIntegerField("受益户数", default=0)
    person_count = models.PositiveIntegerField("受益人数", default=0)
    targeted_count = models.PositiveIntegerField("其中脱贫户、监测户", default=0)
    participation = models.CharField("群众参与方式", max_length=300, blank=True)
    linkage = models.CharField("联农带农机制", max_length=300, blank=True)
    admission_year = models.PositiveSmallIntegerField("入库年度")
    plan_year = models.PositiveSmallIntegerField("计划年度", null=True)
    admission_number = models.CharField("入库文号", max_length=100, blank=True)
    admitted_on = models.DateField("入库日期", null=True)
    plan_number = models.CharField("计划文号", max_length=100, blank=True)
    approval_number = models.CharField("立项批复文号", max_length=100, blank=True)
    approved_on = models.DateField("立项批复日期", null=True)
    state = models.CharField("状态", max_length=12, choices=ProjectState, default=ProjectState.DRAFT)
    applied_on = models.DateField("申报日期")
    applied_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="填报人")

    objects = TrackedScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "项目"
        ordering = ("-admission_year", "place", "id")
        constraints = (
            models.CheckConstraint(condition=models.Q(planned__gte=0), name="projects_planned_not_negative"),
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")), name="projects_ends_after_start"
            ),
        )
        indexes = (
            models.Index(fields=["state", "admission_year", "place"], name="projects_library"),
            models.Index(fields=["place", "purpose"], name="projects_purpose"),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def kind_name(self) -> str:
        """What its kind is called, the county's own or a shipped one."""
        return self.own_kind.name if self.own_kind else ProjectKind(self.kind).label

    @property
    def life(self) -> ProjectKind:
        """The shipped kind whose life it leads, or from which its county's was copied."""
        return ProjectKind(self.own_kind.base if self.own_kind else self.kind)

    @property
    def is_admitted(self) -> bool:
        """Whether it stands in the library; what does not gets no money."""
        return self.state in ADMITTED

    @property
    def is_fundable(self) -> bool:
        """Whether a year's plan names it."""
        return self.state in FUNDABLE


class PlannedSource(TrackedModel):
    """How much of a project's money is planned to come from where; fen."""

    scope_owner = "project"

    project = models.ForeignKey(Project, models.PROTECT, related_name="sources", verbose_name="项目")
    kind = models.CharField("资金来源", max_length=12, choices=SourceKind)
    amount = MoneyField("金额（分）")

    objects = TrackedScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "计划资金来源"
        ordering = ("project", "id")
        constraints = (
            models.UniqueConstraint(fields=["project", "kind"], name="projects_source_once"),
            models.CheckConstraint(condition=models.Q(amount__gt=0), name="projects_source_positive"),
        )
