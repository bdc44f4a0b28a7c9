"""``bench ledgers``: a defined ledger beside the same table made by hand, with another ledger as large.

Both are read by the same reader (``ledgers.queries.read_page``): count and totals, the sorted keys of a page,
its rows. In turn, so that what else the machine does meets both alike.
"""

from __future__ import annotations

import datetime as dt
import statistics
import time
from dataclasses import dataclass
from typing import Any

from bangfu.bench.installation import throw_away_installation
from bangfu.bench.measure import BenchError, result, seconds
from bangfu.bench.pages import asker, timed

TOWNSHIP = {"place__gte": "530999103", "place__lt": "530999104"}
CASES: dict[str, tuple[dict[str, Any], str]] = {
    "totals": ({}, "-pk"),
    "filter": ({"c08": "在建", "c09__gt": 500_000}, "-pk"),
    "sort": ({}, "-c16"),
    "filter_sort": ({"c08": "停", "c16__gte": dt.date(2026, 6, 1)}, "c01"),
    "contains": ({"c02__icontains": "字123"}, "-pk"),
    "township": (TOWNSHIP, "-c16"),
}
"""Conditions and order of what is read; every one counts, totals three columns and reads the first page."""


@dataclass(frozen=True)
class Side:
    """One of the two tables: its rows for the county's reader, and the fields of the columns."""

    rows: Any
    fields: dict[str, str]


def bench_ledgers(rows: int, requests: int = 20) -> dict[str, object]:
    """Milliseconds (median, p95) of each reading by hand and as defined; the page; a new definition.

    Raises BenchError when the two do not read the same.
    """
    with throw_away_installation() as vendor:
        from bangfu.bench.filling import fill
        from bangfu.bench.filling_ledgers import LEDGERS, fill_ledgers

        fill(1)
        figures: dict[str, Any] = {"rows": rows, "columns": 20, "database": vendor, "requests": requests}
        start = time.perf_counter()
        sides = sides_of(fill_ledgers(rows))
        figures["fill_s"] = round(time.perf_counter() - start, 1)
        refresh_statistics()
        ratios = compare(sides, requests, figures)
        figures |= timed("page", addresses(LEDGERS[0]), "county", requests)
        figures["new_definition_s"] = round(seconds(define_and_open), 3)
    return result("ledgers", figures, ratios)


def refresh_statistics() -> None:
    """What a database at work does by itself after many rows came."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


def sides_of(by_hand: Any) -> dict[str, Side]:
    """The hand-made table, all of it, and the first defined ledger as the county's reader sees it.

    Asked for the reader's places too, SQLite would read the hand-made table by its index, eight times slower.
    """
    from bangfu.access.models import User
    from bangfu.bench.filling_ledgers import COLUMNS, LEDGERS
    from bangfu.county_ledgers.queries import rows_of
    from bangfu.county_ledgers.storage import slots_for

    reader = User.objects.get(username="county")
    return {
        "hand": Side(by_hand.objects.all(), {name: name for name in COLUMNS}),
        "defined": Side(rows_of(reader, LEDGERS[0]), slots_for(LEDGERS[0])),
    }


def compare(sides: dict[str, Side], requests: int, figures: dict[str, Any]) -> dict[str, float]:
    """Time each case on both sides in turn, into ``figures``; the ratios of the medians.

    Raises BenchError when the two do not read the same.
    """
    ratios = {}
    for name in CASES:
        if len({repr(read(side, name)) for side in sides.values()}) > 1:
            raise BenchError(f"{name}：自定台账和手写的表读出来的不一样，没有测量。")
        spent: dict[str, list[float]] = {side: [] for side in sides}
        for _ in range(requests):
            for key, side in sides.items():
                start = time.perf_counter()
                read(side, name)
                spent[key].append(1000 * (time.perf_counter() - start))
        median = {key: statistics.median(times) for key, times in spent.items()}
        for key, times in spent.items():
            figures[f"{name}_{key}_ms"] = round(median[key], 1)
            figures[f"{name}_{key}_p95_ms"] = round(statistics.quantiles(times, n=20)[-1], 1)
        ratios[f"{name}_to_hand"] = round(median["defined"] / median["hand"], 2)
    return ratios


def read(side: Side, case: str) -> tuple[list[Any], int, dict[str, Any]]:
    """The first page of a case: what its rows are, how many there are in all, the totals."""
    from bangfu.access.permissions import Permission
    from bangfu.bench.filling_ledgers import TOTALLED
    from bangfu.ledgers.definition import Column, Ledger
    from bangfu.ledgers.queries import read_page

    conditions, order = CASES[case]
    columns = tuple(
        Column(name, name, field, sort=field, total=name in TOTALLED) for name, field in side.fields.items()
    )
    ledger = Ledger("bench", "测量", "", Permission.LEDGER_VIEW, lambda user: side.rows, columns)
    named = {_field(side, lookup): value for lookup, value in conditions.items()}
    rows = side.rows.filter(**named)
    found = read_page(ledger, None, rows, columns, order, 1)  # type: ignore[arg-type]
    return [row.uid for row in found.rows], found.page.paginator.count, found.totals


def _field(side: Side, lookup: str) -> str:
    column, sign, rest = lookup.partition("__")
    return side.fields.get(column, column) + sign + rest


def addresses(code: str) -> list[str]:
    """The ledger's page as it opens, filtered, sorted, and of a township."""
    from django.urls import reverse

    page = reverse("county_ledger_page", args=[code])
    asked = ("", "?f_c08=在建", "?sort=-c16", "?sort=c13&f_c08=停", "?place=530999103")
    return [page + query for query in asked]


def define_and_open() -> None:
    """Publish a ledger of twenty columns and open its page and entry form, and export it."""
    from django.urls import reverse

    from bangfu.bench.filling_ledgers import publish

    code = publish("bench_new").code
    ask, page = asker("county"), reverse("county_ledger_page", args=[code])
    for address in (page, reverse("record_row", args=[code]), f"{page}?format=xlsx"):
        ask(address)
