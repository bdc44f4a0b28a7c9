"""Resident teams: who lives in which village, their leave, hand-overs, what their units do, assessment."""

from __future__ import annotations

from django.db import models

from bangfu.access.models import Unit, User
from bangfu.access.scope import TrackedScopedQuerySet
from bangfu.core.ids import uid7
from bangfu.core.models import Region, Subject, TrackedModel
from bangfu.core.money import MoneyField
from bangfu.evidence.models import EvidenceFile
from bangfu.support.enums.teams import (
    ApprovalLevel,
    AssessmentResult,
    AssessmentStep,
    LeaveKind,
    LeaveState,
    TeamRole,
    UnitSupportKind,
)


class Team(TrackedModel):
    """A resident team of one village, sent by ``unit``, from one day until another (C-087)."""

    uid = models.UUIDField(default=uid7, unique=True, editable=False)
    subject = models.OneToOneField(Subject, models.PROTECT, related_name="team")
    village = models.ForeignKey(Region, models.PROTECT, related_name="teams", verbose_name="村")
    place = models.CharField("区划代码", max_length=15, db_index=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="teams", verbose_name="派出单位")
    valid_from = models.DateField("自")
    valid_to = models.DateField("至", null=True)
    paper_number = models.CharField("选派文件", max_length=100, blank=True)
    paper = models.ForeignKey(
        EvidenceFile, models.PROTECT, null=True, related_name="+", verbose_name="文件扫描件"
    )
    end_reason = models.CharField("撤队原因", max_length=100, blank=True)

    objects = TrackedScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "驻村工作队"
        ordering = ("place", "-valid_from")
        constraints = (
            models.UniqueConstraint(
                fields=["village", "unit"], condition=models.Q(valid_to=None), name="support_one_team"
            ),
        )

    def __str__(self) -> str:
        return self.subject.label


class TeamMember(TrackedModel):
    """A person's time in a team; ``stands_in_for`` is the member whose place it takes for a while (顶岗).

    ``conditions`` keeps the selection conditions as they were worded and whether each was met (C-230);
    ``checked_on`` is the day of that check.
    """

    scope_owner = "team"

    uid = models.UUIDField(default=uid7, unique=True, editable=False)
    team = models.ForeignKey(Team, models.PROTECT, related_name="members", verbose_name="工作队")
    user = models.ForeignKey(User, models.PROTECT, related_name="team_times", verbose_name="队员")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+", verbose_name="本人派出单位")
    role = models.CharField("职务", max_length=20, choices=TeamRole)
    valid_from = models.DateField("到村")
    valid_to = models.DateField("离村", null=True)
    planned_to = models.DateField("派驻期满", null=True)
    stands_in_for = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="stand_ins", verbose_name="替谁顶岗"
    )
    paper_number = models.CharField("选派文件", max_length=100, blank=True)
    conditions = models.JSONField("选派条件", default=list)
    checked_on = models.DateField("核对日期", null=True)
    end_reason = models.CharField("离村原因", max_length=100, blank=True)

    objects = TrackedScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "驻村队员"
        ordering = ("team", "role", "valid_from", "id")
        indexes = (models.Index(fields=["user", "valid_to"], name="support_member_user"),)


