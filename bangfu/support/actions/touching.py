"""Whose duties a change of a tie, a post or a pairing touches; they are right at once (C-019, C-104)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db.models import Q

from bangfu.access.models import UnitKind, User
from bangfu.core.changing import Actor
from bangfu.core.models.region import CODE_LENGTHS, RegionLevel
from bangfu.duties.registry import note_ties
from bangfu.support.actions.parties import party_of_user
from bangfu.support.models import Party, Tie

_TOWNSHIP = CODE_LENGTHS[RegionLevel.TOWNSHIP]


def touched_by(tie: Tie) -> set[int]:
    """The holder of a tie, who has a post in its unit, the township office that keeps in touch with it."""
    party = tie.party
    if party.unit_id is None:
        return {party.subject_id}
    posted = Q(user__posts__unit=party.unit_id)
    office = Q(unit__kind=UnitKind.TOWNSHIP, place=tie.place[:_TOWNSHIP])
    rows = Party.objects.filter(posted | office).order_by()
    return {party.subject_id, *rows.values_list("subject", flat=True)}


def note_pairings(by: Actor, at: datetime, helpers: Collection[User]) -> None:
    """Helpers got households or gave them up; inside the action that did it."""
    note_ties(at=at, holders={party_of_user(helper).subject_id for helper in helpers})
