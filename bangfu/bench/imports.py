"""``bench import``: a roster from upload to committed, against reading it raw and filling a bare table.

Run in an installation of its own, on SQLite or on the (empty) PostgreSQL that ``BANGFU_DATABASE`` names.
Somebody else writes all the while; the longest that person waits is how long the writers were locked.
"""

from __future__ import annotations

import datetime as dt
import multiprocessing
import os
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from multiprocessing.synchronize import Event
from pathlib import Path
from typing import Any

from bangfu.bench.measure import BenchError, in_child, peak_mib, result, seconds
from bangfu.bench.read import id_number, raw_read, write_roster
from bangfu.tabular.isolation import start_early

_COUNTY = "530999"
_NOW = dt.datetime(2026, 11, 22, 2, 0, tzinfo=dt.UTC)
_HOUSEHOLD = 4  # members
_VILLAGE = 400  # members
_TOWNSHIP = 20  # villages
_PROBE_EVERY = 0.02
_PROBE_STARTS = 120


def bench_import(rows: int, columns: int) -> dict[str, object]:
    """Figures in seconds: upload to committed while somebody writes without a pause, undoing all of it; once
    more while nobody writes (``alone``); then the same file with a tenth changed, undoing that.

    Raises BenchError when what was imported is not what the file holds.
    """
    with tempfile.TemporaryDirectory() as folder:
        first, second = Path(folder) / "first.xlsx", Path(folder) / "second.xlsx"
        in_child(_write, first, rows, columns, 0)
        in_child(_write, second, rows, columns, 10)
        figures = in_child(_measure, Path(folder) / "home", first, second, rows)
        figures |= in_child(_baseline, Path(folder) / "bare", first)
    base = figures["raw_read_s"] + figures["bare_insert_s"]
    ratios = {"import_to_bare": round(figures["import_s"] / base, 3)}
    return result("import", {"rows": rows, "columns": columns, **figures}, ratios)


def _write(path: Path, rows: int, columns: int, changed_percent: int) -> None:
    write_roster(path, rows, columns, makers(changed_percent))


