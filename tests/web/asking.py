"""All addresses of the project, and asking for one as one of the people."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from bangfu.access.decorators import Declaration, declaration_of
from bangfu.access.permissions import Permission
from tests.web.world import Person

METHOD = 405
_client = Client()


def walk(entries: list[Any]) -> Iterator[URLPattern]:
    """The addresses below some entries."""
    for entry in entries:
        if isinstance(entry, URLResolver):
            yield from walk(entry.url_patterns)
        else:
            yield entry


PATTERNS = {str(entry.name): entry for entry in walk(get_resolver().url_patterns)}
PLAIN = sorted(name for name, entry in PATTERNS.items() if not entry.pattern.converters)
WITH_OBJECT = sorted(set(PATTERNS) - set(PLAIN))


def declared(name: str) -> Declaration:
    """What the view of an address declares."""
    declaration = declaration_of(PATTERNS[name].callback)
    assert declaration is not None, f"{name}: the view does not say who may open it"
    return declaration


def permissions_of(person: Person) -> frozenset[Permission]:
    """What the person's role holds."""
    return person.bundle.permissions if person.bundle else frozenset()


def ask(person: Person | None, method: str, address: str) -> HttpResponse:
    """One request, undone afterwards."""
    _client.cookies.clear()
    if person is not None:
        _client.cookies["bangfu_session"] = person.session
    with transaction.atomic():
        answer = _client.generic(method, address)
        if answer.streaming:
            answer = HttpResponse(
                b"".join(answer.streaming_content), status=answer.status_code, headers=dict(answer.headers)
            )
        transaction.set_rollback(True)
    return answer


def words_of(answer: HttpResponse) -> str:
    """What the answer says, workbooks unpacked."""
    if answer.content.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(BytesIO(answer.content)) as book:
            return "".join(book.read(part).decode("utf-8", "replace") for part in book.namelist())
    return answer.content.decode("utf-8", "replace")


_CHANGING = (
    (re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"'), "token"),
    (re.compile(r'"X-CSRFToken": "[^"]*"'), "token"),
    (re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2})?Z?"), "minute"),
    (re.compile(r"\d{1,2}:\d{2}"), "minute"),
)


def settled(answer: HttpResponse) -> str:
    """The page without what changes by itself: tokens against forged forms, the time."""
    text = words_of(answer)
    for pattern, instead in _CHANGING:
        text = pattern.sub(instead, text)
    return text
