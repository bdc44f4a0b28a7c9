"""What somebody typed when the session ended: it waits, sealed, on the sign-in page for the same person.

The text travels with the page, encrypted for this installation and bound to the person: nothing is stored,
and whoever else sits down at the screen cannot read it. Files and passwords do not wait.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from bangfu.access.crypto import DecryptionError, decrypt, encrypt
from bangfu.access.models import User

_WHOSE = "bangfu_whose"
_NOT_KEPT = frozenset({"csrfmiddlewaretoken", "old", "new", "again", "password", "code"})


@dataclass(frozen=True)
class Kept:
    """Where the form was sent, and its fields as they were typed."""

    address: str
    fields: tuple[tuple[str, str], ...]


def remember_whose(response: HttpResponse, user: User) -> HttpResponse:
    """Note in a signed cookie whose browser this is, for forms that are sent when the session is gone.

    It opens nothing; it only says for whom a form is sealed.
    """
    response.set_signed_cookie(
        _WHOSE,
        str(user.pk),
        max_age=settings.SESSION_COOKIE_AGE,
        httponly=True,
        samesite="Strict",
        secure=settings.SESSION_COOKIE_SECURE,
    )
    return response


def typed(request: HttpRequest) -> Kept:
    """What the form of a request says, but for passwords and the like."""
    fields = tuple(
        (name, value) for name, values in request.POST.lists() if name not in _NOT_KEPT for value in values
    )
    return Kept(request.get_full_path(), fields)


def keep(request: HttpRequest) -> str:
    """The form of a request sealed for the one whose session ended here; empty when nothing was typed."""
    given, user = typed(request), _whose(request)
    if user is None or not any(value for _, value in given.fields):
        return ""
    return encrypt(json.dumps({"user": user, "address": given.address, "fields": given.fields}))


def _whose(request: HttpRequest) -> int | None:
    """The number of the person whose session has just ended, else of whoever last signed in here."""
    ended: User | None = getattr(request, "session_of", None)
    if ended is not None:
        return ended.pk
    noted = request.get_signed_cookie(_WHOSE, default="")
    return int(noted) if noted else None


def kept_for(sealed: str, user: User) -> Kept | None:
    """What was sealed for ``user``; None for nothing, for another person's and for what does not open."""
    try:
        given = json.loads(decrypt(sealed) or "null")
    except DecryptionError:
        return None
    if given is None or given["user"] != user.pk:
        return None
    return Kept(given["address"], tuple((name, value) for name, value in given["fields"]))
