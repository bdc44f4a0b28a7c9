"""A subject: anything a flow, a duty, a paper or an audit event can be about."""

from __future__ import annotations

from django.db import models

from bangfu.core.ids import uid7


class SubjectKind(models.TextChoices):
    """What kinds of subjects there are."""

    HOUSEHOLD = "household", "户"
    MEMBER = "member", "成员"
    VILLAGE = "village", "村"
    PROJECT = "project", "项目"
    UNIT = "unit", "单位"
    PERSON = "person", "人员"
    ROUND = "round", "再识别批次"
    BATCH = "batch", "导入批次"
    CLUE = "clue", "线索"
    CASE = "case", "个案"
    SWEEP = "sweep", "排查"
    NOTICE = "notice", "公示"
    REGION = "region", "区划"
    TEAM = "team", "工作队"
    MEETING = "meeting", "会议"
    ORDER = "order", "督办单"
    COURSE = "course", "培训"
    INSPECTION = "inspection", "督导检查"
    FINDING = "finding", "督导问题"
    REPORT = "report", "报告"
    PLAN = "plan", "计划"
    TASK = "task", "计划任务"
    CHECK = "check", "达标验收"
    PROBLEM = "problem", "问题"
    ASSESSMENT = "assessment", "考核"
    TARGET = "target", "目标"
    LISTING = "listing", "供需"
    MATCH = "match", "对接"


class Subject(models.Model):
    """One row a household, member, village, project, unit or person; the only thing lower rooms point at."""

    uid = models.UUIDField(default=uid7, unique=True, editable=False)
    kind = models.CharField("种类", max_length=12, choices=SubjectKind)
    place = models.CharField("区划代码", max_length=15, db_index=True)
    label = models.CharField("名称", max_length=100)

    class Meta:
        verbose_name = "对象"

    def __str__(self) -> str:
        return self.label
