"""Nothing of another county is told: no word, no count, no option, no exported cell.

The people of one county ask for their pages before and after one of everything is made in another county.
"""

from __future__ import annotations

import pytest
from django.urls import reverse

from bangfu.access.decorators import Door
from tests.web.asking import PLAIN, WITH_OBJECT, ask, declared, permissions_of, settled, words_of
from tests.web.objects import TARGETS
from tests.web.world import FOREIGN_WORDS, Person, Side, World

pytestmark = pytest.mark.django_db

VARIANTS = ("", "?format=xlsx", "?print=1", "?q=雾", "?q=a&page=2", "?place=530998", "?place=530998101001")
ASKERS = ("county_office", "department", "helper", "system_administrator", "audit_administrator")
"""One of each kind of reach; the contract asks with all roles."""
OF_THE_INSTALLATION = {"audit_list", "export_audit"}
"""Audit is one chain for the installation: the numbers of its events and blocks count everybody's."""
SCOPED = [
    name for name in PLAIN if declared(name).door is not Door.PUBLIC and name not in OF_THE_INSTALLATION
]


def told(person: Person, address: str) -> list[str]:
    """Words of the other county that the person reads there."""
    words = words_of(ask(person, "GET", address))
    return [word for word in FOREIGN_WORDS if word in words]


def askers(world: World, name: str) -> list[Person]:
    """Those of ASKERS to whom the page opens."""
    people = [world.person(code) for code in ASKERS]
    return [person for person in people if declared(name).opens_to(permissions_of(person))]


@pytest.mark.parametrize("name", SCOPED)
def test_what_is_made_in_another_county_changes_no_page(world: World, request, name: str) -> None:
    """Not a count, not a total, not an option: the pages before and after are the same."""
    address = reverse(name)
    before = {person.code: settled(ask(person, "GET", address)) for person in askers(world, name)}
    request.getfixturevalue("outside")
    for person in askers(world, name):
        assert settled(ask(person, "GET", address)) == before[person.code], f"{name} as {person.code}"


@pytest.mark.parametrize("name", PLAIN)
def test_no_word_of_another_county_is_told(world: World, outside: Side, name: str) -> None:
    """Lists, dropdowns, searches, prints and exported files."""
    for person in askers(world, name):
        for variant in VARIANTS:
            assert told(person, reverse(name) + variant) == [], f"{name}{variant} as {person.code}"


@pytest.mark.parametrize("name", WITH_OBJECT)
def test_no_page_of_an_own_object_tells_of_another_county(world: World, outside: Side, name: str) -> None:
    address = reverse(name, kwargs=TARGETS[name].arguments(world.inside))
    for person in askers(world, name):
        assert told(person, address) == [], f"{name} as {person.code}"
