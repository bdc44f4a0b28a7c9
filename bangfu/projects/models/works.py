"""While it is built: progress, sign boards, villagers who watch, complaints."""

from __future__ import annotations

from django.db import models

from bangfu.core.money import MoneyField
from bangfu.projects.enums.works import ComplaintChannel
from bangfu.projects.models.admission import Project
from bangfu.projects.models.deciding import Withdrawable


class Progress(Withdrawable):
    """How far the works are, in hundredths, and the value of what is done, in fen."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="progress", verbose_name="项目")
    on = models.DateField("日期")
    percent = models.PositiveSmallIntegerField("形象进度（%）")
    value = MoneyField("已完成的工作量（分）", default=0)
    words = models.CharField("进展", max_length=500)

    class Meta:
        verbose_name = "项目进度"
        ordering = ("on", "id")
        constraints = (
            models.CheckConstraint(condition=models.Q(percent__lte=100), name="projects_progress_percent"),
        )


class SignBoard(Withdrawable):
    """A board that tells everybody what is built, for how much and whom to call (C-136)."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="boards", verbose_name="项目")
    spot = models.CharField("立在哪里", max_length=100)
    put_up_on = models.DateField("立牌日期")
    words = models.CharField("牌上写什么", max_length=500)

    class Meta:
        verbose_name = "项目标志牌"
        ordering = ("put_up_on", "id")


class Watcher(Withdrawable):
    """A villager whom the village chose to watch the works (C-135)."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="watchers", verbose_name="项目")
    name = models.CharField("姓名", max_length=60)
    chosen_by = models.CharField("怎样推选", max_length=100)
    valid_from = models.DateField("自")

    class Meta:
        verbose_name = "群众监督员"
        ordering = ("valid_from", "id")


class Complaint(Withdrawable):
    """What somebody said against a project; who said it is optional. Answered once."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="complaints", verbose_name="项目")
    channel = models.CharField("怎样反映的", max_length=12, choices=ComplaintChannel)
    complainant = models.CharField("反映人", max_length=60, blank=True)
    received_on = models.DateField("收到日期")
    words = models.CharField("反映内容", max_length=1000)
    answered_on = models.DateField("答复日期", null=True)
    answer = models.CharField("核实情况和答复", max_length=1000, blank=True)
    upheld = models.BooleanField("属实", null=True)

    class Meta:
        verbose_name = "项目投诉"
        ordering = ("-received_on", "-id")
