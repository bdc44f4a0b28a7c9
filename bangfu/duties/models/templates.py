"""Templates of duties: dated versions, the software's and the county's."""

from __future__ import annotations

from django.db import models

from bangfu.access.models import User
from bangfu.access.scope import TrackedScopedQuerySet
from bangfu.core.ids import uid7
from bangfu.core.models import TrackedModel
from bangfu.duties.definition.windows import Rhythm
from bangfu.duties.enums import Each, WindowKind


class DutyTemplate(TrackedModel):
    """A version of a duty: who, what, how often, what proof; it decides on windows that begin from a day on.

    ``place`` is the county (empty: everywhere, as the software brings it). Of several versions that hold
    when a window begins, the nearest place's decides, then the newest. ``is_off`` says that nothing is owed.
    """

    uid = models.UUIDField(default=uid7, unique=True, editable=False)
    code = models.SlugField("代码", max_length=60)
    number = models.PositiveIntegerField("版次号")
    place = models.CharField("适用区划", max_length=15, blank=True)
    title = models.CharField("名称", max_length=60)
    what = models.CharField("做什么", max_length=200)
    who = models.CharField("谁", max_length=60)
    window = models.CharField("多久", max_length=10, choices=WindowKind)
    days = models.PositiveSmallIntegerField("一期几天", null=True)
    at_least = models.PositiveSmallIntegerField("至少几次")
    matcher = models.CharField("凭什么记录", max_length=60)
    each = models.CharField("怎样算", max_length=6, choices=Each, default=Each.TARGET)
    distinct = models.BooleanField("每个对象只算一次", default=False)
    proof = models.CharField("凭证", max_length=200, blank=True)
    tolerance_days = models.PositiveSmallIntegerField("宽限天数", default=0)
    reminder_days = models.PositiveSmallIntegerField("提前几天提醒", default=7)
    valid_from = models.DateField("自")
    valid_to = models.DateField("至", null=True)
    basis = models.CharField("依据", max_length=300)
    grade = models.CharField("依据等级", max_length=2)
    is_off = models.BooleanField("停用", default=False)
    is_shipped = models.BooleanField("随软件带来", default=False)
    digest = models.CharField("指纹", max_length=64, blank=True)
    note = models.CharField("改了什么、为什么", max_length=300, blank=True)
    made_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="编写人")
    made_at = models.DateTimeField("编写时间")

    objects = TrackedScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "责任规定"
        ordering = ("code", "-number")
        constraints = (models.UniqueConstraint(fields=["code", "number"], name="duties_template_number"),)

    def __str__(self) -> str:
        return self.title

    @property
    def rhythm(self) -> Rhythm:
        """How its windows follow each other."""
        return Rhythm(WindowKind(self.window), self.days or 1, self.valid_from)

    @property
    def together(self) -> bool:
        """Whether all of a holder's targets make one due item."""
        return self.each == Each.HOLDER
