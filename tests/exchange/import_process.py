"""A process that imports a roster; it says when it begins, and may be killed at any moment."""

from __future__ import annotations

import sys
from datetime import UTC, date, datetime, timedelta

import django

django.setup()

from bangfu.access.models import RoleAssignment, User  # noqa: E402 - models need Django set up
from bangfu.exchange import actions  # noqa: E402
from bangfu.exchange.models import Batch, BatchState  # noqa: E402
from tests.cast import TOWN, make_regions  # noqa: E402
from tests.exchange.lists import BILLS, bill  # noqa: E402
from tests.exchange.rosters import csv_bytes, family  # noqa: E402
from tests.households.builders import id_number  # noqa: E402

AT = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)


def put(households: int, batches: int) -> None:
    """Regions, a clerk, and a roster of so many households of three, uploaded so many times."""
    make_regions()
    by = User.objects.create(username="clerk", name="测试", created_at=AT)
    RoleAssignment.objects.create(
        user=by, role="township", place=TOWN, valid_from=date(2020, 1, 1), granted_at=AT
    )
    rows = [row for number in range(households) for row in family(f"H{number}", "杨志明", "杨小军", "杨丽")]
    for _ in range(batches):
        actions.upload_batch(by=by, at=AT, file_name="名册.csv", content=csv_bytes(rows), place=TOWN)


def put_list(rows: int) -> None:
    """Regions, a clerk, and a medical list of so many people."""
    make_regions()
    by = User.objects.create(username="clerk", name="测试", created_at=AT)
    RoleAssignment.objects.create(
        user=by, role="township", place=TOWN, valid_from=date(2020, 1, 1), granted_at=AT
    )
    born = date(1940, 1, 1)
    people = [(f"人{n}", id_number(born + timedelta(days=n))) for n in range(rows)]
    content = csv_bytes([bill(name, number, 10) for name, number in people], BILLS)
    actions.upload_batch(by=by, at=AT, file_name="医保.csv", content=content, place=TOWN)


def work(step: str, number: int) -> None:
    """Take a batch one step on."""
    batch, by = Batch.objects.order_by("id")[number], User.objects.get()
    print("begin", flush=True)
    if step == "preflight":
        actions.run_preflight(batch, by=by, at=AT, progress=lambda *_: None)
    elif step == "commit":
        actions.run_commit(batch, by=by, at=AT, progress=lambda *_: None)
    else:
        actions.run_undo(batch, by=by, at=AT, reason="测试", progress=lambda *_: None)
    assert batch.state in (BatchState.PREFLIGHTED, BatchState.COMMITTED, BatchState.UNDONE)
    print("end", flush=True)


if __name__ == "__main__":
    if sys.argv[1] == "put":
        put(int(sys.argv[2]), int(sys.argv[3]))
    elif sys.argv[1] == "put-list":
        put_list(int(sys.argv[2]))
    else:
        work(sys.argv[1], int(sys.argv[2]))
