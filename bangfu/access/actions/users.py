"""Users: made, stopped, resumed, unlocked, given a new first password. Never deleted: history names them."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bangfu.access.actions.passwords import set_first_password
from bangfu.access.models import Unit, User
from bangfu.access.permissions import Permission
from bangfu.access.policies import can_manage, can_take_people, require
from bangfu.core import audit
from bangfu.core.changing import Actor
from bangfu.core.errors import SituationForbids


def create_user(
    *, by: Actor, at: datetime, username: str, name: str, unit: Unit, post: str = "", phone: str = ""
) -> tuple[User, str]:
    """A new user without roles, and the first password, which nobody can read again.

    Raises NotPermitted outside the places of USER_MANAGE, SituationForbids for a sign-in name that is taken.
    """
    require(by, Permission.USER_MANAGE, unit.place)
    can_take_people(unit)
    username = username.strip()
    with transaction.atomic():
        if User.objects.filter(username=username).exists():
            raise SituationForbids(f"登录名“{username}”已有人用。请换一个，例如加上单位简称。")
        user = User(username=username, name=name.strip(), unit=unit, post=post.strip(), phone=phone.strip())
        user.created_at = at
        password = set_first_password(user, at)
        user.save()
        _record(by, at, "create_user", user)
    return user, password


def deactivate_user(*, by: Actor, at: datetime, user: User, reason: str) -> None:
    """Stop an account: no sign-in, no permissions, open sessions end."""
    _require(by, user)
    with transaction.atomic():
        user.is_active, user.session_key = False, ""
        user.save(update_fields=["is_active", "session_key"])
        _record(by, at, "deactivate_user", user, reason)


def reactivate_user(*, by: Actor, at: datetime, user: User) -> str:
    """Resume a stopped account with a new first password; returns it."""
    _require(by, user)
    with transaction.atomic():
        user.is_active = True
        password = set_first_password(user, at)
        user.save()
        _record(by, at, "reactivate_user", user)
    return password


def reset_password(*, by: Actor, at: datetime, user: User) -> str:
    """A new first password; the old one and open sessions end. Returns it."""
    _require(by, user)
    with transaction.atomic():
        password = set_first_password(user, at)
        user.save()
        _record(by, at, "reset_password", user)
    return password


def reset_totp(*, by: Actor, at: datetime, user: User) -> None:
    """Take the one-time codes away, for a person who lost the phone; open sessions end."""
    _require(by, user)
    with transaction.atomic():
        user.totp_secret, user.totp_confirmed, user.session_key = "", False, ""
        user.save(update_fields=["totp_secret", "totp_confirmed", "session_key"])
        _record(by, at, "reset_totp", user)


def unlock_user(*, by: Actor, at: datetime, user: User) -> None:
    """End a lock before its time."""
    _require(by, user)
    with transaction.atomic():
        user.failed_sign_ins, user.locked_until = 0, None
        user.save(update_fields=["failed_sign_ins", "locked_until"])
        _record(by, at, "unlock_user", user)


def _require(by: Actor, user: User) -> None:
    require(by, Permission.USER_MANAGE, user.unit.place if user.unit else "")
    can_manage(by, user)


def _record(by: Actor, at: datetime, verb: str, user: User, reason: str = "") -> None:
    place = user.unit.place if user.unit else ""
    audit.record(by=by, at=at, verb=verb, place=place, summary=reason, data={"user": str(user.uid)})
