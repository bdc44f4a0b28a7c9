"""Signing in and out, with lock-out. What is refused is always refused in the same words."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.db import transaction

from bangfu.access.limits import FAILURES_BEFORE_LOCK, FAILURES_OF_AN_ADDRESS, LOCK_TIME
from bangfu.access.models import User
from bangfu.access.totp import matching_step
from bangfu.core import audit
from bangfu.core.changing import SYSTEM
from bangfu.core.errors import BangfuError
from bangfu.core.models import AuditEvent

REFUSED = (
    "没有登录成功：账号、口令或动态口令不对，或者账号暂时不能用。"
    f"连续输错 {FAILURES_BEFORE_LOCK} 次，账号锁 {LOCK_TIME.seconds // 60} 分钟；"
    "忘了口令，请找本单位的系统管理员重置。"
)
_REFUSAL = "refuse_sign_in"


class SignInRefused(BangfuError):
    """The sign-in failed; the message does not say why, so that nobody learns which accounts exist."""


def sign_in(*, username: str, password: str, code: str, at: datetime, address: str | None) -> User:
    """The user, if name, password and (where set up) one-time code are right; audited either way.

    Raises SignInRefused. Counts failures, and after too many locks the account, or the address, for a while.
    """
    if _has_tried_too_often(address, at):
        raise SignInRefused(REFUSED)
    with transaction.atomic():
        user = User.objects.select_for_update().filter(username=username.strip()).first()
        step = _accepted_step(user, password, code, at)
        if user is not None and step is not None:
            _succeed(user, step, at, address)
            return user
        _fail(user, at, address)
    raise SignInRefused(REFUSED)


def sign_out(*, by: User, at: datetime, address: str | None) -> None:
    """End every session of the person; audited."""
    with transaction.atomic():
        User.objects.filter(pk=by.pk).update(session_key="")
        audit.record(by=by, at=at, verb="sign_out", address=address)


def _has_tried_too_often(address: str | None, at: datetime) -> bool:
    """Whether too many sign-ins from the address were refused lately; those refused here do not count."""
    lately = AuditEvent.objects.filter(verb=_REFUSAL, address=address, at__gt=at - LOCK_TIME)
    return address is not None and lately.count() >= FAILURES_OF_AN_ADDRESS


def _accepted_step(user: User | None, password: str, code: str, at: datetime) -> int | None:
    """The time step of the code (the last one for users without codes) when all is right; else None."""
    if user is None:
        make_password(password)  # 账号存不存在，花的时间一样
        return None
    right = user.check_password(password)
    locked = user.locked_until is not None and user.locked_until > at
    if not right or locked or not user.is_active:
        return None
    if not user.totp_confirmed:
        return user.totp_last_step
    return matching_step(user.totp_secret, code, at, user.totp_last_step)


def _succeed(user: User, step: int, at: datetime, address: str | None) -> None:
    user.failed_sign_ins, user.locked_until, user.totp_last_step = 0, None, step
    user.save(update_fields=["failed_sign_ins", "locked_until", "totp_last_step"])
    audit.record(by=user, at=at, verb="sign_in", address=address)


def _fail(user: User | None, at: datetime, address: str | None) -> None:
    """Count; a locked account counts on, but its lock does not grow."""
    locks = False
    if user is not None and (user.locked_until is None or user.locked_until <= at):
        user.failed_sign_ins += 1
        locks = user.failed_sign_ins >= FAILURES_BEFORE_LOCK
        if locks:
            user.failed_sign_ins, user.locked_until = 0, at + LOCK_TIME
        user.save(update_fields=["failed_sign_ins", "locked_until"])
    data = {"account_exists": user is not None, "locked": locks}
    audit.record(by=user or SYSTEM, at=at, verb=_REFUSAL, data=data, address=address)
