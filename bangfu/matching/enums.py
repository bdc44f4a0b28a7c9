"""The words of this room."""

from __future__ import annotations

from django.db import models


class Side(models.TextChoices):
    """Whether something is sought or given."""

    NEED = "need", "需求"
    OFFER = "offer", "供给"

    @property
    def other(self) -> Side:
        """The side that it is matched with."""
        return Side.OFFER if self is Side.NEED else Side.NEED


class ListingState(models.TextChoices):
    """Where a need or an offer stands."""

    SUBMITTED = "submitted", "等审核"
    RETURNED = "returned", "退回改"
    PUBLISHED = "published", "已发布"
    CLOSED = "closed", "已结束"


class MatchState(models.TextChoices):
    """How far a need and an offer have come."""

    TALKS = "talks", "洽谈"
    VISIT = "visit", "考察"
    SIGNED = "signed", "签约"
    LANDED = "landed", "落地"
    DROPPED = "dropped", "没有谈成"


FOLLOWING = {
    MatchState.TALKS: (MatchState.VISIT, MatchState.SIGNED, MatchState.DROPPED),
    MatchState.VISIT: (MatchState.SIGNED, MatchState.DROPPED),
    MatchState.SIGNED: (MatchState.LANDED, MatchState.DROPPED),
}
"""To which states a match may go from a state."""
LIVING = tuple(FOLLOWING)
"""States of a match that is under way."""
TAKING = (MatchState.SIGNED, MatchState.LANDED)
"""States in which a match takes its quantity from both sides."""


class ListingStep(models.TextChoices):
    """What happened to a need or an offer."""

    REGISTERED = "registered", "登记"
    CHANGED = "changed", "改内容"
    PUBLISHED = "published", "审核通过，发布"
    RETURNED = "returned", "审核退回"
    CLOSED = "closed", "结束"
