"""Computing due items: all of them, or those that a new record touches.

Computed rows are neither tracked nor audited: what made them (ties, records, templates, excuses) is, and they
can be made again from it at any time (docs/adr).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache

from django.db import transaction
from django.utils import timezone

from bangfu.core import jobs, parameters
from bangfu.core.changing import SYSTEM, recording
from bangfu.core.memory import without_cycle_search
from bangfu.core.models import Job
from bangfu.duties.actions.storing import store, update_counts
from bangfu.duties.computing.counting import Asked, Shelf, counted
from bangfu.duties.computing.excusing import Excuses
from bangfu.duties.computing.whole import Computer, Key, Span, Value
from bangfu.duties.definition.windows import Window
from bangfu.duties.enums import ExcuseState
from bangfu.duties.models import DueItem, DutyExcuse, DutyHolder, Recomputation
from bangfu.duties.sources import holders as registered_holders
from bangfu.duties.sources import matchers
from bangfu.duties.versions import has_news, keep_shipped, versions_by_code

KIND, LABEL = "recompute_duties", "计算责任事项"
_PIECE = 500


@dataclass(frozen=True)
class Recomputed:
    """How many due items there are in the days computed, and how many rows were written for it."""

    items: int
    changed: int


def recompute_duties(*, at: datetime) -> Recomputed:
    """Compute all due items of this year (in its first months of the last one too) and keep what differs.

    Items of earlier years stay as they were last computed, but for records made later (``recount``).
    """
    today = timezone.localdate(at)
    first = _first_day(today)
    if has_news():
        with recording(by=SYSTEM, at=at, verb="keep_duties"):
            keep_shipped(at)
    with transaction.atomic(), without_cycle_search():
        computer = Computer(Span(first, today), _by_the_day_in(today), _excuses())
        items = dict(_items(computer))
        _settle_holders({key.holder for key in items}, None)
        changed = store(items, computer.slots, first)
        values = {"at": at, "first_day": first, "items": len(items)}
        Recomputation.objects.update_or_create(pk=1, defaults=values)
    return Recomputed(len(items), changed)


def recompute_holders(holders: Collection[int], *, at: datetime) -> int:
    """Compute what these holders owe, as if everything were computed; how many rows were written.

    For who a change of a tie touches: a few dozen holders at most. Nothing is done before the first whole
    computation, which then sees the change.
    """
    today = timezone.localdate(at)
    first, touched = _first_day(today), set(holders)
    if not touched or not Recomputation.objects.exists():
        return 0
    with transaction.atomic():
        computer = Computer(Span(first, today), _by_the_day_in(today), _excuses(touched), touched)
        items = dict(_items(computer))
        _settle_holders({key.holder for key in items}, touched)
        return store(items, computer.slots, first, touched)


def _first_day(today: date) -> date:
    """The first of January from which on everything is computed again."""
    back = timedelta(days=parameters.value("duty_recent_days", on=today))
    return date((today - back).year, 1, 1)


def enqueue_recomputation(*, at: datetime) -> Job:
    """Put the computation in for the coming minute: it sees every change that was made in this one.

    It is the system's own job: nobody who changed a tie waits for it.
    """
    minute = at.replace(second=0, microsecond=0)
    return jobs.enqueue(
        kind=KIND,
        label=LABEL,
        payload={},
        by=SYSTEM,
        at=at,
        key=f"{KIND}:{minute.isoformat()}",
        run_after=minute + timedelta(minutes=1),
    )


def recount(holders: Collection[int]) -> int:
    """Count again what these holders have done, in all their windows; how many items changed."""
    duties: dict[tuple[str, int, int | None], list[DueItem]] = defaultdict(list)
    rows = DueItem.objects.filter(holder__in=holders).select_related("template").order_by("window_start")
    for row in rows:
        duties[row.template.code, row.holder_id, row.target_id].append(row)
    shelves, excuses = _shelves(duties.values(), holders), _excuses(holders)
    changed: list[DueItem] = []
    for items in duties.values():
        changed += _recounted(items, shelves, excuses)
    update_counts(changed)
    return len(changed)


def _recounted(items: list[DueItem], shelves: dict[str, Shelf], excuses: Excuses) -> Iterator[DueItem]:
    """Those of a duty's items that are no longer what they were, set right."""
    lead = items[0]
    tie = (lead.holder_id, lead.target_id)
    windows = [_asked(item, excuses) for item in items]
    shelf = shelves.get(lead.template.matcher)
    if shelf is None:
        return
    results = counted(windows, shelf.of(tie), lead.template.distinct)
    for item, window, result in zip(items, windows, results, strict=True):
        now = (window.needed, *result)
        if now != (item.needed, item.done, item.first_done_on, item.last_done_on):
            item.needed, item.done, item.first_done_on, item.last_done_on = now
            yield item


def _asked(item: DueItem, excuses: Excuses) -> Asked:
    window = Window(item.window_start, item.window_end)
    tie = (item.holder_id, item.target_id)
    needed = excuses.needed(tie, item.template.code, window, item.owed)
    return Asked(*window, item.due_on, needed)


def _shelves(duties: Iterable[list[DueItem]], holders: Collection[int]) -> dict[str, Shelf]:
    """The records of these holders by kind, of the days that the items span."""
    spans: dict[str, tuple[date, date]] = {}
    for items in duties:
        for item in items:
            start, end = spans.get(item.template.matcher, (date.max, date.min))
            spans[item.template.matcher] = (min(start, item.window_start), max(end, item.due_on))
    return {
        name: Shelf(matchers()[name].done(start, end, holders))
        for name, (start, end) in spans.items()
        if name in matchers()
    }


def _items(computer: Computer) -> Iterator[tuple[Key, Value]]:
    for versions in versions_by_code().values():
        yield from computer.items(versions)


def _excuses(holders: Collection[int] | None = None) -> Excuses:
    rows = DutyExcuse.objects.filter(state=ExcuseState.APPROVED)
    return Excuses(rows if holders is None else rows.filter(holder__in=holders))


def _by_the_day_in(today: date) -> Callable[[str], bool]:
    @cache
    def by_the_day(county: str) -> bool:
        return bool(parameters.value("duty_by_the_day", on=today, place=county))

    return by_the_day


def _settle_holders(subjects: set[int], among: set[int] | None) -> None:
    """Write down who stands behind the holders (nobody, as long as no room knows), where that differs.

    ``among`` names the holders that are looked at; None: all.
    """
    rows = DutyHolder.objects.all() if among is None else DutyHolder.objects.filter(subject__in=among)
    known = {row.subject_id: row for row in rows}
    behind = {subject: (user, unit) for subject, user, unit in registered_holders(among)}
    new, moved = [], []
    for subject in subjects | known.keys():
        user, unit = behind.get(subject, (None, None))
        row = known.get(subject)
        if row is None:
            new.append(DutyHolder(subject_id=subject, user_id=user, unit_id=unit))
        elif (row.user_id, row.unit_id) != (user, unit):
            row.user_id, row.unit_id = user, unit
            moved.append(row)
    DutyHolder.objects.bulk_create(new, batch_size=_PIECE)
    DutyHolder.objects.bulk_update(moved, ["user", "unit"], batch_size=_PIECE)
