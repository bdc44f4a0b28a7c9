"""``bench pages``: how long the server works on a page of a large register, beside its bare query.

Requests go through the whole stack (middleware, views, templates) in this process; no network is timed. The
baseline is the SQL of the ledger page alone, run bare on the same database in the same process.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator
from itertools import cycle, islice
from typing import Any

from bangfu.bench.installation import throw_away_installation
from bangfu.bench.measure import BenchError, result

WARM_UP = 5


def bench_pages(households: int, requests: int = 60) -> dict[str, object]:
    """Server milliseconds (median, p95) and queries of ledger page, household file and search."""
    with throw_away_installation() as vendor:
        from bangfu.bench.filling import fill

        fill(households)
        figures: dict[str, Any] = {"households": households, "requests": requests, "database": vendor}
        for name, addresses in _pages().items():
            for username in ("county", "township"):
                figures |= timed(f"{name}_{username}", addresses[username], username, requests)
        bare = _bare(requests)
        figures["bare_query_ms"] = round(statistics.median(bare), 2)
    ratios = {"ledger_to_bare": round(figures["ledger_county_ms"] / figures["bare_query_ms"], 1)}
    return result("pages", figures, ratios)


def _pages() -> dict[str, dict[str, list[str]]]:
    """For each kind of page the addresses that each user asks for, in turn."""
    from django.urls import reverse

    from bangfu.bench.filling import COUNTY
    from bangfu.households.models import Household

    ledger, find = reverse("household_list"), reverse("find")
    pages: dict[str, dict[str, list[str]]] = {"ledger": {}, "file": {}, "search": {}}
    for username, place in (("county", COUNTY), ("township", f"{COUNTY}101")):
        rows = Household.objects.filter(place__startswith=place)
        step = max(1, rows.count() // 20)
        sample = list(rows.order_by("id").values_list("uid", "head_name", "head_initials", "code")[::step])
        pages["ledger"][username] = [
            ledger,
            f"{ledger}?page=2",
            f"{ledger}?place={COUNTY}101001",
            f"{ledger}?f_household_type=registered",
        ]
        pages["file"][username] = [reverse("household_file", args=[uid]) for uid, *_ in sample]
        words = [word for _, name, letters, code in sample for word in (name, letters, code, code[-4:])]
        pages["search"][username] = [f"{find}?q={word}" for word in words]
    return pages


def timed(name: str, addresses: list[str], username: str, requests: int) -> dict[str, Any]:
    """Median and p95 in milliseconds, and the most queries, of addresses asked for in turn as a user.

    What the filling left in memory is set aside first, as a web process sets aside what it has loaded.
    """
    from bangfu.core.memory import keep_what_is_loaded

    ask = asker(username)
    for address in islice(cycle(addresses), WARM_UP):
        ask(address)
    keep_what_is_loaded()
    times, queries = zip(*(ask(address) for address in islice(cycle(addresses), requests)), strict=True)
    return {
        f"{name}_ms": round(statistics.median(times), 1),
        f"{name}_p95_ms": round(statistics.quantiles(times, n=20)[-1], 1),
        f"{name}_queries": max(queries),
    }


def asker(username: str) -> Callable[[str], tuple[float, int]]:
    """A function that asks for an address as the user: (milliseconds, number of queries)."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from bangfu.access.models import User

    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(User.objects.get(username=username))

    def ask(address: str) -> tuple[float, int]:
        with CaptureQueriesContext(connection) as captured:
            start = time.perf_counter()
            response = client.get(address)
            spent = 1000 * (time.perf_counter() - start)
        if response.status_code != 200:
            raise BenchError(f"{address} 没有打开（{response.status_code}），没有数字。")
        return spent, len(captured)

    return ask


def _bare(requests: int) -> Iterator[float]:
    """Milliseconds of the ledger page's rows as bare SQL."""
    from django.db import connection

    from bangfu.bench.filling import COUNTY

    sql = "SELECT * FROM households_household WHERE place >= %s AND place < %s ORDER BY place, id LIMIT 50"
    for _ in range(requests):
        start = time.perf_counter()
        with connection.cursor() as cursor:
            cursor.execute(sql, [COUNTY, f"{COUNTY[:-1]}:"])
            cursor.fetchall()
        yield 1000 * (time.perf_counter() - start)
