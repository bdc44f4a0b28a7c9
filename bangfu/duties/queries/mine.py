"""What a person owes now, duty by duty."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q, QuerySet

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.duties.enums import DueState
from bangfu.duties.models import DueItem, DutyTemplate
from bangfu.duties.queries.items import in_state, own_items, state_on, with_names
from bangfu.duties.sources import matchers

RECENT = timedelta(days=92)
"""How long something overdue is still shown as work: a record may still be made with its day."""
_SHOWN = 60
"""So many items of a duty stand on the page; the list has all."""


@dataclass(frozen=True)
class MyItem:
    """An item, where it stands, and the page on which the record is made ("" where there is none)."""

    item: DueItem
    state: DueState
    record_url: str


@dataclass(frozen=True)
class MyDuty:
    """A duty with its items, the most pressing first, and how many more there are."""

    template: DutyTemplate
    items: list[MyItem]
    more: int


@dataclass(frozen=True)
class MyDuties:
    """What a person owes now, what the unit owes, and how much stands how."""

    own: list[MyDuty]
    unit: list[MyDuty]
    counts: dict[DueState, int]


_ORDER = (DueState.OVERDUE, DueState.SOON, DueState.DUE, DueState.DONE, DueState.EXCUSED)


def my_duties(user: User, today: date) -> MyDuties:
    """The windows that are open today or were missed in the last three months."""
    own = _now(own_items(user), today)
    counts = dict.fromkeys(DueState, 0)
    for row in own:
        counts[state_on(row, today)] += 1
    return MyDuties(_by_duty(own, user, today), _by_duty(_now(_of_unit(user), today), user, today), counts)


def _of_unit(user: User) -> QuerySet[DueItem]:
    """What the person's unit as such owes, as far as the person sees it."""
    rows = DueItem.objects.visible_to(user, Permission.DUTY_VIEW)
    unit = Q(holder__duty_holder__unit=user.unit_id, holder__duty_holder__user=None)
    return with_names(rows.filter(unit) if user.unit_id else rows.none())


def _now(rows: QuerySet[DueItem], today: date) -> QuerySet[DueItem]:
    missed = in_state(DueState.OVERDUE, today) & Q(due_on__gte=today - RECENT)
    return rows.filter(Q(window_start__lte=today, due_on__gte=today) | missed).order_by(
        "due_on", "place", "pk"
    )


def _by_duty(rows: QuerySet[DueItem], user: User, today: date) -> list[MyDuty]:
    found: dict[str, list[MyItem]] = defaultdict(list)
    for row in rows:
        found[row.template.code].append(MyItem(row, state_on(row, today), record_url(user, row)))
    duties = []
    for items in found.values():
        items.sort(key=lambda one: (_ORDER.index(one.state), one.item.due_on))
        duties.append(MyDuty(items[-1].item.template, items[:_SHOWN], len(items) - len(items[:_SHOWN])))
    return sorted(duties, key=lambda duty: (_ORDER.index(duty.items[0].state), duty.template.code))


def record_url(user: User, item: DueItem) -> str:
    """The page on which the person makes a record that counts for the item; "" where there is none."""
    matcher = matchers().get(item.template.matcher)
    if matcher is None or matcher.record_url is None:
        return ""
    return matcher.record_url(user, item.target_id)
