"""Dictionaries of the case: facts.md 1.6 to 1.8."""

from __future__ import annotations

from django.db import models


class CaseKind(models.TextChoices):
    """Which way the case goes."""

    IDENTIFICATION = "identification", "识别认定"
    REMOVAL = "removal", "风险消除"


class CaseOutcome(models.TextChoices):
    """How a case ended."""

    ENROLLED = "enrolled", "已纳入"
    REFUSED = "refused", "未纳入"
    WITHDRAWN = "withdrawn", "农户不申请"
    REMOVED = "removed", "风险已消除"
    HELD = "held", "暂不标注"
    KEPT = "kept", "继续监测"
    REMARKED = "remarked", "风险再标注"


class RemovalWay(models.TextChoices):
    """消除方式 [码+官]."""

    ASSISTED = "assisted", "帮扶消除"
    NATURAL = "natural", "自然消除"


class CheckResult(models.TextChoices):
    """What a bureau found about a household."""

    WAITING = "waiting", "等回函"
    CLEAR = "clear", "没有负面线索"
    NEGATIVE = "negative", "有负面线索"
    NOT_FOUND = "not_found", "查不到此人"


class JudgementVerdict(models.TextChoices):
    """What people say of a negative clue; none of them decides by itself."""

    UNTRUE = "untrue", "线索不实"
    EXPLAINED = "explained", "属实，有正当原因，不影响"
    MATTERS = "matters", "属实，影响认定"


class MeetingResult(models.TextChoices):
    """What the village meeting decided."""

    AGREED = "agreed", "同意"
    DISAGREED = "disagreed", "不同意"


class ReviewResult(models.TextChoices):
    """What the township says after its review."""

    PASSED = "passed", "审核通过"
    FAILED = "failed", "审核不通过"


class ObjectionState(models.TextChoices):
    """Where an objection to a refusal stands."""

    WAITING = "waiting", "待处理"
    UPHELD = "upheld", "异议成立，重新办理"
    DISMISSED = "dismissed", "维持原决定"
