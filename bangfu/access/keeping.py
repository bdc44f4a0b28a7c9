"""What somebody typed when the session ended: it waits, sealed, on the sign-in page for the same person.

The text travels with the page, encrypted for this installation and bound to the person: nothing is stored,
and whoever else sits down at the screen cannot read it. Files and passwords do not wait.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

from django.http import HttpRequest

from bangfu.access.crypto import DecryptionError, decrypt, encrypt
from bangfu.access.models import User

_NOT_KEPT = frozenset({"csrfmiddlewaretoken", "old", "new", "again", "password", "code"})


@dataclass(frozen=True)
class Kept:
    """Where the form was sent, and its fields as they were typed."""

    address: str
    fields: tuple[tuple[str, str], ...]


def keep(request: HttpRequest, user: User) -> str:
    """The form of ``request`` sealed for ``user``; empty when nothing was typed."""
    fields = [
        (name, value) for name, values in request.POST.lists() if name not in _NOT_KEPT for value in values
    ]
    if not any(value for _, value in fields):
        return ""
    return encrypt(json.dumps({"user": user.pk, "address": request.get_full_path(), "fields": fields}))


def kept_for(sealed: str, user: User) -> Kept | None:
    """What was sealed for ``user``; None for nothing, for another person's and for what does not open."""
    try:
        given = json.loads(decrypt(sealed) or "null")
    except DecryptionError:
        return None
    if given is None or given["user"] != user.pk:
        return None
    return Kept(given["address"], tuple((name, value) for name, value in given["fields"]))
