"""``bench cases``: the pages of the main loop over 100,000 households, 20,000 cases and 20,000 clues.

The county also owes and does what the workbench counts beside them: duties of its cadres, resolutions,
orders, leave.
Pages go through the whole stack in this process; no network is timed. The baseline is the bare SQL of the
list of cases on the same database.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator
from typing import Any

from bangfu.bench.installation import throw_away_installation
from bangfu.bench.measure import BenchError, result, seconds
from bangfu.bench.pages import asker, timed

PLANS = 4_423
"""As many households as the peer's plan list had: 120,815 statements there."""
CADRES = 5_000
"""So many people of units share the households among them."""


def bench_cases(
    households: int, cases: int, clues: int, cadres: int = CADRES, requests: int = 60
) -> dict[str, object]:
    """Server milliseconds (median, p95) and queries of each page; seconds of filling; the plan list.

    Raises BenchError when a page does not open, or fewer households are monitored than the plan list asks.
    """
    with throw_away_installation() as vendor:
        from bangfu.bench.filling import fill

        fill(households)
        figures: dict[str, Any] = {"households": households, "cases": cases, "clues": clues, "cadres": cadres}
        figures |= {"requests": requests, "database": vendor, **owed(cadres), **_filled(cases, clues)}
        for name, addresses in pages().items():
            for username in ("county", "township"):
                figures |= timed(f"{name}_{username}", addresses, username, requests)
        figures |= _plan_list()
        bare = list(_bare(requests))
        figures["bare_query_ms"] = round(statistics.median(bare), 2)
    ratios = {"case_list_to_bare": round(figures["case_list_county_ms"] / figures["bare_query_ms"], 1)}
    return result("cases", figures, ratios)


def owed(cadres: int) -> dict[str, int]:
    """How many due items, and rows of meetings, orders and leave, the county has."""
    from django.utils import timezone

    from bangfu.bench.filling_duties import fill_duties
    from bangfu.bench.filling_support import fill_support
    from bangfu.duties.actions.recomputing import recompute_duties

    fill_duties(cadres)
    return {"due_items": recompute_duties(at=timezone.now()).items, "support_rows": fill_support()}


def _filled(cases: int, clues: int) -> dict[str, float]:
    from django.utils import timezone

    from bangfu.access.models import User
    from bangfu.bench.filling_cases import fill_cases, staged_clues
    from bangfu.monitoring.actions.screenings import release_screening

    by = User.objects.get(username="county")
    spent = {"cases_s": seconds(lambda: fill_cases(cases))}
    run = staged_clues(clues)
    spent["write_clues_s"] = seconds(lambda: release_screening(by=by, at=timezone.now(), run=run))
    return {name: round(each, 2) for name, each in spent.items()}


def pages() -> dict[str, list[str]]:
    """For each kind of page the addresses that are asked for, in turn."""
    from django.urls import reverse

    clues, cases, todo = reverse("clue_list"), reverse("case_list"), reverse("todo_list")
    return {
        "workbench": [reverse("workbench")],
        "clue_list": [clues, f"{clues}?page=2", f"{clues}?f_state=new", f"{clues}?f_limit=overdue"],
        "case_list": [cases, f"{cases}?page=2", f"{cases}?f_limit=open", f"{cases}?f_limit=overdue"],
        "todo_list": [todo, f"{todo}?page=2", f"{todo}?f_due=overdue"],
    }


def _plan_list() -> dict[str, Any]:
    """Seconds and statements of the plan list of ``PLANS`` households as a workbook, and of one page."""
    from django.urls import reverse
    from django.utils import timezone

    from bangfu.core.changing import SYSTEM, recording
    from bangfu.households.models import Household

    monitored = Household.objects.exclude(monitored_category="").order_by("id").values_list("pk", flat=True)
    if monitored.count() < PLANS:
        raise BenchError(f"监测户不到 {PLANS} 户，一户一策的数字没有意义。请多造些个案。")
    beyond = list(monitored[PLANS:])
    with recording(by=SYSTEM, at=timezone.now(), verb="fill"):
        for start in range(0, len(beyond), 500):
            Household.objects.filter(pk__in=beyond[start : start + 500]).update(risk_removed=True)
    ask = asker("county")
    spent, queries = ask(f"{reverse('plan_list')}?format=xlsx")
    return {"plan_list_rows": PLANS, "plan_list_s": round(spent / 1000, 2), "plan_list_queries": queries}


def _bare(requests: int) -> Iterator[float]:
    """Milliseconds of the rows of the list of cases as bare SQL."""
    from django.db import connection

    from bangfu.bench.filling import COUNTY

    sql = (
        "SELECT * FROM monitoring_case c JOIN workflow_flowrun r ON r.id = c.run_id"
        " JOIN households_household h ON h.id = c.household_id"
        " WHERE c.place >= %s AND c.place < %s ORDER BY r.due_on, c.id LIMIT 50"
    )
    for _ in range(requests):
        start = time.perf_counter()
        with connection.cursor() as cursor:
            cursor.execute(sql, [COUNTY, f"{COUNTY[:-1]}:"])
            cursor.fetchall()
        yield 1000 * (time.perf_counter() - start)
