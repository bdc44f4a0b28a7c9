"""Reading the lake: the register as known at a month's end, within the places one may see."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from django.conf import settings

from bangfu.core.errors import SituationForbids
from bangfu.core.models.region import range_end
from bangfu.households.models import Snapshot
from bangfu.households.snapshots.columns import all_datasets

COUNTY_DIGITS = 6


def kept_months(dataset: str = "households", place: str = "") -> list[date]:
    """The months that have a snapshot of a dataset, the newest first; of the county ``place`` where given."""
    kept = Snapshot.objects.filter(dataset=dataset)
    if place:
        kept = kept.filter(place=place[:COUNTY_DIGITS])
    return list(kept.order_by("-month").values_list("month", flat=True).distinct())


def read_snapshot(
    dataset: str, month: date, places: Iterable[str], columns: Sequence[str] | None = None
) -> pa.Table:
    """The rows of a dataset at the end of ``month`` in ``places`` (region codes; none: no rows).

    Raises SituationForbids when a file that the installation kept is no longer there.
    """
    rows = Snapshot.objects.filter(month=month, dataset=dataset).order_by("place")
    tables = [
        _read(snapshot, place, columns)
        for snapshot in rows
        for place in places
        if _overlap(snapshot.place, place)
    ]
    return pa.concat_tables(tables) if tables else _empty(dataset, columns)


def _overlap(county: str, place: str) -> bool:
    return county.startswith(place) or place.startswith(county)


def _read(snapshot: Snapshot, place: str, columns: Sequence[str] | None) -> pa.Table:
    path = settings.HOME.lake / snapshot.path
    if not path.exists():
        raise SituationForbids(f"{snapshot.month:%Y-%m} 的快照文件不在了，读不出那时的数。请从备份恢复。")
    within = [("place", ">=", place), ("place", "<", range_end(place))] if place else None
    return pq.read_table(path, columns=list(columns) if columns else None, filters=within)


def _empty(dataset: str, columns: Sequence[str] | None) -> pa.Table:
    schema = next(one.schema for one in all_datasets() if one.name == dataset)
    table = schema.empty_table()
    return table.select(list(columns)) if columns else table


def on_register_mask(households: pa.Table) -> pa.ChunkedArray:
    """Which households of a snapshot stood on the register: ``standing.on_register`` for the lake."""
    present = pc.equal(households["state"], "present")
    registered = pc.equal(households["household_type"], "registered")
    category = pc.not_equal(households["monitored_category"], "")
    removed = pc.fill_null(households["risk_removed"], False)
    monitored = pc.and_(category, pc.invert(removed))
    return pc.and_(present, pc.or_(registered, monitored))
