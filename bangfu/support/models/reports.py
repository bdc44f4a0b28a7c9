"""Reports drafted from records, edited, approved, sent, answered (C-034, C-022)."""

from __future__ import annotations

from django.db import models

from bangfu.access.models import Unit, User
from bangfu.access.scope import TrackedScopedQuerySet
from bangfu.core.ids import uid7
from bangfu.core.models import Subject, TrackedModel
from bangfu.support.enums.reports import ReportState


class Report(TrackedModel):
    """One written report: a template, what it is about, the days it covers, and its words.

    ``sections`` is a list of {id, heading, drafted, text, figures, tables}: ``drafted`` as the records gave
    it, ``text`` as a person left it, ``figures`` {name: number} at the time of drafting.
    """

    uid = models.UUIDField(default=uid7, unique=True, editable=False)
    subject = models.OneToOneField(Subject, models.PROTECT, related_name="report")
    template = models.CharField("种类代码", max_length=40, db_index=True)
    template_name = models.CharField("种类", max_length=40)
    about = models.ForeignKey(Subject, models.PROTECT, related_name="reports_about", verbose_name="对象")
    place = models.CharField("区划代码", max_length=15, db_index=True)
    starts_on = models.DateField("期间起")
    ends_on = models.DateField("期间止")
    title = models.CharField("标题", max_length=100)
    number = models.CharField("文号", max_length=40, blank=True)
    signed_by = models.CharField("落款", max_length=100, blank=True)
    author = models.ForeignKey(User, models.PROTECT, related_name="reports", verbose_name="执笔人")
    sections = models.JSONField("内容", default=list)
    state = models.CharField("状态", max_length=10, choices=ReportState, default=ReportState.DRAFT)
    drafted_on = models.DateField("起草日期")
    approved_on = models.DateField("审定日期", null=True)
    approved_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="审定人")
    handed_on = models.DateField("送出日期", null=True)
    note = models.CharField("退回或作废原因", max_length=300, blank=True)

    objects = TrackedScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "报告"
        ordering = ("-ends_on", "-id")
        constraints = (
            models.UniqueConstraint(
                fields=["template", "about", "starts_on", "ends_on", "author"],
                condition=~models.Q(state="void"),
                name="support_report_once",
            ),
        )

    def __str__(self) -> str:
        return self.title


class ReportCopy(TrackedModel):
    """Who gets a report, a unit or a person, and what they said to it."""

    uid = models.UUIDField(default=uid7, unique=True, editable=False)
    report = models.ForeignKey(Report, models.PROTECT, related_name="copies", verbose_name="报告")
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, related_name="report_copies", verbose_name="单位"
    )
    user = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="report_copies", verbose_name="人员"
    )
    response = models.CharField("反馈", max_length=500, blank=True)
    responded_on = models.DateField("反馈日期", null=True)
    responded_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="反馈人")

    objects = TrackedScopedQuerySet.as_manager()
    scope_owner = "report"

    class Meta:
        verbose_name = "报告送达"
        ordering = ("id",)
