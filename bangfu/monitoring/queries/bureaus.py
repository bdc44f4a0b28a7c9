"""Which unit answers for which bureau of the information check, and whose checks a person may answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Case, CharField, Count, Q, QuerySet, Value, When

from bangfu.access.models import Unit, User
from bangfu.access.permissions import Permission
from bangfu.access.scope import places_of, within, within_any
from bangfu.core.parameters import value
from bangfu.monitoring.enums.cases import CheckResult
from bangfu.monitoring.models import BureauUnit, InformationCheck

UNSET = "县帮扶办（还没有定单位）"
_COUNTY_DIGITS = 6


@dataclass(frozen=True)
class Bureau:
    """A bureau of the information check: who answers for it, and how many checks wait for it."""

    name: str
    units: list[Unit]
    waiting: int


def county_of(user: User) -> str:
    """The code of the county whose bureaus the person sets; empty without any."""
    places = places_of(user, Permission.BUREAU_SET)
    return places[0][:_COUNTY_DIGITS] if places else ""


def bureaus(place: str, on: date) -> list[Bureau]:
    """The bureaus that are asked on a day, then others that still owe an answer."""
    owing = InformationCheck.objects.filter(within("case__place", place), result=CheckResult.WAITING)
    waiting = dict(owing.order_by().values_list("bureau").annotate(Count("pk")))
    asked: list[str] = value("information_check_bureaus", on=on, place=place)
    units: dict[str, list[Unit]] = {}
    for row in in_force(on).filter(place=place).select_related("unit"):
        units.setdefault(row.bureau, []).append(row.unit)
    names = dict.fromkeys([*asked, *sorted(waiting)])
    return [Bureau(name, units.get(name, []), waiting.get(name, 0)) for name in names]


def in_force(on: date) -> QuerySet[BureauUnit]:
    """The units that answer on a day."""
    return BureauUnit.objects.filter(Q(valid_to=None) | Q(valid_to__gte=on), valid_from__lte=on)


def checks_for(user: User, on: date) -> QuerySet[InformationCheck]:
    """The checks that the person may answer: their unit's bureaus; who sets the bureaus may answer all.

    Each has ``answered_by``: the names of the units that answer for it, or that nobody is set.
    """
    return _own_checks(user, on).annotate(answered_by=_answered_by(on))


def may_answer(user: User, check: InformationCheck, on: date) -> bool:
    """Whether the check is one of those that the person may answer."""
    return _own_checks(user, on).filter(pk=check.pk).exists()


def _own_checks(user: User, on: date) -> QuerySet[InformationCheck]:
    own = within_any("case__place", places_of(user, Permission.BUREAU_SET))
    for place, bureau in in_force(on).filter(unit=user.unit_id).values_list("place", "bureau"):
        own |= within("case__place", place) & Q(bureau=bureau)
    rows: QuerySet[InformationCheck] = InformationCheck.objects.visible_to(user, Permission.CASE_CHECK)
    return rows.filter(own)


def _answered_by(on: date) -> Case:
    names: dict[tuple[str, str], list[str]] = {}
    for place, bureau, unit in in_force(on).values_list("place", "bureau", "unit__name"):
        names.setdefault((place, bureau), []).append(unit)
    cases = [
        When(within("case__place", place) & Q(bureau=bureau), then=Value("、".join(units)))
        for (place, bureau), units in names.items()
    ]
    return Case(*cases, default=Value(UNSET), output_field=CharField())
