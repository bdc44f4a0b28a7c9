"""Upper rooms that want to know when somebody got households to help, or gave them up."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime

from bangfu.access.models import User
from bangfu.core.changing import Actor

Listener = Callable[[Actor, datetime, Collection[User]], None]
_listeners: list[Listener] = []


def register_pairing_listener(listener: Listener) -> None:
    """``listener(by, at, helpers)`` is called inside the action, after the change."""
    if listener not in _listeners:
        _listeners.append(listener)


def tell_pairings(by: Actor, at: datetime, helpers: Collection[User]) -> None:
    """The households of these helpers have changed."""
    for listener in _listeners:
        listener(by, at, helpers)
