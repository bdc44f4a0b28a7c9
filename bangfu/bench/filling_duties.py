"""Units, cadres, pairings and visits of a filled county, for ``bench duties``; written in bulk."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from django.db import models
from django.utils import timezone

from bangfu.access.models import Unit, UnitKind, User
from bangfu.bench.filling import COUNTY
from bangfu.core.changing import SYSTEM, recording
from bangfu.core.models import Region, RegionLevel, Subject, SubjectKind
from bangfu.core.parameters import supersede_parameter
from bangfu.core.statistics import analyze
from bangfu.households.models import Household, Pairing
from bangfu.support.enums.units import PostKind
from bangfu.support.enums.visits import VisitWay
from bangfu.support.models import Party, Tie, UnitPost, Visit

CADRES_A_UNIT = 20
_PIECE = 500
_EACH = 2_000
_MONITORED = 20
"""One household in so many is monitored."""
_RULES = (
    ("tie_rule_units_village", "1"),
    ("tie_rule_households_helper", "10"),
    ("tie_rule_helper_household", "1"),
    ("tie_force_five_two", "第一书记\n单位包村\n农技员\n法律顾问"),
)
_VISITS = {"monitored": 9, "registered": 3, "general": 1}
"""Visits a year so far to a household of each class."""


def fill_duties(cadres: int) -> int:
    """``cadres`` people of units that each adopted a village, every household paired; how many visits."""
    now = timezone.now()
    with recording(by=SYSTEM, at=now, verb="fill"):
        units = _units(-(-cadres // CADRES_A_UNIT))
        people = _people(units, cadres, now)
        _parties(units, people)
        _ties(units, people)
        watched = Household.objects.annotate(rest=models.F("pk") % _MONITORED).filter(rest=0)
        watched.update(monitored_category="sudden", risk_removed=False)
        _bulk(Pairing, _pairings(people))
        visits = _bulk(Visit, _visits(people, now))
    for code, text in _RULES:
        _switch_on(code, text, now)
    analyze((Subject, Household, User, Party, UnitPost, Tie, Pairing, Visit))
    return visits


def _switch_on(code: str, text: str, at: dt.datetime) -> None:
    """A rule of the county, so that the page of vacancies has something to ask."""
    supersede_parameter(
        by=SYSTEM,
        at=at,
        code=code,
        text=text,
        place=COUNTY,
        valid_from=at.date().replace(month=1, day=1),
        basis="测量用的数",
        grade="知",
    )


def _bulk(model: Any, rows: Iterable[Any]) -> int:
    count, rest = 0, iter(rows)
    while chunk := list(islice(rest, _EACH)):
        model.objects.bulk_create(chunk, batch_size=_PIECE)
        count += len(chunk)
    return count


def _units(count: int) -> list[Unit]:
    rows = [Unit(name=f"第{n}单位", kind=UnitKind.SENDING, place=COUNTY) for n in range(count)]
    return Unit.objects.bulk_create(rows, batch_size=_PIECE)


def _people(units: list[Unit], count: int, now: dt.datetime) -> list[User]:
    rows = [
        User(username=f"cadre{n}", name=f"干部{n}", unit=units[n % len(units)], created_at=now, password="!")
        for n in range(count)
    ]
    made: list[User] = User.objects.bulk_create(rows, batch_size=_PIECE)
    return made


def _parties(units: list[Unit], people: list[User]) -> None:
    rows = [Party(unit=unit, place=COUNTY, name=unit.name) for unit in units]
    rows += [Party(user=user, place=COUNTY, name=user.name) for user in people]
    subjects = [
        Subject(kind=SubjectKind.UNIT if row.unit_id else SubjectKind.PERSON, place=COUNTY, label=row.name)
        for row in rows
    ]
    Subject.objects.bulk_create(subjects, batch_size=_PIECE)
    for row, subject in zip(rows, subjects, strict=True):
        row.subject = subject
    Party.objects.bulk_create(rows, batch_size=_PIECE)


def _ties(units: list[Unit], people: list[User]) -> None:
    """Each unit with a village and its leadership, two principals' posts in a hundred ended in spring."""
    villages = list(Region.objects.filter(level=RegionLevel.VILLAGE).order_by("code"))
    parties = {party.unit_id: party for party in Party.objects.exclude(unit=None)}
    since = dt.date(timezone.localdate().year - 1, 1, 1)
    _bulk(Tie, (_tie(parties[unit.pk], villages[n % len(villages)], since) for n, unit in enumerate(units)))
    leaders = people[: 3 * len(units)]
    _bulk(UnitPost, (_post(user, n // len(units), since) for n, user in enumerate(leaders)))


def _tie(party: Party, village: Region, since: dt.date) -> Tie:
    return Tie(kind="unit_village", party=party, region=village, place=village.code, valid_from=since)


def _post(user: User, rank: int, since: dt.date) -> UnitPost:
    kind = PostKind.PRINCIPAL if rank == 0 else PostKind.DEPUTY
    return UnitPost(unit=user.unit, user=user, place=COUNTY, kind=kind, valid_from=since)


def _pairings(people: list[User]) -> Iterator[Pairing]:
    since = dt.date(timezone.localdate().year - 1, 6, 1)
    for number, household in enumerate(Household.objects.order_by("pk").iterator(_EACH)):
        yield Pairing(household=household, helper=people[number % len(people)], valid_from=since)


def _visits(people: list[User], now: dt.datetime) -> Iterator[Visit]:
    today = timezone.localdate(now)
    first, chance = dt.date(today.year, 1, 1), random.Random(1)
    for number, household in enumerate(Household.objects.order_by("pk").iterator(_EACH)):
        visitor = people[number % len(people)]
        for _ in range(_VISITS[_class_of(household)]):
            on = first + dt.timedelta(days=chance.randrange((today - first).days + 1))
            yield Visit(
                subject_id=household.subject_id,
                household=household,
                village_id=household.village_id,
                place=household.place,
                visitor=visitor,
                unit_id=visitor.unit_id,
                on=on,
                way=VisitWay.values[0],
                changed=False,
                new_risk=False,
                recorded_at=now,
                recorded_by=visitor,
            )


def _class_of(household: Household) -> str:
    if household.monitored_category:
        return "monitored"
    return "registered" if household.household_type == "registered" else "general"
