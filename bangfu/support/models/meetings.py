"""Meetings, who came, what was resolved, and what the units answered (C-007, C-033, C-102)."""

from __future__ import annotations

from django.db import models

from bangfu.access.models import Unit, User
from bangfu.access.scope import TrackedScopedQuerySet
from bangfu.core.ids import uid7
from bangfu.core.models import Region, Subject, TrackedModel
from bangfu.support.enums.meetings import MeetingState, Presence, TaskState


class Meeting(TrackedModel):
    """A meeting about the work: called with an agenda, held with attendance and minutes.

    ``kind`` is a code of the parameter ``meeting_kinds`` and ``kind_name`` what it was called on that day.
    ``convener`` is the unit that owes the meeting. ``held_on`` is the planned day until it was held.
    """

    uid = models.UUIDField(default=uid7, unique=True, editable=False)
    subject = models.OneToOneField(Subject, models.PROTECT, related_name="meeting")
    region = models.ForeignKey(Region, models.PROTECT, related_name="+", verbose_name="区划")
    place = models.CharField("区划代码", max_length=15, db_index=True)
    kind = models.CharField("种类代码", max_length=30)
    kind_name = models.CharField("种类", max_length=40)
    title = models.CharField("会议名称", max_length=100)
    convener = models.ForeignKey(Unit, models.PROTECT, related_name="meetings", verbose_name="召集单位")
    held_on = models.DateField("日期", db_index=True)
    held_at = models.CharField("地点", max_length=100)
    chair = models.CharField("主持人", max_length=60)
    recorder = models.CharField("记录人", max_length=60, blank=True)
    agenda = models.TextField("议程", blank=True)
    minutes = models.TextField("纪要", blank=True)
    state = models.CharField("状态", max_length=10, choices=MeetingState, default=MeetingState.CALLED)
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="登记人")
    void_reason = models.CharField("作废原因", max_length=200, blank=True)

    objects = TrackedScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "会议"
        ordering = ("-held_on", "-id")

    def __str__(self) -> str:
        return self.title


class Attendance(TrackedModel):
    """A unit that was asked to a meeting, who came for it, or that nobody came.

    ``user`` is the person when the installation knows them; ``name`` is who sat there.
    """

    scope_owner = "meeting"

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="attendances", verbose_name="会议")
    position = models.PositiveSmallIntegerField("序号")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="单位")
    user = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="人员")
    name = models.CharField("姓名", max_length=60, blank=True)
    presence = models.CharField("到会", max_length=10, choices=Presence, blank=True)

    objects = TrackedScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "到会情况"
        ordering = ("meeting", "position")
        constraints = (
            models.UniqueConstraint(fields=["meeting", "position"], name="support_attendance_position"),
        )


class Resolution(TrackedModel):
    """What a meeting resolved, for one unit, with a day by which it is done.

    ``place`` is the unit's own when it lies within the meeting's, so that a township sees what is its to do.
    """

    uid = models.UUIDField(default=uid7, unique=True, editable=False)
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="resolutions", verbose_name="会议")
    number = models.PositiveSmallIntegerField("序号")
    text = models.CharField("议定事项", max_length=500)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="resolutions", verbose_name="责任单位")
    place = models.CharField("区划代码", max_length=15, db_index=True)
    due_on = models.DateField("完成时限")
    state = models.CharField("状态", max_length=10, choices=TaskState, default=TaskState.OPEN)
    closed_on = models.DateField("销号日期", null=True)

    objects = TrackedScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "议定事项"
        ordering = ("due_on", "id")
        indexes = (models.Index(fields=["state", "due_on"], name="support_resolution_due"),)

    def __str__(self) -> str:
        return self.text[:40]


class ResolutionAnswer(TrackedModel):
    """What a unit says it did about a resolution, and what the check found; None until checked."""

    resolution = models.ForeignKey(
        Resolution, models.PROTECT, related_name="answers", verbose_name="议定事项"
    )
    text = models.CharField("办理情况", max_length=1000)
    answered_on = models.DateField("回复日期")
    answered_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="回复人")
    accepted = models.BooleanField("核实通过", null=True)
    checked_on = models.DateField("核实日期", null=True)
    checked_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="核实人")
    check_words = models.CharField("核实意见", max_length=500, blank=True)

    objects = TrackedScopedQuerySet.as_manager()
    scope_owner = "resolution"

    class Meta:
        verbose_name = "议定事项回复"
        ordering = ("id",)
