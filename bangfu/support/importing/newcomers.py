"""Units and people that a list made, taken back with it; they are not tracked, so the undo names them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.db.models import Model

from bangfu.access.models import Unit, User
from bangfu.duties.models import DutyHolder

_COMPUTED = (DutyHolder,)
"""Rows that are made again from others and bind nobody."""
_NAMED = 20


def remove_newcomers(kept: Mapping[str, Any]) -> Sequence[str]:
    """Delete the people and units that a batch made and nothing uses; what stays, and why, in words.

    ``kept`` has the keys of both. Call it when the batch's own rows are gone.
    """
    people = User.objects.filter(pk__in=kept.get("people", ()))
    stayed = [*_signing_in(people), *_removed(User, [user for user in people if not _signs_in(user)])]
    units = list(Unit.objects.filter(pk__in=kept.get("units", ())))
    stayed += _removed(Unit, units)
    more = [f"还有 {len(stayed) - _NAMED} 个"] if len(stayed) > _NAMED else []
    return [*stayed[:_NAMED], *more]


def _signs_in(user: User) -> bool:
    return bool(user.has_usable_password())


def _signing_in(people: Collection[User]) -> list[str]:
    return [f"{user.name}：已有登录账号" for user in people if _signs_in(user)]


def _removed(model: type[Unit] | type[User], rows: Sequence[Unit | User]) -> list[str]:
    """Delete the rows that nothing points at; the others in words."""
    used = _used(model, {row.pk for row in rows})
    free = [row.pk for row in rows if row.pk not in used]
    model._default_manager.filter(pk__in=free).delete()
    return [f"{row.name}：后来有了{'、'.join(sorted(used[row.pk]))}" for row in rows if row.pk in used]


def _used(model: type[Model], keys: set[int]) -> dict[int, set[str]]:
    """By key, what points at it: a statement a kind of row, however many keys."""
    found: dict[int, set[str]] = defaultdict(set)
    for relation in model._meta.related_objects:
        pointing = relation.field.model
        if relation.many_to_many or pointing in _COMPUTED:
            continue
        name = relation.field.attname
        rows = pointing._base_manager.filter(**{f"{name}__in": keys}).order_by()
        for key in rows.values_list(name, flat=True).distinct():
            found[key].add(str(pointing._meta.verbose_name))
    return found
