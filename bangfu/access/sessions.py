"""One session a person, which ends when it is idle, old or superseded."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import Enum
from typing import Any

from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone

from bangfu.access.limits import IDLE_LIMIT, SEEN_EVERY, SESSION_LIMIT
from bangfu.access.models import User
from bangfu.access.requests import SignedInRequest

_BEGUN, _SEEN = "signed_in_at", "seen_at"


class Ending(Enum):
    """Why a session ended; the value stands in the address of the sign-in page."""

    IDLE = "idle"
    OLD = "old"
    ELSEWHERE = "elsewhere"

    @property
    def sentence(self) -> str:
        """What the person reads."""
        return _SENTENCES[self]


_SENTENCES = {
    Ending.IDLE: f"您有 {IDLE_LIMIT.seconds // 60} 分钟没有操作，为防别人用这台电脑，已经退出。请重新登录。",
    Ending.OLD: f"这次登录已满 {SESSION_LIMIT.seconds // 3600} 小时，请重新登录。",
    Ending.ELSEWHERE: "您的账号刚在别处登录或被管理员重置，这里已经退出。不是您本人，请马上告诉安全管理员。",
}


@receiver(user_logged_in)
def bind(sender: object, request: HttpRequest, user: User, **_: Any) -> None:
    """Make this the one session of the person; called after each sign-in and password change."""
    now = timezone.now().timestamp()
    request.session[_BEGUN] = request.session[_SEEN] = now
    request.session.save()
    user.session_key = request.session.session_key or ""
    User.objects.filter(pk=user.pk).update(session_key=user.session_key)


def ending_of(request: SignedInRequest, at: datetime) -> Ending | None:
    """Why the signed-in person's session is over, or None while it goes on."""
    session = request.session
    if session.session_key != request.user.session_key:
        return Ending.ELSEWHERE
    if _since(session, _SEEN, at) > IDLE_LIMIT:
        return Ending.IDLE
    return Ending.OLD if _since(session, _BEGUN, at) > SESSION_LIMIT else None


def note_seen(request: HttpRequest, at: datetime) -> None:
    """Remember that the session is in use, at most once a minute."""
    if _since(request.session, _SEEN, at) > SEEN_EVERY:
        request.session[_SEEN] = at.timestamp()


def _since(session: Any, mark: str, at: datetime) -> timedelta:
    return timedelta(seconds=at.timestamp() - session.get(mark, 0))
