"""Row scope: which places grant a permission, and which rows lie in them.

``visible_to(user, permission)`` is the one way from a user to rows. Roles never union to the widest: each
permission holds in the places of the assignments that grant *it*.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q
from django.http import Http404
from django.utils import timezone

from bangfu.access.permissions import Permission
from bangfu.access.roles import Reach, clashing, role_bundles
from bangfu.core.models.change import TrackedQuerySet
from bangfu.core.models.region import range_end

if TYPE_CHECKING:
    from bangfu.access.models import User

PersonalScope = Callable[["User"], Q]
_personal: dict[type[models.Model], dict[Reach, list[PersonalScope]]] = {}


def register_personal_scope(model: type[models.Model], reach: Reach, scope: PersonalScope) -> None:
    """An upper room says which rows of ``model`` are a person's own, for roles of that reach.

    Several rooms may each say so of one model: what any of them names is the person's own.
    """
    _personal.setdefault(model, {}).setdefault(reach, []).append(scope)


def has_permission(user: User, permission: Permission) -> bool:
    """Whether the user has the permission anywhere."""
    return bool(_grants(user, permission))


def permissions_of(user: User) -> frozenset[Permission]:
    """The permissions that the user has anywhere."""
    bundles = role_bundles()
    return frozenset().union(*(bundles[role].permissions for role, _ in _held_today(user) if role in bundles))


def permits(user: User, permission: Permission, place: str) -> bool:
    """Whether the user has the permission in ``place`` (a region code) by region, own rows not counted."""
    return any(place.startswith(grant) for grant in places_of(user, permission))


def places_of(user: User, permission: Permission) -> tuple[str, ...]:
    """The region codes that grant the permission, without those inside another; own rows not counted."""
    codes = sorted({place for reach, place in _grants(user, permission) if reach is Reach.REGION})
    kept: list[str] = []
    for code in codes:
        if not (kept and code.startswith(kept[-1])):
            kept.append(code)
    return tuple(kept)


def personal_places_of(user: User, permission: Permission) -> tuple[str, ...]:
    """The region codes within which the permission holds for a person's own rows only."""
    return tuple(sorted({place for reach, place in _grants(user, permission) if reach is not Reach.REGION}))


def scope_q(model: type[models.Model], user: User, permission: Permission, field: str = "place") -> Q:
    """The rows of ``model`` that the permission reaches, by the region code in ``field``."""
    reached = within_any(field, places_of(user, permission))
    for reach, place in _grants(user, permission):
        for personal in _personal.get(model, {}).get(reach, ()):
            reached |= personal(user) & within(field, place)
    return reached


def within(field: str, place: str) -> Q:
    """Codes from ``place`` up to its end: a range, which uses the index. Empty is the whole country."""
    if not place:
        return Q()
    return Q(**{f"{field}__gte": place, f"{field}__lt": range_end(place)})


def within_any(field: str, places: Iterable[str]) -> Q:
    """Codes within one of the places; none of no place, all of the whole country."""
    found = Q(pk__in=())
    for place in places:
        if not place:
            return ~Q(pk__in=())
        found |= within(field, place)
    return found


def _grants(user: User, permission: Permission) -> list[tuple[Reach, str]]:
    """(reach, place) of the assignments that grant the permission today."""
    bundles = role_bundles()
    return [
        (bundles[role].reach, place)
        for role, place in _held_today(user)
        if role in bundles and permission in bundles[role].permissions
    ]


def _held_today(user: User) -> list[tuple[str, str]]:
    """(role, place) of the assignments that hold today; read once a request."""
    if not user.is_active:
        return []
    held = getattr(user, "_held_roles", None)
    if held is None:
        held = user._held_roles = _held_roles(user)  # type: ignore[attr-defined]
    return held


def _held_roles(user: User, on: date | None = None) -> list[tuple[str, str]]:
    day = on or timezone.localdate()
    valid = Q(valid_from__lte=day) & (Q(valid_to__isnull=True) | Q(valid_to__gte=day))
    held = list(user.assignments.filter(valid).values_list("role", "place"))
    # 三员分立也在读的时候守住：直接写进数据库的互斥角色，一个也不算
    void = clashing(role for role, _ in held)
    return [(role, place) for role, place in held if role not in void]


def get_visible(
    source: type[models.Model] | models.QuerySet, user: User, permission: Permission, **lookup: Any
) -> Any:
    """The one row of a model (or of a prepared queryset) that matches and that ``permission`` reaches.

    Raises Http404 for one outside the scope as for one that does not exist: an outsider learns nothing.
    """
    rows: Any = source if isinstance(source, models.QuerySet) else source._default_manager.all()
    row = rows.visible_to(user, permission).filter(**lookup).first()
    if row is None:
        raise Http404("这里没有您要的内容，或者它不在您管的范围里。")
    return row


COUNTY = 6
"""Digits of a county's code: a scope as wide holds too many owners to list them first."""


class ScopedQuerySet(models.QuerySet):
    """Rows with a place; ``scope_field`` of the model names the region code's field (default ``place``)."""

    def visible_to(self, user: User, permission: Permission) -> Any:
        """The rows that ``permission`` reaches for ``user``."""
        field = getattr(self.model, "scope_field", "place")
        owner = getattr(self.model, "scope_owner", None)
        if owner is None:
            return self.filter(scope_q(self.model, user, permission, field))
        # 依附于户的行，跟着户走
        owners = self.model._meta.get_field(owner).related_model.objects.visible_to(user, permission)
        if any(len(place) <= COUNTY for place in places_of(user, permission)):
            # 管着一个县：逐行问户在不在，不先列出全县的户
            return self.filter(models.Exists(owners.filter(pk=models.OuterRef(owner))))
        return self.filter(**{f"{owner}__in": owners})


class TrackedScopedQuerySet(TrackedQuerySet, ScopedQuerySet):  # type: ignore[override]
    """Tracked rows with a place."""
