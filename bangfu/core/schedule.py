"""What is to be done regularly.

Each time slot has its own key, so that several workers put a job in only once.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from bangfu.core.models import Job

Slot = Callable[[datetime], str]
Enqueue = Callable[[datetime, str], Job | None]


@dataclass
class _Entry:
    slot: Slot
    enqueue: Enqueue
    last: str = ""


_entries: dict[str, _Entry] = {}


def each_minute(at: datetime) -> str:
    """A slot a minute."""
    return timezone.localtime(at).strftime("%Y%m%d%H%M")


def each_day(at: datetime) -> str:
    """A slot a day, by the calendar of the installation's time zone."""
    return timezone.localtime(at).strftime("%Y%m%d")


def each_month(at: datetime) -> str:
    """A slot a month, by the calendar of the installation's time zone."""
    return timezone.localtime(at).strftime("%Y%m")


def register_schedule(name: str, every: Slot, enqueue_fn: Enqueue) -> None:
    """A room says what is due once in each slot of ``every``.

    ``enqueue_fn(at, key)`` puts the job in the queue under ``key``, or does nothing when there is nothing
    to do.
    """
    _entries[name] = _Entry(every, enqueue_fn)


def run_due(at: datetime) -> None:
    """Put in what is due and was not yet put in; a slot missed while nobody ran is not made up for."""
    for name, entry in _entries.items():
        slot = entry.slot(at)
        if slot == entry.last:
            continue
        key = f"{name}:{slot}"
        if not Job.objects.filter(key=key).exists():
            entry.enqueue(at, key)
        entry.last = slot
