"""What people ask to be taught, the courses made of it, and the sessions in which they are held."""

from __future__ import annotations

from django.db import models

from bangfu.access.models import User
from bangfu.access.scope import TrackedScopedQuerySet
from bangfu.core.ids import uid7
from bangfu.core.models import Region, Subject, TrackedModel
from bangfu.core.money import MoneyField
from bangfu.training.enums.courses import Mode, SessionState
from bangfu.training.models.teachers import ObservationPoint, Teacher


class TrainingNeed(TrackedModel):
    """How many people of an audience in a place ask for a topic; no names (C-200)."""

    uid = models.UUIDField(default=uid7, unique=True, editable=False)
    region = models.ForeignKey(Region, models.PROTECT, related_name="training_needs", verbose_name="地方")
    place = models.CharField("区划代码", max_length=15, db_index=True)
    surveyed_on = models.DateField("调研日期")
    audience = models.CharField("对象", max_length=30)
    topic = models.CharField("想学什么", max_length=60)
    asking = models.PositiveIntegerField("多少人想学")
    note = models.CharField("说明", max_length=300, blank=True)
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="登记人")

    objects = TrackedScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "培训需求"
        ordering = ("-surveyed_on", "-id")

    def __str__(self) -> str:
        return f"{self.audience}：{self.topic}（{self.asking} 人）"


class Course(TrackedModel):
    """A course for one audience in one of the classrooms; its materials are papers of its subject (C-006).

    ``hours`` is what one session teaches; nobody can attend more.
    """

    uid = models.UUIDField(default=uid7, unique=True, editable=False)
    subject = models.OneToOneField(Subject, models.PROTECT, related_name="course")
    region = models.ForeignKey(Region, models.PROTECT, related_name="courses", verbose_name="主办地")
    place = models.CharField("区划代码", max_length=15, db_index=True)
    title = models.CharField("课程", max_length=80)
    organiser = models.CharField("主办单位", max_length=60)
    audience = models.CharField("对象", max_length=30)
    classroom = models.CharField("课堂", max_length=30)
    hours = models.DecimalField("学时", max_digits=4, decimal_places=1)
    content = models.CharField("讲什么", max_length=1000)
    materials = models.CharField("教材", max_length=300, blank=True)
    need = models.ForeignKey(
        TrainingNeed, models.PROTECT, null=True, related_name="courses", verbose_name="回应的需求"
    )
    teacher = models.ForeignKey(
        Teacher, models.PROTECT, null=True, related_name="courses", verbose_name="主讲"
    )

    objects = TrackedScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "培训课程"
        ordering = ("place", "title", "id")

    def __str__(self) -> str:
        return self.title


class TrainingSession(TrackedModel):
    """A course held once, from one day to another, somewhere (班次).

    The cost is ``standard_fen`` a person and day, kept as it was when the session was held, times the people
    who came, times the days; ``people`` and ``cost_fen`` follow the list of those who came.
    """

    uid = models.UUIDField(default=uid7, unique=True, editable=False)
    course = models.ForeignKey(Course, models.PROTECT, related_name="sessions", verbose_name="课程")
    region = models.ForeignKey(
        Region, models.PROTECT, related_name="training_sessions", verbose_name="办班地"
    )
    place = models.CharField("区划代码", max_length=15)
    mode = models.CharField("方式", max_length=12, choices=Mode)
    starts_on = models.DateField("开始")
    ends_on = models.DateField("结束")
    location = models.CharField("地点", max_length=80)
    point = models.ForeignKey(
        ObservationPoint, models.PROTECT, null=True, related_name="sessions", verbose_name="观摩点"
    )
    expected = models.PositiveIntegerField("计划人数")
    fund = models.CharField("经费来源", max_length=40, blank=True)
    state = models.CharField("状态", max_length=10, choices=SessionState, default=SessionState.PLANNED)
    held_on = models.DateField("办结登记日期", null=True)
    people = models.PositiveIntegerField("到班人数", default=0)
    standard_fen = MoneyField("标准（每人每天）", null=True)
    cost_fen = MoneyField("培训费", null=True)
    filed_with = models.CharField("备案部门", max_length=60, blank=True)
    filed_on = models.DateField("备案日期", null=True)
    filing_number = models.CharField("备案号", max_length=60, blank=True)
    cancel_reason = models.CharField("取消原因", max_length=200, blank=True)

    objects = TrackedScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "培训班次"
        ordering = ("-starts_on", "-id")
        indexes = (models.Index(fields=["place", "state", "starts_on"], name="training_session_place"),)

    def __str__(self) -> str:
        return f"{self.course.title}（{self.starts_on}）"

    @property
    def days(self) -> int:
        """How many days it lasts, the first and the last included."""
        return (self.ends_on - self.starts_on).days + 1


class Appearance(TrackedModel):
    """A teacher or an example household that stands before a session (C-005)."""

    session = models.ForeignKey(
        TrainingSession, models.PROTECT, related_name="appearances", verbose_name="班次"
    )
    teacher = models.ForeignKey(Teacher, models.PROTECT, related_name="appearances", verbose_name="师资")

    objects = TrackedScopedQuerySet.as_manager()
    scope_owner = "session"

    class Meta:
        verbose_name = "出场"
        constraints = (
            models.UniqueConstraint(fields=["session", "teacher"], name="training_one_appearance"),
        )
