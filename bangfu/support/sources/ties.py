"""Who owes by a tie, a post or a pairing: the sources that templates of duties name, and who the holders are.

Dates are those of the tie and, where a post in a unit makes somebody owe, of the days that both hold.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from datetime import date

from django.db.models import Q

from bangfu.access.models import UnitKind
from bangfu.duties.registry import Holder, Owing
from bangfu.support.enums.units import PostKind, UnitLevel
from bangfu.support.models import Party, Tie, UnitPost
from bangfu.support.sources.helpers import helper_general, helper_monitored, helper_relieved
from bangfu.support.sources.narrowing import Holders, of_these, overlapping

ALWAYS = date(2000, 1, 1)
"""The first day of what an office owes for being there: before any day that is counted."""
TO_COUNTY = ("unit_county", "enterprise_county")
TO_VILLAGE = ("unit_village", "enterprise_village")
_LEADERSHIP = (PostKind.IN_CHARGE, PostKind.DEPUTY)


def unit_village(start: date, end: date, holders: Holders = None) -> Iterable[Owing]:
    """Units to the villages they adopted."""
    return _units(TO_VILLAGE, start, end, holders)


def unit_county(start: date, end: date, holders: Holders = None) -> Iterable[Owing]:
    """Units and enterprises to the counties they are attached to."""
    return _units(TO_COUNTY, start, end, holders)


def _units(kinds: Collection[str], start: date, end: date, holders: Holders) -> Iterator[Owing]:
    rows = Tie.objects.filter(overlapping(start, end), kind__in=kinds, region__subject__isnull=False)
    rows = of_these(rows, "party__subject", holders)
    fields = ("party__subject", "region__subject", "place", "valid_from", "valid_to")
    for row in rows.order_by().values_list(*fields).iterator(chunk_size=5000):
        yield Owing(*row)


def unit_county_principal(start: date, end: date, holders: Holders = None) -> Iterable[Owing]:
    """Principal leaders of attached units to the county."""
    return _leaders(TO_COUNTY, (PostKind.PRINCIPAL,), start, end, holders)


def unit_village_principal(start: date, end: date, holders: Holders = None) -> Iterable[Owing]:
    """Principal leaders of units to the villages their units adopted."""
    return _leaders(TO_VILLAGE, (PostKind.PRINCIPAL,), start, end, holders)


def unit_village_leadership(start: date, end: date, holders: Holders = None) -> Iterable[Owing]:
    """Other members of the units' leadership to these villages."""
    return _leaders(TO_VILLAGE, _LEADERSHIP, start, end, holders)


def _leaders(
    kinds: Collection[str], posts: Collection[str], start: date, end: date, holders: Holders
) -> Iterator[Owing]:
    """One line a person and target for the days on which post and tie both hold; two statements."""
    held: dict[int, list[tuple[int, date, date | None]]] = defaultdict(list)
    rows = UnitPost.objects.filter(overlapping(start, end), kind__in=posts, user__party__isnull=False)
    rows = of_these(rows, "user__party__subject", holders)
    for unit, person, first, last in rows.order_by().values_list(
        "unit", "user__party__subject", "valid_from", "valid_to"
    ):
        held[unit].append((person, first, last))
    ties = Tie.objects.filter(overlapping(start, end), kind__in=kinds, region__subject__isnull=False)
    ties = ties if holders is None else ties.filter(party__unit__in=list(held))
    for unit, target, place, tied, untied in ties.order_by().values_list(
        "party__unit", "region__subject", "place", "valid_from", "valid_to"
    ):
        for person, first, last in held[unit]:
            begin, finish = max(tied, first), min(filter(None, (untied, last)), default=None)
            if finish is None or begin <= finish:
                yield Owing(person, target, place, begin, finish)


def township_liaison(start: date, end: date, holders: Holders = None) -> Iterable[Owing]:
    """Township offices for each provincial or city unit that stands for the township or a village of it."""
    offices = _offices(UnitKind.TOWNSHIP, holders)
    outside = Q(party__level__in=(UnitLevel.PROVINCE, UnitLevel.CITY))
    ties = Tie.objects.filter(outside, overlapping(start, end), kind__in=(*TO_VILLAGE, "unit_township"))
    for place, unit, first, last in ties.order_by().values_list(
        "place", "party__subject", "valid_from", "valid_to"
    ):
        for office in offices.get(place[:9], ()):
            yield Owing(office, unit, place[:9], first, last)


def department_liaison(start: date, end: date, holders: Holders = None) -> Iterable[Owing]:
    """County departments to the provincial or city unit that they keep in touch with."""
    rows = Tie.objects.filter(overlapping(start, end), kind="department_unit")
    rows = of_these(rows, "party__subject", holders)
    fields = ("party__subject", "other__subject", "place", "valid_from", "valid_to")
    return (Owing(*row) for row in rows.order_by().values_list(*fields))


def county_office(start: date, end: date, holders: Holders = None) -> Iterable[Owing]:
    """The county's own office."""
    return _standing(UnitKind.COUNTY_OFFICE, holders)


def township_office(start: date, end: date, holders: Holders = None) -> Iterable[Owing]:
    """Each township's office."""
    return _standing(UnitKind.TOWNSHIP, holders)


def _standing(kind: UnitKind, holders: Holders) -> Iterator[Owing]:
    for place, offices in _offices(kind, holders).items():
        for office in offices:
            yield Owing(office, None, place, ALWAYS, None)


def _offices(kind: UnitKind, holders: Holders) -> dict[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    rows = of_these(Party.objects.filter(unit__kind=kind, unit__is_active=True), "subject", holders)
    for place, subject in rows.order_by("place", "pk").values_list("place", "subject"):
        found[place].append(subject)
    return dict(found)


def holders(subjects: Collection[int] | None) -> Iterable[Holder]:
    """Who stands behind subjects: a person with their unit, or a unit."""
    rows = Party.objects.all() if subjects is None else Party.objects.filter(subject__in=subjects)
    for subject, user, users_unit, unit in rows.order_by().values_list(
        "subject", "user", "user__unit", "unit"
    ):
        yield Holder(subject, user, users_unit if user is not None else unit)


SOURCES = (
    ("unit_county_principal", "挂联单位主要负责人", unit_county_principal),
    ("unit_county", "挂联单位", unit_county),
    ("unit_village_principal", "包村单位主要负责人", unit_village_principal),
    ("unit_village_leadership", "包村单位班子其他成员", unit_village_leadership),
    ("unit_village", "包村单位", unit_village),
    ("township_liaison", "有省、市单位联系的乡镇", township_liaison),
    ("department_liaison", "对接省、市单位的部门", department_liaison),
    ("county_office", "县帮扶办", county_office),
    ("township_office", "乡镇", township_office),
    ("helper_monitored", "监测户的帮扶责任人", helper_monitored),
    ("helper_relieved", "脱贫户的帮扶责任人", helper_relieved),
    ("helper_general", "一般户的帮扶责任人", helper_general),
)
"""Names that templates of duties use, their words, and who owes."""
