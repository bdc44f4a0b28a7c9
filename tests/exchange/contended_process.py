"""A process that registers a roster, stages the same with everything changed, and commits that."""

from __future__ import annotations

import sys
from datetime import UTC, date, datetime

import django

django.setup()

from bangfu.access.models import RoleAssignment, User  # noqa: E402 - models need Django set up
from bangfu.exchange import actions  # noqa: E402
from bangfu.exchange.models import Batch  # noqa: E402
from tests.cast import TOWN, make_regions  # noqa: E402
from tests.exchange.rosters import csv_bytes, person, silent  # noqa: E402

AT = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)


def stage(by: User, households: int, kind: str, health: str) -> Batch:
    """Upload and preflight a roster of so many households of two, all of one kind and health."""
    rows = []
    for number in range(households):
        for relation, name in (("户主", "杨志明"), ("之子", "杨小军")):
            code = f"M{number}-{name}"
            cells = {"人编号": code, "证件号码": "", "户类型": kind, "健康状况": health}
            rows.append(person(f"H{number}", name, relation, **cells))
    content = csv_bytes(rows)
    batch = actions.upload_batch(by=by, at=AT, file_name="名册.csv", content=content, place=TOWN)
    actions.run_preflight(batch, by=by, at=AT, progress=silent)
    return batch


def main(step: str, households: int) -> None:
    """``register``, ``preflight_changed`` or ``commit``."""
    if step == "register":
        make_regions()
        by = User.objects.create(username="clerk", name="测试", created_at=AT)
        RoleAssignment.objects.create(
            user=by, role="township", place=TOWN, valid_from=date(2020, 1, 1), granted_at=AT
        )
        actions.run_commit(stage(by, households, "脱贫户", "健康"), by=by, at=AT, progress=silent)
    elif step == "preflight_changed":
        stage(User.objects.get(), households, "一般农户", "长期慢性病")
    else:
        batch, by = Batch.objects.order_by("-id")[0], User.objects.get()
        print("begin", flush=True)
        actions.run_commit(batch, by=by, at=AT, progress=silent)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 0)
