"""``bench targets``: targets split over villages and months, what was reached read and judged anew.

The baseline is the same sums and the same lines as bare SQL in the same process, nothing compared.
"""

from __future__ import annotations

import datetime as dt
import statistics
from typing import Any

from bangfu.bench.installation import throw_away_installation
from bangfu.bench.measure import BenchError, result, seconds
from bangfu.bench.pages import timed

TODAY = dt.date(2026, 11, 22)
AT = dt.datetime(2026, 11, 22, 2, tzinfo=dt.UTC)
VILLAGES = 96
_RUNS = 3


def bench_targets(targets: int, rows: int) -> dict[str, object]:
    """Seconds to read the records anew and to judge every village of every target; pages.

    Raises BenchError when nothing was reached.
    """
    with throw_away_installation() as vendor:
        from bangfu.bench.filling import COUNTY, fill
        from bangfu.bench.filling_ledgers import LEDGERS, fill_ledgers

        fill(1)
        fill_ledgers(rows)
        figures: dict[str, Any] = {"targets": targets, "villages": VILLAGES, "months": 12, "rows": rows}
        figures |= {
            "database": vendor,
            "fill_s": round(seconds(lambda: fill_targets(targets, LEDGERS[0])), 1),
        }
        reads = [seconds(lambda: read(COUNTY)) for _ in range(_RUNS)]
        judges = [seconds(judge) for _ in range(_RUNS)]
        bares = [seconds(lambda: bare(LEDGERS[0])) for _ in range(_RUNS)]
        figures["records"] = records()
        figures["read_s"] = round(statistics.median(reads), 3)
        figures["judge_s"] = round(statistics.median(judges), 3)
        figures["recompute_s"] = round(figures["read_s"] + figures["judge_s"], 3)
        figures["bare_s"] = round(statistics.median(bares), 3)
        for name, addresses in pages().items():
            figures |= timed(name, addresses, "county", _RUNS)
    return result(
        "targets", figures, {"recompute_to_bare": round(figures["recompute_s"] / figures["bare_s"], 1)}
    )


def fill_targets(count: int, ledger: str) -> None:
    """So many targets by month, each split over the villages; their records take turns."""
    from bangfu.access.models import User
    from bangfu.bench.filling import COUNTY
    from bangfu.core.changing import recording
    from bangfu.core.models import Region, RegionLevel, Subject
    from bangfu.targets.models import Target, TargetLine
    from bangfu.targets.readings import records_seen

    by, county = User.objects.get(username="county"), Region.objects.get(code=COUNTY)
    villages = list(Region.objects.filter(level=RegionLevel.VILLAGE).order_by("code")[:VILLAGES])
    known = [one for _, group in records_seen(by) for one in group if one.id.startswith(f"ledger/{ledger}/")]
    whole, part = " ".join(["8"] * 12), " ".join([str(8 * VILLAGES)] * 12)
    with recording(by=by, at=AT, verb="set_county_target"):
        for at in range(count):
            record = known[at % len(known)]
            subject = Subject.objects.create(kind="target", place=COUNTY, label=f"目标{at}")
            target = Target.objects.create(
                subject=subject,
                region=county,
                place=COUNTY,
                title=f"目标{at}",
                source="测量",
                year=TODAY.year,
                cut="month",
                how="growth",
                side="at_least",
                measure=record.measure,
                amount=96 * VILLAGES,
                reading=record.id,
                recorded_by=by,
            )
            lines = [TargetLine(target=target, region=county, place=COUNTY, amount=target.amount, parts=part)]
            lines += [
                TargetLine(target=target, region=one, place=one.code, amount=96, parts=whole)
                for one in villages
            ]
            TargetLine.objects.bulk_create(lines)


def read(place: str) -> None:
    """Every record that the targets need, for all regions and months."""
    from bangfu.access.models import User
    from bangfu.targets.actions.targets import read_targets

    read_targets(by=User.objects.get(username="county"), at=AT, place=place)


def judge() -> int:
    """Every target with its places behind; raises BenchError when nothing is known."""
    from bangfu.access.models import User
    from bangfu.targets.queries import boards, live_targets

    user = User.objects.get(username="county")
    found = boards(user, live_targets(user, TODAY.year), TODAY)
    if any(board.own.whole.reached is None for board in found):
        raise BenchError("有的目标没有取到数，没有测量。")
    return sum(len(board.behind) for board in found)


def records() -> int:
    """How many different records the targets read."""
    from bangfu.targets.models import Target

    return Target.objects.values("reading").distinct().count()


def bare(ledger: str) -> None:
    """The sums by village and month of every day's column, and the lines, as bare SQL."""
    from django.db import connection

    from bangfu.county_ledgers.storage import slots_for

    slots = slots_for(ledger)
    days = [slot for slot in slots.values() if slot.startswith("day")]
    numbers = [slot for slot in slots.values() if slot.startswith(("number", "amount"))]
    sums = ", ".join(f"SUM({slot})" for slot in numbers)
    month = "strftime('%%Y-%%m', {})" if connection.vendor == "sqlite" else "to_char({}, 'YYYY-MM')"
    with connection.cursor() as cursor:
        for day in days:
            by = month.format(day)
            cursor.execute(
                f"SELECT substr(place, 1, 12), {by}, COUNT(*), {sums} FROM county_ledgers_ledgerrow"
                f" WHERE code = %s GROUP BY substr(place, 1, 12), {by}",
                [ledger],
            )
            cursor.fetchall()
        cursor.execute("SELECT target_id, place, amount, parts FROM targets_targetline")
        cursor.fetchall()


def pages() -> dict[str, list[str]]:
    """The board of the year, and the file of some targets."""
    from django.urls import reverse

    from bangfu.targets.models import Target

    uids = Target.objects.order_by("pk").values_list("uid", flat=True)[:20]
    return {
        "board": [f"{reverse('target_board')}?year={TODAY.year}"],
        "file": [reverse("county_target_file", args=[uid]) for uid in uids],
    }
