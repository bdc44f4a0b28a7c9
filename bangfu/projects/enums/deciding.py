"""The words of deciding: votes, opinions, notices, adjustments, targets, linkage."""

from __future__ import annotations

from django.db import models


class VoteKind(models.TextChoices):
    """By what meeting people decided that they want the project (C-134, C-153)."""

    ONE_MATTER = "one_matter", "一事一议"
    REPRESENTATIVES = "representatives", "村民代表会议"
    COMMITTEES = "committees", "村两委会议"
    PARTY_GROUP = "party_group", "党委（党组）会议"


class OpinionStage(models.TextChoices):
    """Who says whether a project is ready, by a checklist of ``checklists.yaml``."""

    TOWNSHIP = "township", "申报审核"
    ARGUMENT = "argument", "部门联合论证"
    PRECHECK = "precheck", "初验"
    PAPERS = "papers", "资料审查"


class PostingStage(models.TextChoices):
    """What a notice of a project says (facts 3.5)."""

    APPLY = "apply", "申报公示"
    ADMIT = "admit", "入库公告"
    BEFORE_WORK = "before_work", "实施前公示"
    COMPLETION = "completion", "竣工公告"
    INCOME = "income", "收益分配公示"


class PostingLevel(models.TextChoices):
    """Where it hangs."""

    VILLAGE = "village", "村"
    TOWNSHIP = "township", "乡镇"
    COUNTY = "county", "县"


class AdjustmentKind(models.TextChoices):
    """How the library changes within a year (C-026)."""

    ROLL = "roll", "滚动到下一年度"
    AMOUNT = "amount", "调整资金"
    CONTENT = "content", "调整建设内容"
    REMOVE = "remove", "调出项目库"


class TargetKind(models.TextChoices):
    """The three classes of performance targets."""

    OUTPUT = "output", "产出"
    BENEFIT = "benefit", "效益"
    SATISFACTION = "satisfaction", "满意度"


class LinkMode(models.TextChoices):
    """How a household earns from a project (C-028)."""

    LABOUR = "labour", "务工"
    LEASE = "lease", "土地流转"
    SHARES = "shares", "入股分红"
    ORDER = "order", "订单收购"
    SERVICE = "service", "生产服务"
    TRUST = "trust", "托管代养"
