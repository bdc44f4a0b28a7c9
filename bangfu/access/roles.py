"""Roles: documented bundles of permissions, read from ``roles.yaml``."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import Enum
from functools import lru_cache
from pathlib import Path

import yaml

from bangfu.access.permissions import Permission

_FILE = Path(__file__).with_name("roles.yaml")


class Reach(Enum):
    """How far a role's permissions go inside its place."""

    REGION = "region"
    OWN = "own"
    UNIT = "unit"
    GRID = "grid"


@dataclass(frozen=True)
class RoleBundle:
    """A role: its permissions, its reach, the levels of place it is given in, the roles it excludes."""

    code: str
    label: str
    description: str
    reach: Reach
    levels: tuple[str, ...]
    permissions: frozenset[Permission]
    excludes: frozenset[str]


@lru_cache(maxsize=1)
def role_bundles() -> dict[str, RoleBundle]:
    """All roles by code, in the order of the file; raises ValueError for an unknown permission or role."""
    entries = yaml.safe_load(_FILE.read_text("utf-8"))
    bundles = {code: _bundle(code, entry) for code, entry in entries.items()}
    for bundle in bundles.values():
        unknown = bundle.excludes - bundles.keys()
        if unknown:
            raise ValueError(f"{bundle.code} excludes unknown roles: {sorted(unknown)}")
    return {code: _both_ways(bundle, bundles) for code, bundle in bundles.items()}


def _both_ways(bundle: RoleBundle, bundles: dict[str, RoleBundle]) -> RoleBundle:
    """Exclusion holds in both directions, whichever role names the other."""
    excluding = {other.code for other in bundles.values() if bundle.code in other.excludes}
    return replace(bundle, excludes=bundle.excludes | excluding)


def clashing(roles: Iterable[str]) -> frozenset[str]:
    """The roles among ``roles`` that exclude one another; a person who holds them so has none of them."""
    held = set(roles)
    bundles = role_bundles()
    return frozenset(code for code in held if code in bundles and bundles[code].excludes & held)


def _bundle(code: str, entry: dict) -> RoleBundle:
    return RoleBundle(
        code=code,
        label=entry["label"],
        description=entry["description"],
        reach=Reach(entry.get("reach", "region")),
        levels=tuple(entry["levels"]),
        permissions=frozenset(Permission(name) for name in entry["permissions"]),
        excludes=frozenset(entry.get("excludes", ())),
    )
