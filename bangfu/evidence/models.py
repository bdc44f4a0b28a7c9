"""A paper or a file: what it is, to whom it belongs, who brought it, when."""

from __future__ import annotations

from django.db import models

from bangfu.access.models import User
from bangfu.access.scope import TrackedScopedQuerySet
from bangfu.core.ids import uid7
from bangfu.core.models import Subject, TrackedModel
from bangfu.evidence.enums import PaperKind


class EvidenceFile(TrackedModel):
    """A file about a subject; its bytes lie encrypted outside the database, under their SHA-256.

    ``dated_on`` is the day written on the paper, ``signed`` and ``sealed`` what stands on it (null: not
    said).
    """

    scope_field = "subject__place"

    uid = models.UUIDField(default=uid7, unique=True, editable=False)
    subject = models.ForeignKey(Subject, models.PROTECT, related_name="evidence")
    kind = models.CharField("种类", max_length=40, choices=PaperKind)
    title = models.CharField("名称", max_length=100)
    digest = models.CharField("指纹", max_length=64, db_index=True)
    media_type = models.CharField("类型", max_length=80)
    size = models.PositiveBigIntegerField("大小（字节）")
    dated_on = models.DateField("落款日期", null=True)
    signed = models.BooleanField("已签字", null=True)
    sealed = models.BooleanField("已盖章", null=True)
    uploaded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField("上传")
    withdrawn = models.BooleanField("已撤下", default=False)

    objects = TrackedScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "凭证"
        ordering = ("-uploaded_at", "-id")

    def __str__(self) -> str:
        return self.title

    @property
    def kilobytes(self) -> int:
        """The size, rounded up."""
        return -(-self.size // 1024)
