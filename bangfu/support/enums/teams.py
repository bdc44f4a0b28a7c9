"""Choices about resident teams: roles, leave, what a sending unit does for its people, assessment."""

from __future__ import annotations

from django.db import models


class TeamRole(models.TextChoices):
    """What somebody is in a team."""

    FIRST_SECRETARY = "first_secretary", "第一书记"
    LEADER = "leader", "工作队长"
    MEMBER = "member", "队员"


class LeaveKind(models.TextChoices):
    """Why somebody is not in the village; the last four are work that counts as being there."""

    PERSONAL = "personal", "事假"
    SICK = "sick", "病假"
    ANNUAL = "annual", "年休假"
    FAMILY = "family", "婚、产、丧假"
    REST = "rest", "轮休"
    TRAINING = "training", "外出培训"
    PROJECT = "project", "跑项目"
    MEETING = "meeting", "外出开会"
    ERRAND = "errand", "为村办其他事"


WORK_AWAY = (LeaveKind.TRAINING, LeaveKind.PROJECT, LeaveKind.MEETING, LeaveKind.ERRAND)
"""Reported, not approved; their days count as days in the village (facts.md 4: 培训、跑项目视为驻村)."""


class LeaveState(models.TextChoices):
    """Where a request stands; work away is reported and needs no approval."""

    ASKED = "asked", "待批"
    APPROVED = "approved", "已批"
    REFUSED = "refused", "没批"
    REPORTED = "reported", "已报备"
    WITHDRAWN = "withdrawn", "已撤回"


TAKEN = (LeaveState.APPROVED, LeaveState.REPORTED)
"""States in which the days are really away."""


class ApprovalLevel(models.TextChoices):
    """Who approves a leave."""

    TOWNSHIP = "township", "乡镇"
    COUNTY = "county", "县委组织部"


class UnitSupportKind(models.TextChoices):
    """What a sending unit does for the people it sent (C-050)."""

    VISIT = "visit", "领导看望谈心"
    ALLOWANCE = "allowance", "驻村补助"
    INSURANCE = "insurance", "人身意外保险"
    CHECKUP = "checkup", "体检"
    FUNDS = "funds", "工作经费"
    LIVING = "living", "生活和办公条件"
    OTHER = "other", "其他"


class AssessmentStep(models.TextChoices):
    """Whose turn it is with a year-end assessment, in this order."""

    SELF = "self", "本人自评"
    VILLAGE = "village", "村里意见"
    TOWNSHIP = "township", "乡镇意见"
    COUNTY = "county", "组织部门审定"
    DECIDED = "decided", "已审定"


class AssessmentResult(models.TextChoices):
    """The result in words; there is no score and no order among people."""

    EXCELLENT = "excellent", "优秀"
    COMPETENT = "competent", "称职"
    BARELY = "barely", "基本称职"
    NOT_COMPETENT = "not_competent", "不称职"
