"""Who has something to hand over, what it is, and what was handed over on a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.households.models import Pairing
from bangfu.support.models import Tie
from bangfu.support.queries.ties import people_for

OFFERED = 30


def managed_ties(user: User, giver: User | None = None) -> QuerySet[Tie]:
    """Open ties of people where ``user`` manages ties, by place."""
    rows = Tie.objects.visible_to(user, Permission.TIE_MANAGE).filter(valid_to=None)
    rows = rows.filter(party__user=giver) if giver else rows.filter(party__user__isnull=False)
    return rows.select_related("party", "region__parent", "other").order_by("place", "pk")


def managed_pairings(user: User, giver: User | None = None) -> QuerySet[Pairing]:
    """Open pairings where ``user`` manages pairings, by place."""
    rows = Pairing.objects.visible_to(user, Permission.GRID_MANAGE).filter(valid_to=None)
    rows = rows.filter(helper=giver) if giver else rows
    return rows.select_related("household__village", "helper").order_by("household__place", "pk")


def givers(user: User, text: str = "") -> QuerySet[User]:
    """People with something open in the reach of ``user``, those who left first; a part of a name narrows."""
    ties = managed_ties(user).order_by().filter(party__user=OuterRef("pk"))
    pairings = managed_pairings(user).order_by().filter(helper=OuterRef("pk"))
    found = User.objects.filter(Exists(ties) | Exists(pairings))
    if text:
        found = found.filter(Q(name__icontains=text) | Q(unit__name__icontains=text))
    return found.select_related("unit").order_by("is_active", "name", "pk")


def takers(user: User, giver: User, text: str = "") -> QuerySet[User]:
    """Active people who could take over: those of the giver's unit, or whose name or unit holds ``text``."""
    near_by = people_for(user, text).exclude(pk=giver.pk)
    if text:
        return near_by.filter(pk__in=list(near_by.values_list("pk", flat=True)[:OFFERED]))
    return near_by.filter(unit=giver.unit_id)


@dataclass(frozen=True)
class HandedOver:
    """What went from one person to another on a day."""

    pairings: list[Pairing]
    ties: list[Tie]


def handed_over(user: User, giver: User, taker: User, on: date) -> HandedOver:
    """What ``taker`` has since ``on`` and ``giver`` had until the day before, as far as ``user`` may see."""
    before = on - timedelta(days=1)
    given = Pairing.objects.filter(helper=giver, valid_to=before).values("household")
    pairings = Pairing.objects.visible_to(user, Permission.PAIRING_VIEW)
    taken = pairings.filter(helper=taker, valid_from=on, household__in=given)
    former = Tie.objects.filter(party__user=giver, valid_to=before, kind=OuterRef("kind"))
    same_target = Q(region=OuterRef("region")) | Q(other=OuterRef("other"))
    ties = Tie.objects.visible_to(user, Permission.TIE_VIEW).filter(
        Exists(former.filter(same_target)), party__user=taker, valid_from=on
    )
    return HandedOver(
        list(taken.select_related("household__village").order_by("household__place", "pk")),
        list(ties.select_related("region__parent", "other", "party").order_by("place", "pk")),
    )
