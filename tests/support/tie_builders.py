"""Units, people and ties for tests, made by the actions."""

from __future__ import annotations

from datetime import date

from bangfu.access.models import Unit, User
from bangfu.core.models import Region
from bangfu.support.actions.people import register_person
from bangfu.support.actions.ties import Terms, register_tie
from bangfu.support.actions.units import UnitFacts, register_unit
from bangfu.support.models import Party, Tie
from tests.cast import COUNTY, NOW

START = date(2025, 1, 1)


def make_party(by: User, regions: dict[str, Region], name: str = "省林业局", **facts: str) -> Party:
    """A unit from outside that helps the county."""
    known = UnitFacts(**{"level": "province", "nature": "office"} | facts)
    return register_unit(by=by, at=NOW, name=name, region=regions[COUNTY], facts=known)


def make_person(by: User, unit: Unit, name: str = "李明") -> User:
    """Somebody of a unit, without an account."""
    return register_person(by=by, at=NOW, name=name, unit=unit)


def make_tie(
    by: User, kind: str, holder: Unit | User, target: Region | Unit, valid_from: date = START, **terms: object
) -> Tie:
    """A tie since ``START``."""
    said = Terms(valid_from, **terms)  # type: ignore[arg-type]
    return register_tie(by=by, at=NOW, kind=kind, holder=holder, target=target, terms=said)
