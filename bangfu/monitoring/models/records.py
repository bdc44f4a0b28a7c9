"""What each step of a case leaves behind. A later record of the same kind corrects the earlier one."""

from __future__ import annotations

from django.db import models

from bangfu.access.models import User
from bangfu.access.scope import TrackedScopedQuerySet
from bangfu.core.ids import uid7
from bangfu.core.models import TrackedModel
from bangfu.households.models import IncomeWorksheet
from bangfu.monitoring.enums.cases import (
    CheckResult,
    JudgementVerdict,
    MeetingResult,
    ObjectionState,
    ReviewResult,
)
from bangfu.monitoring.models.cases import Case


class CaseRecord(TrackedModel):
    """A record of a step: its case, who wrote it down; the latest of a kind counts."""

    scope_owner = "case"

    uid = models.UUIDField(default=uid7, unique=True, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="%(class)s_set", verbose_name="个案")
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="登记人")

    objects = TrackedScopedQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ("-id",)


class RiskStudy(CaseRecord):
    """风险研判 by the village committee and the team."""

    studied_on = models.DateField("研判日期")
    participants = models.CharField("参加人", max_length=200)
    risks = models.JSONField("研判出的风险", default=list)
    conclusion = models.CharField("研判意见", max_length=500)

    class Meta(CaseRecord.Meta):
        verbose_name = "风险研判"


class Authorisation(CaseRecord):
    """申请及承诺授权书: nothing is asked about the household before it is signed."""

    signed_on = models.DateField("签字日期")
    applicant = models.CharField("申请人", max_length=60)
    adults = models.PositiveSmallIntegerField("应签成年人")
    adults_signed = models.PositiveSmallIntegerField("已签成年人")
    note = models.CharField("说明", max_length=200, blank=True)

    class Meta(CaseRecord.Meta):
        verbose_name = "申请和授权"


class HomeVerification(CaseRecord):
    """入户核查 by two different people.

    ``facts`` holds what was seen, by field: ``household`` and, by the member's uid, ``members``;
    ``changed`` names the fields that differ from the register.
    """

    verified_on = models.DateField("入户日期")
    first_verifier = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="核查人一")
    second_verifier = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="核查人二")
    facts = models.JSONField("核到的情况", default=dict)
    changed = models.JSONField("与登记不同的项", default=list)
    risks = models.JSONField("核实的风险", default=list)
    risks_gone = models.JSONField("已消除的风险", default=list)
    new_risk = models.BooleanField("有新的风险", default=False)
    income_steady = models.BooleanField("收入稳定超过监测线半年以上", null=True)
    worksheet = models.ForeignKey(
        IncomeWorksheet, models.PROTECT, null=True, related_name="+", verbose_name="收入测算表"
    )
    conclusion = models.CharField("核查意见", max_length=500)

    class Meta(CaseRecord.Meta):
        verbose_name = "入户核查"

    def clean_people(self) -> bool:
        """Whether two different people went."""
        return self.first_verifier_id != self.second_verifier_id


class InformationCheck(CaseRecord):
    """信息比对: one bureau's answer about the household."""

    bureau = models.CharField("部门", max_length=40)
    asked_on = models.DateField("提请日期")
    answered_on = models.DateField("回函日期", null=True)
    result = models.CharField("结果", max_length=10, choices=CheckResult, default=CheckResult.WAITING)
    clue_kind = models.CharField("负面线索", max_length=60, blank=True)
    detail = models.CharField("情况", max_length=300, blank=True)

    class Meta(CaseRecord.Meta):
        verbose_name = "信息比对"
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=["case", "bureau"], name="monitoring_check_once_a_bureau"),
        )
        indexes = (models.Index(fields=["result", "asked_on"], name="monitoring_check_result"),)


class Judgement(CaseRecord):
    """The written judgement of people on one negative clue; never a veto by itself."""

    check_answer = models.ForeignKey(
        InformationCheck, models.PROTECT, related_name="judgements", verbose_name="比对结果"
    )
    judged_on = models.DateField("研判日期")
    judges = models.CharField("研判人", max_length=200)
    verdict = models.CharField("研判结论", max_length=10, choices=JudgementVerdict)
    reasoning = models.CharField("理由", max_length=500)

    class Meta(CaseRecord.Meta):
        verbose_name = "负面线索研判"


class ReviewMeeting(CaseRecord):
    """民主评议, with attendance, result, needs and proposed help.

    ``extended_committee``: where no meeting of representatives can be held, the committees of the village
    decide, extended. ``sitting`` is the same for the households of one meeting that were entered together.
    """

    sitting = models.UUIDField(default=uid7, db_index=True, editable=False)
    held_on = models.DateField("开会日期")
    location = models.CharField("地点", max_length=100)
    chair = models.CharField("主持人", max_length=60)
    extended_committee = models.BooleanField("村两委扩大会", default=False)
    called = models.PositiveSmallIntegerField("应到人数")
    attended = models.PositiveSmallIntegerField("实到人数")
    agreed = models.PositiveSmallIntegerField("同意人数")
    result = models.CharField("评议结果", max_length=10, choices=MeetingResult)
    needs = models.CharField("帮扶需求", max_length=500, blank=True)
    proposed_measures = models.JSONField("拟帮扶措施", default=list)

    class Meta(CaseRecord.Meta):
        verbose_name = "民主评议"


class TownshipReview(CaseRecord):
    """乡镇审核, with or without a visit of its own."""

    reviewed_on = models.DateField("审核日期")
    visited = models.BooleanField("抽查入户", default=False)
    result = models.CharField("审核结果", max_length=10, choices=ReviewResult)
    opinion = models.CharField("审核意见", max_length=500)

    class Meta(CaseRecord.Meta):
        verbose_name = "乡镇审核"


class Announcement(CaseRecord):
    """公告 after the county's decision."""

    announced_on = models.DateField("公告日期")
    location = models.CharField("张贴地点", max_length=100)

    class Meta(CaseRecord.Meta):
        verbose_name = "公告"


class Refusal(CaseRecord):
    """A refusal: at which step, why, and the letter the household gets (at most 120 characters)."""

    step = models.CharField("环节", max_length=40)
    refused_on = models.DateField("日期")
    reason = models.CharField("原因", max_length=300)
    letter = models.CharField("告知书", max_length=120)
    delivered_on = models.DateField("送达日期", null=True)

    class Meta(CaseRecord.Meta):
        verbose_name = "不予纳入"


class CaseObjection(CaseRecord):
    """The household objects to a refusal; somebody decides, and the case goes on or stays closed."""

    refusal = models.ForeignKey(Refusal, models.PROTECT, related_name="objections", verbose_name="告知书")
    objected_on = models.DateField("提出日期")
    words = models.CharField("异议内容", max_length=500)
    state = models.CharField("状态", max_length=10, choices=ObjectionState, default=ObjectionState.WAITING)
    decided_on = models.DateField("处理日期", null=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="处理人")
    decision = models.CharField("处理意见", max_length=300, blank=True)

    class Meta(CaseRecord.Meta):
        verbose_name = "异议"
