"""How an address with an object in it is filled, and who reaches the object."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bangfu.access.permissions import Permission
from tests.web.world import Person, Side

Arguments = dict[str, Any]
Fill = Callable[[Side], Arguments]


@dataclass(frozen=True)
class Target:
    """How the address is filled from a side.

    ``place`` gives where the object lies, for the expectation; ``personal``: it hangs on a household, so
    helpers, units and grid workers reach it. ``permissions`` replaces the view's when one address asks for
    different ones. ``seen_by`` replaces the rule for objects that do not lie in places; ``bounded`` is False
    where there is no outside (a catalogue that is the same everywhere).
    """

    arguments: Fill
    place: Callable[[Side], str] = lambda side: side.village
    personal: bool = False
    permissions: tuple[Permission, ...] = ()
    seen_by: Callable[[Person, Side], bool] | None = None
    bounded: bool = True


def of(name: str) -> Fill:
    return lambda side: {"uid": getattr(side, name).uid}


def county(side: Side) -> str:
    return side.village[:6]


def town(side: Side) -> str:
    return side.village[:9]


def of_household(name: str = "household", **more: Any) -> Target:
    return Target(of(name), personal=True, **more)


def of_subject(side: Side) -> Arguments:
    return {"uid": side.household.subject.uid}


def same(**arguments: str) -> Target:
    """A catalogue that is the same everywhere: no outside."""
    return Target(lambda side: arguments, bounded=False)


def of_village(side: Side) -> Arguments:
    return {"uid": side.grid.village.subject.uid}


def of_run(side: Side) -> Arguments:
    return {"uid": side.case.run.uid}


def nobody(person: Person, side: Side) -> bool:
    return False
