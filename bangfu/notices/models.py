"""A notice with its rows as the wall shows them, and the objections to it."""

from __future__ import annotations

from django.db import models

from bangfu.access.models import User
from bangfu.access.scope import TrackedScopedQuerySet
from bangfu.core.ids import uid7
from bangfu.core.models import Region, Subject, TrackedModel
from bangfu.notices.enums import NoticeKind, NoticeMatter, NoticeState, ObjectionChannel


class Notice(TrackedModel):
    """A public notice or announcement of one village, as it is drafted and posted (C-044).

    ``days`` counts the day of posting, in calendar or working days; ``ends_on`` is the last day. ``phones``
    are the offices' ({unit, phone}). ``digest`` is the fingerprint of the words on the wall, taken when it is
    posted; from then on nothing of it changes. ``number`` is a number the village gave it, never a made-up
    one.
    """

    uid = models.UUIDField(default=uid7, unique=True, editable=False)
    subject = models.OneToOneField(Subject, models.PROTECT, related_name="notice")
    village = models.ForeignKey(Region, models.PROTECT, related_name="+", verbose_name="行政村")
    place = models.CharField("区划代码", max_length=15, db_index=True)
    kind = models.CharField("种类", max_length=12, choices=NoticeKind)
    matter = models.CharField("事项", max_length=12, choices=NoticeMatter)
    title = models.CharField("标题", max_length=100)
    number = models.CharField("公示编号", max_length=40, blank=True)
    opening = models.CharField("开头", max_length=500)
    posted_at = models.CharField("张贴地点", max_length=100)
    phones = models.JSONField("反映电话", default=list)
    objection_way = models.CharField("怎样反映", max_length=200)
    signed_by = models.CharField("落款", max_length=100)
    state = models.CharField("状态", max_length=10, choices=NoticeState, default=NoticeState.DRAFT)
    days = models.PositiveSmallIntegerField("公示天数")
    working_days = models.BooleanField("按工作日")
    composed_on = models.DateField("拟稿日期")
    composed_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="拟稿人")
    posted_on = models.DateField("张贴日期", null=True)
    ends_on = models.DateField("期满日期", null=True)
    posted_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="张贴人")
    taken_down_on = models.DateField("撤下日期", null=True)
    withdrawn_on = models.DateField("作废日期", null=True)
    withdrawn_reason = models.CharField("作废原因", max_length=300, blank=True)
    replaces = models.ForeignKey("self", models.PROTECT, null=True, related_name="replaced_by")
    digest = models.CharField("指纹", max_length=64, blank=True)

    objects = TrackedScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "公示"
        ordering = ("-composed_on", "-id")
        indexes = (models.Index(fields=["state", "ends_on"], name="notices_notice_take_down"),)

    def __str__(self) -> str:
        return self.title

    @property
    def is_announcement(self) -> bool:
        """Whether it tells what was decided; then there is no period and no objection."""
        return self.kind == NoticeKind.ANNOUNCEMENT

    @property
    def period(self) -> str:
        """Such as 5 个工作日."""
        return f"{self.days} {'个工作日' if self.working_days else '日'}"


class NoticeEntry(TrackedModel):
    """A row of a notice as the wall shows it, de-identified when composed; ``subject`` says who it is."""

    scope_owner = "notice"

    notice = models.ForeignKey(Notice, models.PROTECT, related_name="entries", verbose_name="公示")
    position = models.PositiveIntegerField("序号")
    subject = models.ForeignKey(Subject, models.PROTECT, null=True, related_name="notice_entries")
    group = models.CharField("村民小组", max_length=40)
    name = models.CharField("户主", max_length=60)
    people = models.PositiveSmallIntegerField("人口", null=True)
    category = models.CharField("类别", max_length=40)
    reason = models.CharField("原因", max_length=40, blank=True)
    id_number = models.CharField("打码的证件号码", max_length=18, blank=True)

    objects = TrackedScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "公示名单"
        ordering = ("notice", "position")
        constraints = (models.UniqueConstraint(fields=["notice", "position"], name="notices_entry_position"),)

    def __str__(self) -> str:
        return f"{self.group}{self.name}"


class Objection(TrackedModel):
    """What somebody said against a notice; who said it is optional and shown to nobody but its handlers."""

    scope_owner = "notice"

    uid = models.UUIDField(default=uid7, unique=True, editable=False)
    notice = models.ForeignKey(Notice, models.PROTECT, related_name="objections", verbose_name="公示")
    entry = models.ForeignKey(NoticeEntry, models.PROTECT, null=True, related_name="objections")
    objector = models.CharField("反映人", max_length=60, blank=True)
    channel = models.CharField("怎样反映的", max_length=12, choices=ObjectionChannel)
    received_on = models.DateField("收到日期")
    text = models.CharField("反映内容", max_length=500)
    due_on = models.DateField("答复期限")
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="登记人")
    answered_on = models.DateField("答复日期", null=True)
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="答复人")
    reply = models.CharField("核实情况和答复", max_length=500, blank=True)
    upheld = models.BooleanField("异议成立", null=True)

    objects = TrackedScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "异议"
        ordering = ("received_on", "id")
