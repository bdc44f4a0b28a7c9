"""Every address × every role × inside and outside.

The declaration on the view and roles.yaml say what must happen. Nothing here knows a page; a new address is
walked as soon as it exists.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from bangfu.access.decorators import Declaration, Door, declaration_of
from bangfu.access.permissions import Permission
from tests.web.objects import TARGETS, Target
from tests.web.world import FOREIGN_WORDS, Person, Side, World

HERE = {200, 204, 302}
METHOD = 405


def walk(entries: list[Any]) -> Iterator[URLPattern]:
    """All addresses of the project."""
    for entry in entries:
        if isinstance(entry, URLResolver):
            yield from walk(entry.url_patterns)
        else:
            yield entry


PATTERNS = {str(entry.name): entry for entry in walk(get_resolver().url_patterns)}
PLAIN = sorted(name for name, entry in PATTERNS.items() if not entry.pattern.converters)
WITH_OBJECT = sorted(set(PATTERNS) - set(PLAIN))


def declared(name: str) -> Declaration:
    declaration = declaration_of(PATTERNS[name].callback)
    assert declaration is not None, f"{name}: the view does not say who may open it"
    return declaration


def ask(person: Person | None, method: str, address: str, **options: Any) -> HttpResponse:
    """One request, undone afterwards."""
    client = Client()
    if person is not None:
        client.cookies["bangfu_session"] = person.session
    with transaction.atomic():
        answer = client.generic(method, address, **options)
        if answer.streaming:
            answer = HttpResponse(b"".join(answer.streaming_content), headers=dict(answer.headers))
        transaction.set_rollback(True)
    return answer


def test_every_address_has_a_name_of_its_own() -> None:
    names = [entry.name for entry in walk(get_resolver().url_patterns)]
    assert None not in names
    assert sorted(names) == sorted(set(names))


@pytest.mark.parametrize("name", sorted(PATTERNS))
def test_every_view_says_who_may_open_it(name) -> None:
    declared(name)


@pytest.mark.parametrize("name", WITH_OBJECT)
def test_every_address_with_an_object_has_one_to_be_tried_with(name) -> None:
    assert name in TARGETS, f"add {name} to TARGETS in tests/web/objects.py"


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
                assert status in HERE | {METHOD} or (method == "POST" and status < 500), told
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
            if target.bounded:
                check_outside(name, target, person, method, outside_address)


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


def check_outside(name: str, target: Target, person: Person, method: str, address: str) -> None:
    status = ask(person, method, address).status_code
    told = f"{name} {method} outside as {person.code}: {status}"
    if declared(name).opens_to(permissions_of(person)):
        assert status in {404, METHOD}, told
    else:
        assert status in {403, METHOD}, told


def reaches(name: str, target: Target, person: Person, side: Side) -> bool:
    """Whether the person's role reaches it: by the target's own rule, else by permission and place."""
    if target.seen_by is not None:
        return target.seen_by(person, side)
    permissions = target.permissions or declared(name).permissions
    if not target.bounded:
        return True
    return person.holds(*permissions) and person.reaches(target.place(side), target.personal)


def permissions_of(person: Person) -> frozenset[Permission]:
    return person.bundle.permissions if person.bundle else frozenset()


VARIANTS = ("", "?format=xlsx", "?print=1", "?q=雾", "?q=a&page=2", "?place=530998", "?place=530998101001")


@pytest.mark.parametrize("name", PLAIN)
def test_no_word_of_another_county_is_told(world: World, outside: Side, name: str) -> None:
    """Lists, counts' labels, dropdowns, searches, prints and exported files."""
    for person in world.people:
        if declared(name).opens_to(permissions_of(person)):
            for variant in VARIANTS:
                found = [
                    word
                    for word in FOREIGN_WORDS
                    if word in words_of(ask(person, "GET", reverse(name) + variant))
                ]
                assert found == [], f"{name}{variant} as {person.code} tells {found}"


@pytest.mark.parametrize("name", WITH_OBJECT)
def test_no_page_of_an_own_object_tells_of_another_county(world: World, outside: Side, name: str) -> None:
    address = reverse(name, kwargs=TARGETS[name].arguments(world.inside))
    for person in world.people:
        answer = ask(person, "GET", address)
        found = [word for word in FOREIGN_WORDS if word in words_of(answer)]
        assert found == [], f"{name} as {person.code} tells {found}"


@pytest.mark.parametrize("name", PLAIN)
def test_what_happens_in_another_county_changes_no_page(world: World, request, name: str) -> None:
    """Not a count, not a total, not an option: the pages before and after are the same."""
    if declared(name).door is Door.PUBLIC:
        return
    before = {person.code: settled(ask(person, "GET", reverse(name))) for person in world.people}
    request.getfixturevalue("outside")
    for person in world.people:
        assert settled(ask(person, "GET", reverse(name))) == before[person.code], f"{name} as {person.code}"


_CHANGING = (
    (re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"'), "token"),
    (re.compile(r'"X-CSRFToken": "[^"]*"'), "token"),
    (re.compile(r"\d{4}-\d{2}-\d{2} \d{2}:\d{2}"), "minute"),
    (re.compile(r"\d{1,2}:\d{2}"), "minute"),
)


def settled(answer: HttpResponse) -> str:
    """The page without what changes by itself: tokens against forged forms, the time."""
    text = words_of(answer)
    for pattern, instead in _CHANGING:
        text = pattern.sub(instead, text)
    return text


def words_of(answer: HttpResponse) -> str:
    """What the answer says, workbooks unpacked."""
    if answer.content.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(BytesIO(answer.content)) as book:
            return "".join(book.read(part).decode("utf-8", "replace") for part in book.namelist())
    return answer.content.decode("utf-8", "replace")
