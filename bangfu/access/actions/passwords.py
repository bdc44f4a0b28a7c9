"""Passwords: changing one's own, and setting a first one."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from bangfu.access.limits import PASSWORDS_KEPT
from bangfu.access.models import User
from bangfu.access.passwords import generate_password
from bangfu.core import audit


def change_password(*, by: User, at: datetime, old: str, new: str) -> None:
    """Change one's own password; other sessions end.

    Raises ValidationError (field ``old`` or ``new``) for a wrong present password or one against the policy.
    """
    if not by.check_password(old):
        raise ValidationError({"old": "现在的口令不对，口令没有改。请再输一次。"})
    try:
        validate_password(new, by)
    except ValidationError as error:
        raise ValidationError({"new": error.messages}) from error
    with transaction.atomic():
        keep_former(by)
        by.set_password(new)
        by.password_changed_at = at
        by.must_change_password = False
        by.save(update_fields=["password", "former_passwords", "password_changed_at", "must_change_password"])
        audit.record(by=by, at=at, verb="change_password")


def set_first_password(user: User, at: datetime) -> str:
    """Give ``user`` a generated password that must be changed at sign-in, and unlock; returns it once.

    Called by actions on users, inside their transaction; does not save.
    """
    password = generate_password()
    keep_former(user)
    user.set_password(password)
    user.password_changed_at = at
    user.must_change_password = True
    user.failed_sign_ins, user.locked_until, user.session_key = 0, None, ""
    return password


def keep_former(user: User) -> None:
    """Remember the present password's hash among the last ones."""
    if user.password:
        user.former_passwords = [user.password, *user.former_passwords][: PASSWORDS_KEPT - 1]
