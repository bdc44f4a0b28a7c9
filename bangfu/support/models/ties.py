"""A tie: a unit or a person stands for a place, a unit or a person, from one day until another."""

from __future__ import annotations

from django.db import models

from bangfu.access.scope import TrackedScopedQuerySet
from bangfu.core.ids import uid7
from bangfu.core.models import Region, TrackedModel
from bangfu.evidence.models import EvidenceFile
from bangfu.support.models.units import Party


class Tie(TrackedModel):
    """Who stands for whom (挂、包、对口); ``kind`` is a code of ``tie_kinds.yaml``.

    Exactly one of ``region`` and ``other`` is the target. ``place`` is the target's. A household's helper
    is not here: that is ``households.Pairing``.
    """

    uid = models.UUIDField(default=uid7, unique=True, editable=False)
    kind = models.CharField("种类", max_length=40)
    party = models.ForeignKey(Party, models.PROTECT, related_name="ties", verbose_name="谁")
    region = models.ForeignKey(
        Region, models.PROTECT, null=True, related_name="ties", verbose_name="挂联地区"
    )
    other = models.ForeignKey(
        Party, models.PROTECT, null=True, related_name="ties_to", verbose_name="对口单位"
    )
    place = models.CharField("区划代码", max_length=15)
    valid_from = models.DateField("自")
    valid_to = models.DateField("至", null=True)
    planned_to = models.DateField("文件定的期限", null=True)
    paper_number = models.CharField("文件", max_length=100, blank=True)
    paper = models.ForeignKey(
        EvidenceFile, models.PROTECT, null=True, related_name="+", verbose_name="文件扫描件"
    )
    note = models.CharField("说明", max_length=200, blank=True)
    end_reason = models.CharField("结束原因", max_length=100, blank=True)

    objects = TrackedScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "挂包关系"
        ordering = ("place", "kind", "valid_from", "id")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(region__isnull=True) ^ models.Q(other__isnull=True),
                name="support_tie_one_target",
            ),
        )
        indexes = (
            models.Index(fields=["place", "kind", "valid_to"], name="support_tie_place"),
            models.Index(fields=["party", "valid_to"], name="support_tie_party"),
            models.Index(fields=["kind", "valid_to", "place"], name="support_tie_kind"),
            models.Index(
                fields=["planned_to", "place"],
                condition=models.Q(valid_to__isnull=True),
                name="support_tie_due",
            ),
        )