class Leave(TrackedModel):
    """Days on which a member is not in the village: leave that is approved, or work away that is reported.

    ``level`` says who approves; empty for work away. ``ends_on`` is the last day away; who came back earlier
    has it in ``back_on`` (销假: the first day back in the village).
    """

    scope_owner = "member"

    uid = models.UUIDField(default=uid7, unique=True, editable=False)
    member = models.ForeignKey(TeamMember, models.PROTECT, related_name="leaves", verbose_name="队员")
    kind = models.CharField("种类", max_length=10, choices=LeaveKind)
    starts_on = models.DateField("第一天")
    ends_on = models.DateField("最后一天")
    reason = models.CharField("事由", max_length=200)
    cover = models.CharField("离村时谁顶着", max_length=100, blank=True)
    level = models.CharField("批准层级", max_length=10, choices=ApprovalLevel, blank=True)
    state = models.CharField("状态", max_length=10, choices=LeaveState)
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="提出人")
    asked_at = models.DateTimeField("提出时间")
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="批准人")
    decided_at = models.DateTimeField("批准时间", null=True)
    decision_reason = models.CharField("意见", max_length=200, blank=True)
    back_on = models.DateField("返岗", null=True)

    objects = TrackedScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "请假和外出"
        ordering = ("-starts_on", "-id")
        indexes = (
            models.Index(fields=["member", "starts_on"], name="support_leave_member"),
            models.Index(fields=["state", "starts_on"], name="support_leave_state"),
        )


class TeamHandOver(TrackedModel):
    """What one member handed to the next: a line each for matters, projects, papers and keys (交接)."""

    scope_owner = "team"

    uid = models.UUIDField(default=uid7, unique=True, editable=False)
    team = models.ForeignKey(Team, models.PROTECT, related_name="hand_overs", verbose_name="工作队")
    giver = models.ForeignKey(TeamMember, models.PROTECT, related_name="given", verbose_name="移交人")
    taker = models.ForeignKey(TeamMember, models.PROTECT, related_name="taken", verbose_name="接手人")
    on = models.DateField("交接日期")
    items = models.JSONField("交接事项", default=list)
    witness = models.CharField("监交人", max_length=60, blank=True)

    objects = TrackedScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "驻村交接"
        ordering = ("-on", "-id")


class UnitSupport(TrackedModel):
    """What a sending unit did in a month for the people it sent (C-050)."""

    scope_owner = "team"

    uid = models.UUIDField(default=uid7, unique=True, editable=False)
    team = models.ForeignKey(Team, models.PROTECT, related_name="support", verbose_name="工作队")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="派出单位")
    month = models.DateField("月份")
    kind = models.CharField("措施", max_length=10, choices=UnitSupportKind)
    on = models.DateField("日期")
    what = models.CharField("内容", max_length=200)
    amount_fen = MoneyField("金额", null=True)
    withdrawn_reason = models.CharField("撤下原因", max_length=200, blank=True)

    objects = TrackedScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "派出单位支持"
        ordering = ("-month", "-on", "-id")


class Assessment(TrackedModel):
    """A member's year-end assessment: own words by duty, three opinions, a result in words (C-108).

    ``form`` is the version of the form (``assessment.yaml``), ``answers`` (question, words) in the
    form's order, ``figures`` the days as they stood when the member handed it in.
    """

    scope_owner = "member"

    uid = models.UUIDField(default=uid7, unique=True, editable=False)
    member = models.ForeignKey(TeamMember, models.PROTECT, related_name="assessments", verbose_name="队员")
    year = models.PositiveSmallIntegerField("年度")
    form = models.CharField("考核表版次", max_length=20)
    step = models.CharField("办到哪一步", max_length=10, choices=AssessmentStep)
    answers = models.JSONField("自评", default=list)
    figures = models.JSONField("驻村天数", default=dict)
    village_opinion = models.CharField("村里意见", max_length=300, blank=True)
    village_on = models.DateField("村里日期", null=True)
    township_opinion = models.CharField("乡镇意见", max_length=300, blank=True)
    township_on = models.DateField("乡镇日期", null=True)
    absences = models.PositiveSmallIntegerField("无故不在岗次数", default=0)
    county_opinion = models.CharField("组织部门意见", max_length=300, blank=True)
    county_on = models.DateField("审定日期", null=True)
    result = models.CharField("考核结果", max_length=14, choices=AssessmentResult, blank=True)

    objects = TrackedScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "年度考核"
        ordering = ("-year", "member")
        constraints = (models.UniqueConstraint(fields=["member", "year"], name="support_one_assessment"),)
