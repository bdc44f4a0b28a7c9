"""``bench funds``: ten years of a county's projects and money; traces and the dashboard.

Pages go through the whole stack in this process; no network is timed. The baseline is the bare SQL of the
payments of the largest notice on the same database.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator
from typing import Any

from bangfu.bench.installation import throw_away_installation
from bangfu.bench.measure import BenchError, result
from bangfu.bench.pages import timed

HOUSEHOLDS = 10_000
"""To whom the batches pay."""


def bench_funds(projects: int, requests: int = 30) -> dict[str, object]:
    """Server milliseconds (median, p95) and queries of traces and of the dashboard.

    Raises BenchError when a page does not open or the accounts do not add up.
    """
    with throw_away_installation() as vendor:
        from bangfu.bench.filling import fill
        from bangfu.bench.filling_funds import fill_funds

        fill(HOUSEHOLDS, persons=1)
        start = time.perf_counter()
        figures: dict[str, Any] = {"households": HOUSEHOLDS, **fill_funds(projects)}
        _look_at_tables()
        figures |= {"fill_s": round(time.perf_counter() - start, 1), "database": vendor, "requests": requests}
        check_accounts()
        for name, addresses in pages().items():
            figures |= timed(name, addresses, "county", requests)
        bare = list(_bare(requests))
        figures["bare_query_ms"] = round(statistics.median(bare), 2)
    ratios = {
        "largest_source_to_bare": round(figures["trace_largest_source_ms"] / figures["bare_query_ms"], 1)
    }
    return result("funds", figures, ratios)


def _look_at_tables() -> None:
    """As PostgreSQL does by itself some minutes after so much was written."""
    from django.apps import apps

    from bangfu.core.statistics import analyze

    analyze(model for name in ("projects", "funds") for model in apps.get_app_config(name).get_models())


def check_accounts() -> None:
    """Whether every account used what its entries gave; raises BenchError."""
    from django.db.models import Sum

    from bangfu.funds.models import Account, Entry

    given = dict(Entry.objects.order_by().values_list("giver").annotate(Sum("fen")))
    wrong = sum(
        used != given.get(key, 0) for key, used in Account.objects.values_list("pk", "used").iterator()
    )
    if wrong:
        raise BenchError(f"有 {wrong} 个账户的已用数和账对不上，没有测量。")


def pages() -> dict[str, list[str]]:
    """For each kind of page the addresses that are asked for, in turn."""
    from django.urls import reverse
    from django.utils import timezone

    largest, median = _sources()
    year, board = timezone.localdate().year, reverse("fund_dashboard")
    return {
        "trace_largest_source": [reverse("fund_source_file", args=[largest])],
        "trace_median_source": [reverse("fund_source_file", args=[median])],
        "trace_project": _sample("fund_project_trace", "projects.Project"),
        "trace_household": _sample("fund_household_trace", "households.Household"),
        "dashboard": [board, f"{board}?year={year - 1}"],
        "progress": [reverse("fund_progress_list")],
        "entries": [reverse("fund_entry_list")],
    }


def _sources() -> tuple[Any, Any]:
    """The notices with the most and with the median number of allocations."""
    from django.db.models import Count

    from bangfu.funds.models import FundSource

    rows = FundSource.objects.annotate(number=Count("allocations")).order_by("number")
    uids = list(rows.values_list("uid", flat=True))
    return uids[-1], uids[len(uids) // 2]


def _sample(page: str, model: str) -> list[str]:
    from django.apps import apps
    from django.urls import reverse

    uids = list(apps.get_model(model).objects.order_by("id").values_list("uid", flat=True))
    return [reverse(page, args=[uid]) for uid in uids[:: max(1, len(uids) // 20)]]


def _bare(requests: int) -> Iterator[float]:
    """Milliseconds of the newest payments of the largest notice as bare SQL."""
    from django.db import connection

    from bangfu.funds.models import FundSource

    key = FundSource.objects.get(uid=_sources()[0]).pk
    sql = (
        "SELECT * FROM funds_payment p JOIN funds_allocation a ON a.id = p.allocation_id"
        " WHERE a.source_id = %s ORDER BY p.paid_on DESC, p.id DESC LIMIT 50"
    )
    for _ in range(requests):
        start = time.perf_counter()
        with connection.cursor() as cursor:
            cursor.execute(sql, [key])
            cursor.fetchall()
        yield 1000 * (time.perf_counter() - start)
