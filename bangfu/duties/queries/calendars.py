"""Readers for the calendar feed."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.http import Http404

from bangfu.access.models import User
from bangfu.access.queries import region_names
from bangfu.duties.enums import DueState
from bangfu.duties.models import CalendarKey, DueItem
from bangfu.duties.queries.items import in_state, last_recomputation

_TOWNSHIP = 9
"""Digits of a township's code: nothing finer leaves the house."""


@dataclass(frozen=True)
class Deadline:
    """So many items of one duty in one township that fall due on a day; no names."""

    code: str
    title: str
    place: str
    place_name: str
    due_on: date
    remind_on: date
    count: int


def digest_of(secret: str) -> str:
    """What is kept of a secret."""
    return hashlib.sha256(secret.encode()).hexdigest()


def user_of_secret(secret: str) -> User:
    """Whose feed the secret opens; raises Http404 for a closed one, and when the person may not sign in."""
    key = CalendarKey.objects.select_related("user").filter(digest=digest_of(secret)).first()
    if key is None or not key.user.is_active:
        raise Http404("这个日历地址不能用了。")
    return key.user


def calendar_key(user: User) -> CalendarKey | None:
    """The person's open feed."""
    return CalendarKey.objects.filter(user=user).first()


def deadlines(user: User, today: date) -> list[Deadline]:
    """What the person still owes, counted by duty, township and last day."""
    counted: dict[tuple[str, str, str, date, date], int] = {}
    for row in _open(user, today):
        key = (row["template__code"], row["template__title"], row["place"][:_TOWNSHIP], row["due_on"])
        whole = (*key, row["remind_on"])
        counted[whole] = counted.get(whole, 0) + row["number"]
    names = region_names(key[2] for key in counted)
    return [
        Deadline(code, title, place, names.get(place, ""), due, remind, count)
        for (code, title, place, due, remind), count in sorted(counted.items(), key=lambda one: one[0])
    ]


def _open(user: User, today: date) -> QuerySet[DueItem, dict[str, Any]]:
    still = in_state(DueState.DUE, today) | in_state(DueState.SOON, today)
    rows = DueItem.objects.filter(Q(holder__duty_holder__user=user) & still).order_by()
    fields = ("template__code", "template__title", "place", "due_on", "remind_on")
    return rows.values(*fields).annotate(number=Count("pk"))


def computed_at() -> datetime | None:
    """When what the feed says was computed."""
    last = last_recomputation()
    return last.at if last else None
