"""Readers of due items: which a person sees, and where they stand on a day."""

from __future__ import annotations

from datetime import date

from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.http import Http404

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.core.models import Region
from bangfu.duties.enums import DueState
from bangfu.duties.models import DueItem, Recomputation

_OPEN = Q(done__lt=F("needed"))


def state_on(item: DueItem, day: date) -> DueState:
    """Where an item stands on a day."""
    if item.needed == 0:
        return DueState.EXCUSED
    if item.done >= item.needed:
        return DueState.DONE
    if item.due_on < day:
        return DueState.OVERDUE
    return DueState.SOON if item.remind_on <= day else DueState.DUE


def in_state(state: str, day: date) -> Q:
    """The condition for items that stand so on a day; says the same as ``state_on``."""
    return {
        DueState.EXCUSED: Q(needed=0),
        DueState.DONE: Q(needed__gt=0, done__gte=F("needed")),
        DueState.OVERDUE: _OPEN & Q(due_on__lt=day),
        DueState.SOON: _OPEN & Q(due_on__gte=day, remind_on__lte=day),
        DueState.DUE: _OPEN & Q(due_on__gte=day, remind_on__gt=day),
    }[DueState(state)]


def with_names(rows: QuerySet[DueItem]) -> QuerySet[DueItem]:
    """The rows with what their lists show: duty, holder, unit, target, the place's name."""
    named = Region.objects.filter(code=OuterRef("place")).values("name")[:1]
    related = ("template", "holder__duty_holder__unit", "target")
    return rows.select_related(*related).annotate(place_name=Subquery(named))


def items_seen_by(user: User) -> QuerySet[DueItem]:
    """The items in the person's places, or of the person's own or unit by the role's reach."""
    rows: QuerySet[DueItem] = DueItem.objects.visible_to(user, Permission.DUTY_VIEW)
    return with_names(rows)


def own_items(user: User) -> QuerySet[DueItem]:
    """What the person owes, wherever it is: everybody sees their own."""
    return with_names(DueItem.objects.filter(holder__duty_holder__user=user))


def item_seen_by(user: User, pk: int) -> DueItem:
    """One item, of the person's own or in reach; raises Http404 for any other."""
    item = own_items(user).filter(pk=pk).first() or items_seen_by(user).filter(pk=pk).first()
    if item is None:
        raise Http404("这里没有您要的内容，或者它不在您管的范围里。")
    return item


def last_recomputation() -> Recomputation | None:
    """When everything was last computed; None before the first time."""
    return Recomputation.objects.first()
