"""Vacancies, excess and conflicts among those who help (C-020, C-021, C-101, C-105, C-231).

The number of statements does not depend on how many ties, regions or rules there are.
"""

from __future__ import annotations

from collections import Counter
from datetime import date

from django.db.models import Count

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.scope import places_of
from bangfu.households.models import DutyOfficer
from bangfu.support.models import Team, Tie
from bangfu.support.queries.finding import Finding, Reach, number_in, numbers_on
from bangfu.support.queries.gap_forces import There, forces, parts_in, texts_on
from bangfu.support.queries.gap_people import helpers, holders, households, left, overdue
from bangfu.support.queries.gap_regions import by_region, counts, doubled, regions_in
from bangfu.support.terms.compositions import TEAM, Composition, Part, compositions
from bangfu.support.terms.configuration import Rule, rules


def findings(user: User, on: date) -> list[Finding]:
    """All of them for what the person sees by region: gaps, excess, conflicts; twelve statements, one more
    where villages of a holder are counted, two more where a composition is asked for.
    """
    reach = Reach(user, on, places_of(user, Permission.TIE_VIEW))
    if not reach.places:
        return []
    numbers = numbers_on(on)
    regions = regions_in(reach)
    ties = counts(Tie.objects.filter(reach.over("place"), region__isnull=False, valid_to=None))
    officers = counts(DutyOfficer.objects.filter(reach.over("place"), valid_to=None))
    teams = Team.objects.filter(reach.over("place"), valid_to=None).order_by()
    teams_there = dict(teams.values_list("place").annotate(number=Count("pk")))
    found = [
        finding
        for rule in rules()
        if rule.level is not None and rule.code in numbers
        for finding in by_region(rule, regions, numbers[rule.code], ties, officers, teams_there)
    ]
    there: There = Counter(ties) + Counter(officers)
    there += Counter({(TEAM, place): number for place, number in teams_there.items()})
    return [
        *found,
        *forces(reach, regions, there),
        *households(reach, numbers.get("helper_household", [])),
        *holders(reach, numbers.get("villages_holder", [])),
        *helpers(reach, numbers.get("households_helper", [])),
        *doubled(ties, regions),
        *left(reach),
        *overdue(reach),
    ]


def rules_on(on: date, place: str) -> list[tuple[Rule, int]]:
    """The rules that a county has switched on in a place, with their numbers."""
    numbers = numbers_on(on)
    held = [(rule, number_in(numbers.get(rule.code, []), place)) for rule in rules()]
    return [(rule, number) for rule, number in held if number is not None]


def compositions_on(on: date, place: str) -> list[tuple[Composition, list[Part]]]:
    """The compositions that a place has written, each with its parts."""
    texts = texts_on(on)
    held = [(one, parts_in(texts, one, place)) for one in compositions()]
    return [(one, parts) for one, parts in held if parts]
