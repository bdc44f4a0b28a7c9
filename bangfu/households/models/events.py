"""What happened to households and people, and what somebody proposes to change."""

from __future__ import annotations

from django.db import models

from bangfu.access.models import User
from bangfu.access.scope import TrackedScopedQuerySet
from bangfu.core.ids import uid7
from bangfu.core.models import TrackedModel
from bangfu.households.enums import ChangeSource, NaturalChangeKind, ProposalState
from bangfu.households.models.household import Household, Member


class NaturalChange(TrackedModel):
    """A dated event: birth, marriage, death, move, split, merge. ``household`` is where it is booked.

    ``other_household`` is the household a split made, or the one a merge went into; ``persons`` the
    number of people
    it moved (1 for one member).
    """

    scope_owner = "household"

    uid = models.UUIDField(default=uid7, unique=True, editable=False)
    household = models.ForeignKey(Household, models.PROTECT, related_name="natural_changes")
    other_household = models.ForeignKey(Household, models.PROTECT, null=True, related_name="+")
    member = models.ForeignKey(Member, models.PROTECT, null=True, related_name="natural_changes")
    kind = models.CharField("种类", max_length=14, choices=NaturalChangeKind)
    occurred_on = models.DateField("发生日期", db_index=True)
    persons = models.PositiveSmallIntegerField("人数", default=1)
    note = models.CharField("说明", max_length=300, blank=True)

    objects = TrackedScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "自然变更"
        ordering = ("-occurred_on", "-id")


class ProposedChange(TrackedModel):
    """New values somebody proposes for a household or a member; somebody else accepts or refuses them.

    ``values`` maps a field to ``{"from": …, "to": …}``; ``seen_version`` is the version the proposer saw.
    """

    scope_owner = "household"

    uid = models.UUIDField(default=uid7, unique=True, editable=False)
    household = models.ForeignKey(Household, models.PROTECT, related_name="proposed_changes")
    member = models.ForeignKey(Member, models.PROTECT, null=True, related_name="proposed_changes")
    values = models.JSONField("建议的值")
    seen_version = models.PositiveIntegerField()
    source = models.CharField("来源", max_length=16, choices=ChangeSource)
    source_note = models.CharField("来源说明", max_length=200, blank=True)
    state = models.CharField("状态", max_length=10, choices=ProposalState, default=ProposalState.WAITING)
    proposed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField("提出时间")
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField("审核时间", null=True)
    decision_reason = models.CharField("审核意见", max_length=300, blank=True)

    objects = TrackedScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "变更建议"
        ordering = ("-proposed_at", "-id")
        indexes = (models.Index(fields=["state", "-proposed_at"], name="households_proposals"),)
