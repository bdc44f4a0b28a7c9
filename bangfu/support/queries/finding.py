"""One thing among those who help that is not as it should be, and what somebody looks at for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from django.db.models import Q

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.scope import within_any
from bangfu.core.models import Parameter, Region, RegionLevel
from bangfu.support.terms.configuration import rules

Sort = Literal["gap", "excess", "conflict"]


@dataclass(frozen=True)
class Finding:
    """One thing that is not as it should be: which rule, where, in words, and where it is mended.

    ``manage`` is the permission that mending needs; ``rule`` is empty for a conflict that no county switches.
    """

    sort: Sort
    title: str
    where: str
    place: str
    words: str
    url: str
    mend: str
    manage: Permission
    rule: str = ""


@dataclass(frozen=True)
class Reach:
    """What is looked at: the day, and the codes in which somebody sees ties."""

    user: User
    on: date
    places: tuple[str, ...]

    def over(self, field: str) -> Q:
        """Rows whose code lies in one of the places."""
        return within_any(field, self.places)


Numbers = list[tuple[str, int]]


def numbers_on(on: date) -> dict[str, Numbers]:
    """By rule, the values that hold on the day: (place, number), nearest and newest last; one statement."""
    codes = {rule.parameter: rule.code for rule in rules()}
    rows = Parameter.objects.filter(code__in=codes, valid_from__lte=on)
    rows = rows.filter(Q(valid_to=None) | Q(valid_to__gte=on)).order_by("id")
    found: dict[str, Numbers] = {}
    for code, place, value in sorted(rows.values_list("code", "place", "value"), key=lambda row: len(row[1])):
        found.setdefault(codes[code], []).append((place, int(value)))
    return found


def number_in(values: Numbers, place: str) -> int | None:
    """The number of a rule that is in force in a place; None where the rule is off."""
    fitting = [number for code, number in values if place.startswith(code)]
    return fitting[-1] if fitting else None


def region_name(region: Region) -> str:
    """A village with its township before it."""
    above = region.parent if region.level == RegionLevel.VILLAGE else None
    return f"{above.name} {region.name}" if above else region.name
