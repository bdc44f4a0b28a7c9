"""``bench duties``: all due items of a county computed; what one visit changes; the pages that show them.

The baseline is the bare writing of as many rows into a table of the same shape, on the same database.
"""

from __future__ import annotations

import statistics
import time
from typing import Any

from bangfu.bench.installation import throw_away_installation
from bangfu.bench.measure import BenchError, result, seconds
from bangfu.bench.pages import timed

RECORDS = 40
"""So many single visits are noted, one after the other."""


def bench_duties(households: int, cadres: int, requests: int = 30) -> dict[str, object]:
    """Seconds and CPU seconds of the first and of the next computation; milliseconds of one visit's effect.

    Every household is a tie. Raises BenchError when nothing is owed: then the figures say nothing.
    """
    with throw_away_installation() as vendor:
        from bangfu.bench.filling import fill
        from bangfu.bench.filling_duties import fill_duties

        fill(households, persons=1)
        figures: dict[str, Any] = {"ties": households, "cadres": cadres, "database": vendor}
        figures["visits"] = fill_duties(cadres)
        figures |= _computed("first")
        figures |= _computed("next")
        figures |= _one_visit()
        figures |= _pages(requests)
        figures["bare_insert_s"] = round(seconds(_bare), 2)
    if not figures["items"]:
        raise BenchError("没有算出责任事项，数字没有意义。")
    return result(
        "duties", figures, {"first_to_bare": round(figures["first_s"] / figures["bare_insert_s"], 1)}
    )


def _computed(name: str) -> dict[str, Any]:
    from django.utils import timezone

    from bangfu.duties.actions.recomputing import recompute_duties

    before, cpu = time.perf_counter(), time.process_time()
    done = recompute_duties(at=timezone.now())
    return {
        f"{name}_s": round(time.perf_counter() - before, 2),
        f"{name}_cpu_s": round(time.process_time() - cpu, 2),
        f"{name}_written": done.changed,
        "items": done.items,
    }


def _one_visit() -> dict[str, float]:
    """The effect of a visit on what its visitor owes: milliseconds and CPU milliseconds, median and worst."""
    from bangfu.duties.models import DutyHolder
    from bangfu.duties.registry import note_record

    holders = DutyHolder.objects.exclude(user=None).order_by("pk").values_list("subject", flat=True)
    spent, worked = [], []
    for holder in holders[:RECORDS]:
        cpu = time.process_time()
        spent.append(1000 * seconds(lambda one=holder: note_record([one])))  # type: ignore[misc]
        worked.append(1000 * (time.process_time() - cpu))
    return {
        "one_visit_ms": round(statistics.median(spent), 1),
        "one_visit_worst_ms": round(max(spent), 1),
        "one_visit_cpu_ms": round(statistics.median(worked), 1),
    }


def _pages(requests: int) -> dict[str, Any]:
    from django.urls import reverse

    rows = reverse("due_item_list")
    figures: dict[str, Any] = {}
    addresses = {
        "due_items": [rows, f"{rows}?f_state=overdue", f"{rows}?f_state=soon&page=2"],
        "compliance": [reverse("duty_compliance")],
        "my_duties": [reverse("my_duties")],
        "vacancies": [reverse("tie_gaps")],
    }
    for name, asked in addresses.items():
        figures |= timed(f"{name}_county", asked, "county", requests)
    return figures


def _bare() -> None:
    """As many rows with the same columns and indexes, written without a look at anything."""
    from django.db import connection

    from bangfu.duties.models import DueItem

    table = DueItem._meta.db_table
    columns = ", ".join(field.column for field in DueItem._meta.concrete_fields if not field.primary_key)
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMP TABLE bare AS SELECT * FROM {table} WHERE 1 = 0")
        cursor.execute("CREATE INDEX bare_place ON bare (place, due_on)")
        cursor.execute("CREATE INDEX bare_once ON bare (holder_id, template_id, window_start, target_id)")
        cursor.execute(f"INSERT INTO bare ({columns}) SELECT {columns} FROM {table}")
