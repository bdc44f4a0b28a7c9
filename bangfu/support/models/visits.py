"""Visits to households and villages, and the proposed changes that followed."""

from __future__ import annotations

from django.db import models

from bangfu.access.models import Unit, User
from bangfu.access.scope import TrackedScopedQuerySet
from bangfu.core.ids import uid7
from bangfu.core.models import Region, Subject, TrackedModel
from bangfu.evidence.models import EvidenceFile
from bangfu.households.models import Household, ProposedChange
from bangfu.monitoring.models import Clue
from bangfu.support.enums.visits import VisitWay


class Visit(TrackedModel):
    """Somebody saw, or rang, a household or went to a village; ``household`` is empty for a village.

    ``subject`` is the household's or the village's. ``unit`` is the visitor's on that day; ``recorded_by``
    may be a colleague who wrote it down. ``uid`` may come
    from the phone, so that the same note sent twice is kept once. ``met`` holds codes of VisitMet,
    ``met_somebody`` repeats it for lists. ``longitude`` and ``latitude`` (degrees, CGCS2000) are there only
    when the visitor pressed for them. What was withdrawn stays and counts nowhere.
    """

    uid = models.UUIDField(default=uid7, unique=True, editable=False)
    subject = models.ForeignKey(Subject, models.PROTECT, related_name="visits")
    household = models.ForeignKey(
        Household, models.PROTECT, null=True, related_name="visits", verbose_name="户"
    )
    village = models.ForeignKey(Region, models.PROTECT, related_name="visits", verbose_name="村")
    place = models.CharField("区划代码", max_length=15)
    visitor = models.ForeignKey(User, models.PROTECT, related_name="visits", verbose_name="走访人")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="visits", verbose_name="单位")
    on = models.DateField("走访日期")
    way = models.CharField("怎么见的", max_length=10, choices=VisitWay)
    met = models.JSONField("见到谁", default=list)
    met_somebody = models.BooleanField("见到人", default=True)
    changed = models.BooleanField("有变化")
    changed_what = models.JSONField("哪些变了", default=list)
    new_risk = models.BooleanField("有新风险")
    risks = models.JSONField("风险", default=list)
    text = models.TextField("情况", max_length=1000, blank=True)
    clue = models.ForeignKey(Clue, models.PROTECT, null=True, related_name="visits", verbose_name="线索")
    photo = models.ForeignKey(EvidenceFile, models.PROTECT, null=True, related_name="+", verbose_name="照片")
    longitude = models.DecimalField("经度", max_digits=9, decimal_places=6, null=True)
    latitude = models.DecimalField("纬度", max_digits=8, decimal_places=6, null=True)
    back_dating_reason = models.CharField("补记原因", max_length=200, blank=True)
    recorded_at = models.DateTimeField("登记时间")
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="登记人")
    withdrawn_at = models.DateTimeField("撤下时间", null=True)
    withdrawn_reason = models.CharField("撤下原因", max_length=200, blank=True)

    objects = TrackedScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "走访"
        ordering = ("-on", "-id")
        indexes = (
            models.Index(fields=["place", "on"], name="support_visit_place"),
            models.Index(fields=["household", "on"], name="support_visit_household"),
            models.Index(fields=["visitor", "on"], name="support_visit_visitor"),
            models.Index(fields=["on", "visitor"], name="support_visit_day"),
        )


class VisitProposal(TrackedModel):
    """A proposed change that a visit gave rise to."""

    scope_owner = "visit"

    visit = models.ForeignKey(Visit, models.PROTECT, related_name="proposals", verbose_name="走访")
    proposal = models.OneToOneField(
        ProposedChange, models.PROTECT, related_name="visit_source", verbose_name="变更建议"
    )

    objects = TrackedScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "走访提出的建议"
