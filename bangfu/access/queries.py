"""The readers of this room."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404

from bangfu.access.models import RoleAssignment, Unit, User
from bangfu.access.permissions import Permission
from bangfu.access.roles import RoleBundle, role_bundles
from bangfu.access.scope import places_of, scope_q, within_any
from bangfu.core.models import Region, RegionLevel
from bangfu.core.models.region import county_of

ADMINISTRATION = (Permission.USER_MANAGE, Permission.ROLE_ASSIGN)


def users_seen_by(asker: User) -> QuerySet[User]:
    """The users whose unit lies where the asker administers users or roles."""
    reached = Q(pk__in=())
    for permission in ADMINISTRATION:
        reached |= scope_q(User, asker, permission, User.scope_field)
    return User.objects.filter(reached).select_related("unit").order_by("username")


def user_seen_by(asker: User, uid: Any) -> User:
    """One of these users; raises Http404 for any other."""
    user = users_seen_by(asker).filter(uid=uid).first()
    if user is None:
        raise Http404("这里没有您要的人，或者不在您管的范围里。")
    return user


def filtered_users(
    users: QuerySet[User], at: datetime, on: date, q: str = "", role: str = "", state: str = ""
) -> QuerySet[User]:
    """Users by part of name or sign-in name, by a role held on a day, by state."""
    if q:
        users = users.filter(Q(name__icontains=q.strip()) | Q(username__icontains=q.strip()))
    if role:
        users = users.filter(pk__in=current_assignments(on).filter(role=role).values("user"))
    states = {
        "active": Q(is_active=True),
        "stopped": Q(is_active=False),
        "locked": Q(locked_until__gt=at),
    }
    return users.filter(states.get(state, Q()))


def units_around(user: User, permission: Permission) -> QuerySet[Unit]:
    """The active units of the counties in which the user has the permission."""
    counties = {county_of(place) for place in places_of(user, permission)}
    return Unit.objects.filter(within_any("place", counties), is_active=True).order_by("kind", "name")


def current_assignments(on: date) -> QuerySet[RoleAssignment]:
    """Assignments in force on a day."""
    return RoleAssignment.objects.filter(
        Q(valid_from__lte=on) & (Q(valid_to__isnull=True) | Q(valid_to__gte=on))
    )


@dataclass(frozen=True)
class HeldRole:
    """An assignment with the names that its codes stand for."""

    assignment: RoleAssignment
    label: str
    place_name: str
    in_force: bool


def roles_of(user: User, on: date) -> list[HeldRole]:
    """All assignments of a user, those in force first, then by start."""
    assignments = list(user.assignments.select_related("granted_by"))
    names = region_names(assignment.place for assignment in assignments)
    held = [
        HeldRole(
            assignment,
            bundle.label if (bundle := role_bundles().get(assignment.role)) else assignment.role,
            names.get(assignment.place, assignment.place),
            assignment.valid_from <= on and (assignment.valid_to is None or assignment.valid_to >= on),
        )
        for assignment in assignments
    ]
    return sorted(held, key=lambda role: (not role.in_force, role.assignment.valid_from, role.assignment.pk))


def role_labels(users: Iterable[User], on: date) -> dict[int, str]:
    """The labels of the roles in force of each user, by user; one query."""
    labels: dict[int, list[str]] = {}
    for assignment in current_assignments(on).filter(user__in=list(users)).order_by("user", "role"):
        bundle = role_bundles().get(assignment.role)
        known = labels.setdefault(assignment.user_id, [])
        label = bundle.label if bundle else assignment.role
        if label not in known:
            known.append(label)
    return {user: "、".join(names) for user, names in labels.items()}


@dataclass(frozen=True)
class RoleEntry:
    """A role of the catalogue; ``holders`` is None for a reader who may not know who holds it."""

    bundle: RoleBundle
    permissions: list[str]
    excludes: list[str]
    holders: list[User] | None


def role_catalogue(asker: User, on: date) -> list[RoleEntry]:
    """All roles with their permissions in Chinese; holders within what the asker administers."""
    holders = _holders(asker, on)
    bundles = role_bundles()
    return [
        RoleEntry(
            bundle,
            [permission.label for permission in Permission if permission in bundle.permissions],
            [bundles[code].label for code in bundles if code in bundle.excludes],
            None if holders is None else holders.get(bundle.code, []),
        )
        for bundle in bundles.values()
    ]


def _holders(asker: User, on: date) -> dict[str, list[User]] | None:
    if not any(places_of(asker, permission) for permission in ADMINISTRATION):
        return None
    held: dict[str, list[User]] = {}
    seen = users_seen_by(asker)
    for assignment in current_assignments(on).filter(user__in=seen).select_related("user").order_by("user"):
        people = held.setdefault(assignment.role, [])
        if assignment.user not in people:
            people.append(assignment.user)
    return held


def units_seen_by(asker: User) -> QuerySet[Unit]:
    """Units where the asker administers users or roles."""
    reached = Q(pk__in=())
    for permission in ADMINISTRATION:
        reached |= scope_q(Unit, asker, permission)
    return Unit.objects.filter(reached)


def regions_where(asker: User, permission: Permission) -> QuerySet[Region]:
    """Regions from county to village in which the asker has the permission, in the order of their codes."""
    reached = within_any("code", places_of(asker, permission))
    levels = (RegionLevel.COUNTY, RegionLevel.TOWNSHIP, RegionLevel.VILLAGE)
    return Region.objects.filter(reached, level__in=levels, valid_to__isnull=True).order_by("code")


def region_names(codes: Iterable[str]) -> dict[str, str]:
    """The names of regions by code; one query."""
    return dict(Region.objects.filter(code__in=set(codes)).values_list("code", "name"))


@dataclass(frozen=True)
class OwnPermission:
    """A permission of one's own: its words, and through which role in which place it comes."""

    label: str
    sources: list[str]


def permissions_of(user: User, on: date) -> list[OwnPermission]:
    """What a person may do, each with where it comes from."""
    sources: dict[Permission, list[str]] = {}
    for held in roles_of(user, on):
        if held.in_force and held.assignment.role in role_bundles():
            bundle = role_bundles()[held.assignment.role]
            for permission in bundle.permissions:
                sources.setdefault(permission, []).append(f"{bundle.label}·{held.place_name}")
    return [
        OwnPermission(permission.label, sources[permission])
        for permission in Permission
        if permission in sources
    ]
