"""Visits of the cast, through the real actions."""

from __future__ import annotations

from datetime import date
from typing import Any

from bangfu.access.models import Unit, UnitKind, User
from bangfu.core.changing import SYSTEM, recording
from bangfu.core.models import Region
from bangfu.households.models import Household, Pairing
from bangfu.support.actions.parties import party_of_unit, party_of_user
from bangfu.support.actions.visits import Note, record_visit
from bangfu.support.models import Tie, Visit
from tests.cast import COUNTY, NOW, TODAY, make_user

SINCE = date(2026, 1, 1)


def a_unit(name: str = "县农业银行") -> Unit:
    return Unit.objects.create(name=name, kind=UnitKind.SENDING, place=COUNTY)


def a_helper(household: Household | None = None, unit: Unit | None = None, name: str = "helper-1") -> User:
    """Somebody who helps the household, if one is given."""
    user = make_user("helper", COUNTY, username=name, unit=unit)
    if household is not None:
        with recording(by=SYSTEM, at=NOW, verb="set_up"):
            Pairing.objects.create(household=household, helper=user, valid_from=SINCE)
    return user


def tied(holder: User | Unit, region: Region, kind: str = "unit_village") -> Tie:
    """A tie that holds since the first of January."""
    with recording(by=SYSTEM, at=NOW, verb="set_up"):
        party = party_of_user(holder) if isinstance(holder, User) else party_of_unit(holder)
        return Tie.objects.create(kind=kind, party=party, region=region, place=region.code, valid_from=SINCE)


def note(**given: Any) -> Note:
    """An ordinary visit at home: the head was in, nothing has changed."""
    facts: dict[str, Any] = {"on": TODAY, "way": "home", "met": ["head"], "changed": False, "new_risk": False}
    return Note(**{**facts, **given})


def village_note(**given: Any) -> Note:
    return note(**{"way": "village", "met": ["officials"], **given})


def visited(by: User, target: Household | Region, **given: Any) -> Visit:
    made = note if isinstance(target, Household) else village_note
    return record_visit(by=by, at=NOW, target=target, note=made(**given))
