"""The open change of this thread, and ``recording``, the only way to open one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Protocol

from django.db import connection, transaction

from bangfu.core.errors import Unrecorded

if TYPE_CHECKING:
    from bangfu.core.models import Change

_open: ContextVar[int | None] = ContextVar("bangfu_open_change", default=None)


class Actor(Protocol):
    """Whoever acts: a user, or ``SYSTEM`` for the schedule."""

    @property
    def pk(self) -> Any:
        """The user's number; None for the system."""
        ...

    def actor_label(self) -> str:
        """Name and post, as history shows them for ever."""
        ...


class _System:
    pk = None

    def actor_label(self) -> str:
        """The name history shows."""
        return "系统"


SYSTEM = _System()


def current_change_id() -> int:
    """The open change; raises Unrecorded outside ``recording``."""
    change = _open.get()
    if change is None:
        raise Unrecorded("a tracked row may be written inside recording() only")
    return change


@contextmanager
def recording(
    *,
    by: Actor,
    at: datetime,
    verb: str,
    reason: str = "",
    batch: str = "",
    effective_on: date | None = None,
    undoes: int | None = None,
) -> Iterator[Change]:
    """One transaction under one change; everything is written or nothing.

    ``at`` is an aware instant, ``effective_on`` the day on which it happened in the village. Inside another
    ``recording`` the outer change goes on and is the one given: one business step, one change.
    """
    from bangfu.core.models import Change

    outer = _open.get()
    with transaction.atomic():
        if outer is not None:
            yield Change.objects.get(pk=outer)
            return
        change = Change.objects.create(
            at=at,
            effective_on=effective_on,
            actor_id=by.pk,
            actor_label=by.actor_label(),
            verb=verb,
            reason=reason,
            batch=batch,
            undoes_id=undoes,
        )
        token = _open.set(change.pk)
        try:
            _announce(change.pk)
            yield change
            _announce(None)
        finally:
            _open.reset(token)


def _announce(change: int | None) -> None:
    """Tell the database's triggers which change is open; a rollback takes it back with everything else."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT set_config('bangfu.change', %s, true)", [str(change or "")])
        else:
            cursor.execute(
                "INSERT INTO core_currentchange (id, change_id) VALUES (1, %s)"
                " ON CONFLICT (id) DO UPDATE SET change_id = excluded.change_id",
                [change],
            )
