"""Taking a month-end snapshot: every county's register and what the rooms above bring, out of one instant."""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Max
from django.utils import timezone

from bangfu.core import audit
from bangfu.core.changing import Actor
from bangfu.core.errors import SituationForbids
from bangfu.core.models import Change, Region, RegionLevel
from bangfu.households.models import Snapshot
from bangfu.households.snapshots.columns import Dataset, all_datasets, check_columns
from bangfu.households.snapshots.writing import digest_of, write_parquet


def month_end(day: date) -> date:
    """The last day of the month of ``day``."""
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def lake_path(place: str, dataset: str, month: date) -> Path:
    """Where a snapshot lies: ``lake/<county>/<dataset>/<YYYY-MM>.parquet``."""
    return settings.HOME.lake / place / dataset / f"{month:%Y-%m}.parquet"


def take_snapshot(*, by: Actor, at: datetime, month: date) -> list[Snapshot]:
    """The register of all counties as it is now, kept as the state of ``month``; gives all its snapshots.

    What is kept already stays as it is: a second run makes only what is missing. Raises SituationForbids for
    a month that has not begun, and when a kept file is missing or differs from what was written.
    """
    month = month_end(month)
    if month.replace(day=1) > timezone.localdate(at):
        raise SituationForbids(f"{month:%Y 年 %m 月}还没有到，没有快照可做。")
    counties = Region.objects.filter(level=RegionLevel.COUNTY, valid_to__isnull=True).order_by("code")
    return [one for county in counties for one in _take_county(by, at, month, county.code)]


def _take_county(by: Actor, at: datetime, month: date, county: str) -> list[Snapshot]:
    kept = list(Snapshot.objects.filter(month=month, place=county))
    if kept:
        for snapshot in kept:
            check_whole(snapshot)
        return kept
    with one_instant():
        last_change = Change.objects.aggregate(last=Max("id"))["last"] or 0
        made = [_write(dataset, county, month, last_change, at) for dataset in all_datasets()]
    with transaction.atomic():
        Snapshot.objects.bulk_create(made)
        rows = {snapshot.dataset: snapshot.rows for snapshot in made}
        audit.record(
            by=by, at=at, verb="take_snapshot", place=county, summary=f"{month:%Y-%m} 月末快照", data=rows
        )
    return made


def _write(dataset: Dataset, county: str, month: date, last_change: int, at: datetime) -> Snapshot:
    check_columns(dataset)
    path = lake_path(county, dataset.name, month)
    rows, digest = write_parquet(dataset, county, path)
    return Snapshot(
        month=month,
        place=county,
        dataset=dataset.name,
        path=str(path.relative_to(settings.HOME.lake)),
        rows=rows,
        digest=digest,
        last_change_id=last_change,
        made_at=at,
    )


def check_whole(snapshot: Snapshot) -> None:
    """Raise SituationForbids when the file of a snapshot is missing or is not what was written."""
    path = settings.HOME.lake / snapshot.path
    if not path.exists() or digest_of(path) != snapshot.digest:
        raise SituationForbids(
            f"快照文件 {snapshot.path} 缺失或与当时写下的不符，没有改动它。请从备份恢复这个文件。"
        )


@contextmanager
def one_instant() -> Iterator[None]:
    """One read transaction: what is read inside is the register of one instant. No write lock."""
    if connection.in_atomic_block:
        yield
        return
    begin = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
    with connection.cursor() as cursor:
        cursor.execute(begin if connection.vendor == "postgresql" else "BEGIN DEFERRED")
        try:
            yield
        finally:
            cursor.execute("COMMIT")
