"""Reading proposed changes: side by side with the register, and the others about the same household."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.households.enums import ProposalState
from bangfu.households.facts import in_order, label_of, opened, same, shown
from bangfu.households.models import ProposedChange


@dataclass(frozen=True)
class ComparedField:
    """A proposed field as the proposer saw it, as it is now, as proposed; ``stale`` if it changed since."""

    label: str
    seen: str
    now: str
    proposed: str
    stale: bool


def compared(proposal: ProposedChange) -> list[ComparedField]:
    """The fields of a proposal, masked like everywhere."""
    target = proposal.member or proposal.household
    model = type(target)
    rows = []
    for name in in_order(model, proposal.values):
        value = proposal.values[name]
        seen, wanted = opened(model, name, value["from"]), opened(model, name, value["to"])
        now = getattr(target, name)
        rows.append(
            ComparedField(
                label_of(model, name),
                shown(model, name, seen),
                shown(model, name, now),
                shown(model, name, wanted),
                stale=not same(seen, now),
            )
        )
    return rows


def siblings(proposal: ProposedChange, user: User) -> QuerySet[ProposedChange]:
    """Other waiting proposals about the same household."""
    rows = ProposedChange.objects.visible_to(user, Permission.HOUSEHOLD_VIEW)
    same_household = rows.filter(household=proposal.household_id, state=ProposalState.WAITING)
    return same_household.exclude(pk=proposal.pk).select_related("proposed_by", "member")
