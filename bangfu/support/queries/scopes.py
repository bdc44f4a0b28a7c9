"""Whose ties and units are a person's own, and which units somebody may see."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import Http404

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.support.models import Brought, Party, Tie, YearPlan


def own_ties(user: User) -> Q:
    """The person's own ties and those of the person's unit and its people."""
    own = Q(party__user=user)
    if user.unit_id is None:
        return own
    unit = user.unit_id
    return own | Q(party__unit=unit) | Q(party__user__unit=unit) | Q(other__unit=unit)


def own_parties(user: User) -> Q:
    """The person, the unit, and the people of the unit."""
    own = Q(user=user)
    return own if user.unit_id is None else own | Q(unit=user.unit_id) | Q(user__unit=user.unit_id)


def own_unit_rows(user: User) -> Q:
    """Plans, results and summaries of the person's unit."""
    return Q(pk__in=()) if user.unit_id is None else Q(party__unit=user.unit_id)


def own_posts(user: User) -> Q:
    """Posts in the person's unit."""
    return Q(user=user) if user.unit_id is None else Q(unit=user.unit_id) | Q(user=user)


def parties_seen_by(user: User) -> QuerySet[Party]:
    """Units and people in reach, and those who stand for, plan or bring to a place in reach."""
    near: QuerySet[Party] = Party.objects.visible_to(user, Permission.UNIT_VIEW)
    ties = Tie.objects.visible_to(user, Permission.TIE_VIEW)
    seen = Q(pk__in=near.values("pk")) | Q(pk__in=ties.values("party")) | Q(pk__in=ties.values("other"))
    for model in (YearPlan, Brought):
        seen |= Q(pk__in=model._default_manager.visible_to(user, Permission.UNIT_VIEW).values("party"))
    return Party.objects.filter(seen)


def party_seen_by(user: User, rows: QuerySet[Party], uid: UUID) -> Party:
    """One of the ``rows`` that the person may see; raises Http404 for any other."""
    party = rows.filter(pk__in=parties_seen_by(user).values("pk"), uid=uid).first()
    if party is None:
        raise Http404("这里没有您要的内容，或者它不在您管的范围里。")
    return party