def makers(changed_percent: int) -> dict[str, Callable[[int], Any]]:
    """What the roster's decisive columns hold in a row; of every hundred rows some have changed."""

    def health(row: int) -> str:
        return "残疾" if row % 100 < changed_percent else "健康"

    def relation(row: int) -> str:
        return "户主" if (row - 1) % _HOUSEHOLD == 0 else "之子"

    return {
        "region_code": lambda row: village_code((row - 1) // _VILLAGE),
        "county": lambda row: "云岭县",
        "township": lambda row: "",
        "village": lambda row: "",
        "household_code": lambda row: f"{_COUNTY}{(row - 1) // _HOUSEHOLD:010d}",
        "member_code": lambda row: f"{_COUNTY}{row:012d}",
        "id_number": lambda row: id_number(
            _COUNTY, dt.date(1940, 1, 1) + dt.timedelta(row // 990), row % 990
        ),
        "id_type": lambda row: "居民身份证",
        "phone": lambda row: f"138{row % 10**8:08d}",
        "relation": relation,
        "health": health,
        "public_post_months": lambda row: row % 13,
        "work_months": lambda row: row % 13,
    }


def village_code(number: int) -> str:
    """The code of a made-up village."""
    return f"{_COUNTY}{101 + number // _TOWNSHIP}{1 + number % _TOWNSHIP:03d}"


def _measure(home: Path, first: Path, second: Path, rows: int) -> dict[str, float]:
    os.environ["BANGFU_HOME"] = str(home)
    os.environ["DJANGO_SETTINGS_MODULE"] = "bangfu.config.settings"
    import django

    django.setup()
    by = _prepare(rows)
    start_early()  # as the worker of an installation does
    figures = _one_round("import", "undo_all", first, by)
    figures |= _one_import(first, by, "alone")
    figures |= _one_round("update", "undo", second, by)
    return figures | {"peak_mib": peak_mib()}


def _one_round(name: str, undo: str, path: Path, by: Any) -> dict[str, float]:
    """Import a file and undo that, while somebody else writes; each with the longest that one waits."""
    with _probing() as waits:
        figures = _one_import(path, by, name)
    figures[f"{name}_lock_s"] = round(max(waits), 3)
    with _probing() as waits:
        figures[f"{undo}_s"] = round(seconds(lambda: _undo_last(by)), 3)
    return figures | {f"{undo}_lock_s": round(max(waits), 3)}


def _prepare(rows: int) -> Any:
    """Tables, villages, a person who may import, and a household for the other writer."""
    from django.core.management import call_command

    from bangfu.access.models import RoleAssignment, User
    from bangfu.core.changing import SYSTEM, recording
    from bangfu.core.models import Region
    from bangfu.households.actions.registering import MemberFacts, register_household

    call_command("migrate", verbosity=0)
    villages = [village_code(number) for number in range(-(-rows // _VILLAGE))]
    codes = dict.fromkeys([_COUNTY, *(village[:9] for village in villages), *villages])
    levels = {6: 3, 9: 4, 12: 5}
    with recording(by=SYSTEM, at=_NOW, verb="add_region"):
        Region.objects.bulk_create(Region(code=c, name=f"第{c}村", level=levels[len(c)]) for c in codes)
    by = User.objects.create(username="bench", name="测量", created_at=_NOW)
    RoleAssignment.objects.create(
        user=by, role="county_office", place=_COUNTY, valid_from=dt.date(2020, 1, 1), granted_at=_NOW
    )
    village = Region.objects.get(code=villages[0])
    register_household(by=by, at=_NOW, village=village, head=MemberFacts("另一户"), code="PROBE")
    return by


def _one_import(path: Path, by: Any, name: str) -> dict[str, float]:
    from bangfu.exchange import actions

    started = time.perf_counter()
    content = path.read_bytes()
    batch = actions.upload_batch(by=by, at=_NOW, file_name=path.name, content=content, place=_COUNTY)
    actions.run_preflight(batch, by=by, at=_NOW, progress=_silent)
    judged = time.perf_counter()
    actions.run_commit(batch, by=by, at=_NOW, progress=_silent)
    ended = time.perf_counter()
    counts = batch.receipt["counts"]
    if counts["rejected"] or not counts["new"] + counts["changed"]:
        raise BenchError(f"导入的不是文件里的：{counts}。")
    return {
        f"{name}_s": round(ended - started, 3),
        f"{name}_preflight_s": round(judged - started, 3),
        f"{name}_commit_s": round(ended - judged, 3),
    }


def _undo_last(by: Any) -> None:
    from bangfu.exchange import actions
    from bangfu.exchange.models import Batch

    batch = Batch.objects.order_by("-id")[0]
    actions.run_undo(batch, by=by, at=_NOW, reason="测量", progress=_silent)


@contextmanager
def _probing() -> Iterator[list[float]]:
    """Somebody else changes one household again and again; how long each change took, in seconds.

    In a process of its own, as the web's are beside the worker's: in ours it would hold up the import itself.
    """
    context = multiprocessing.get_context("spawn")
    receiving, sending = context.Pipe(duplex=False)
    ready, stop = context.Event(), context.Event()
    process = context.Process(target=_probe, args=(sending, ready, stop), daemon=True)
    process.start()
    sending.close()
    waits: list[float] = []
    try:
        if not ready.wait(_PROBE_STARTS):
            raise BenchError("另一个人没有登上，没有数字。")
        yield waits
        stop.set()
        waits += receiving.recv()
    except EOFError as error:
        raise BenchError("另一个人写的时候出了错，没有数字。") from error
    finally:
        process.kill()
        process.join()


def _probe(sending: Connection, ready: Event, stop: Event) -> None:
    import django

    django.setup()
    from bangfu.core.changing import SYSTEM, recording
    from bangfu.households.models import Household

    def write() -> None:
        with recording(by=SYSTEM, at=_NOW, verb="edit_household"):
            Household.objects.filter(code="PROBE").update(address="路边")

    write()
    ready.set()
    waits = []
    while not stop.wait(_PROBE_EVERY):
        waits.append(seconds(write))
    sending.send(waits)


def _baseline(home: Path, path: Path) -> dict[str, float]:
    """Read the file raw; put its rows as they are into a table without keys, indexes or history."""
    os.environ["BANGFU_HOME"] = str(home)
    os.environ["DJANGO_SETTINGS_MODULE"] = "bangfu.config.settings"
    import django

    django.setup()
    from django.db import connection, transaction

    started = time.perf_counter()
    header, *body = raw_read(path)
    read = time.perf_counter() - started
    names = ", ".join(f"c{index} text" for index in range(len(header)))
    marks = ", ".join(["%s"] * len(header))
    texts = [tuple(str(cell) for cell in row) for row in body]

    def insert() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"CREATE TABLE bare ({names})")
            cursor.executemany(f"INSERT INTO bare VALUES ({marks})", texts)

    return {"raw_read_s": round(read, 3), "bare_insert_s": round(seconds(insert), 3)}


def _silent(done: int, total: int | None, step: str) -> None:
    """Nobody watches."""
