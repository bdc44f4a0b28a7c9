"""Every address × every role × inside and outside.

The declaration on the view and roles.yaml say what must happen. Nothing here knows a page; a new address is
walked as soon as it exists.
"""

from __future__ import annotations

import pytest
from django.urls import get_resolver, reverse

from bangfu.access.decorators import Door
from tests.web.asking import METHOD, PATTERNS, PLAIN, WITH_OBJECT, ask, declared, permissions_of, walk
from tests.web.objects import NEED_A_QUERY, TARGETS, Target
from tests.web.world import Person, Side, World

pytestmark = pytest.mark.django_db
HERE = {200, 204, 302}


def test_every_address_has_a_name_of_its_own() -> None:
    names = [entry.name for entry in walk(get_resolver().url_patterns)]
    assert None not in names
    assert sorted(names) == sorted(set(names))


@pytest.mark.parametrize("name", sorted(PATTERNS))
def test_every_view_says_who_may_open_it(name) -> None:
    declared(name)


@pytest.mark.parametrize("name", WITH_OBJECT)
def test_every_address_with_an_object_has_one_to_be_tried_with(name) -> None:
    assert name in TARGETS, f"add {name} to its room's TARGETS in tests/web/targets"


def test_no_target_outlives_its_address() -> None:
    assert sorted(set(TARGETS) - set(WITH_OBJECT)) == []


@pytest.mark.parametrize("name", PLAIN)
def test_pages_without_an_object(world: World, outside: Side, name: str) -> None:
    address = reverse(name)
    check_anonymous(name, address)
    for person in world.people:
        may = declared(name).opens_to(permissions_of(person))
        for method in ("GET", "POST"):
            status = ask(person, method, address).status_code
            told = f"{name} {method} as {person.code}: {status}"
            if may:
                missing = {404} if name in NEED_A_QUERY else set()
                assert status in HERE | missing | {METHOD} or (method == "POST" and status < 500), told
            else:
                assert status in {403, METHOD}, told


@pytest.mark.parametrize("name", WITH_OBJECT)
def test_pages_of_an_object(world: World, outside: Side, name: str) -> None:
    target = TARGETS[name]
    inside_address = reverse(name, kwargs=target.arguments(world.inside))
    outside_address = reverse(name, kwargs=target.arguments(outside))
    check_anonymous(name, inside_address)
    for person in world.people:
        for method in ("GET", "POST"):
            check_inside(name, target, person, world.inside, method, inside_address)
            if target.bounded and declared(name).opens_to(permissions_of(person)):
                check_outside(name, person, method, outside_address)


def check_anonymous(name: str, address: str) -> None:
    for method in ("GET", "POST"):
        answer = ask(None, method, address)
        to_sign_in = answer.status_code == 302 and answer.headers["Location"].startswith(reverse("login"))
        assert to_sign_in == (declared(name).door is not Door.PUBLIC), f"{name} {method} without sign-in"


def check_inside(name: str, target: Target, person: Person, side: Side, method: str, address: str) -> None:
    status = ask(person, method, address).status_code
    told = f"{name} {method} inside as {person.code}: {status}"
    if not declared(name).opens_to(permissions_of(person)):
        assert status in {403, METHOD}, told
    elif status == METHOD:
        return
    elif reaches(name, target, person, side):
        assert status in HERE or (method == "POST" and status < 500 and status != 404), told
    else:
        assert status == 404, told


def check_outside(name: str, person: Person, method: str, address: str) -> None:
    status = ask(person, method, address).status_code
    assert status in {404, METHOD}, f"{name} {method} outside as {person.code}: {status}"


def reaches(name: str, target: Target, person: Person, side: Side) -> bool:
    """Whether the person's role reaches it: by the target's own rule, else by permission and place."""
    if target.seen_by is not None:
        return target.seen_by(person, side)
    permissions = target.permissions or declared(name).permissions
    if not target.bounded:
        return True
    return person.holds(*permissions) and person.reaches(target.place(side), target.personal)
