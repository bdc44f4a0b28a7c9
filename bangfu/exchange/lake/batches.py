"""Which lists count, and their rows: those of all valid lists of a dataset, equal rows once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import duckdb
import pyarrow as pa
from django.db.models import Q, QuerySet

from bangfu.access.models import FormerNumber, Identity
from bangfu.access.scope import within
from bangfu.core.errors import SituationForbids
from bangfu.exchange.lake.files import in_lake
from bangfu.exchange.lake.keys import mark_of_index
from bangfu.exchange.lake.rows import ROW_KEY
from bangfu.exchange.models import ListBatch, ListState
from bangfu.screening.linking.intake import ORDER


def valid_lists(place: str, dataset: str = "") -> QuerySet[ListBatch]:
    """The lists that count for a place: its own, those of places in it, those of places around it."""
    around = [place[:length] for length in range(1, len(place))]
    rows = ListBatch.objects.with_state().filter(state=ListState.VALID)
    rows = rows.filter(within("place", place) | Q(place__in=around))
    rows = rows.filter(dataset=dataset) if dataset else rows
    found: QuerySet[ListBatch] = rows.select_related("batch").order_by("batch__committed_at", "id")
    return found


def row_keys(lists: Sequence[ListBatch]) -> set[int]:
    """The marks of the rows that these lists hold."""
    found: set[int] = set()
    with duckdb.connect() as connection:
        for one in lists:
            keys = connection.execute(f"SELECT {ROW_KEY} FROM read_parquet(?)", [_file(one)])
            found.update(keys.to_arrow_table()[ROW_KEY].to_pylist())
    return found


def number_marks() -> pa.Table:
    """The mark of each number of the vault: ``person_key, number_mark``."""
    known = list(Identity.objects.exclude(id_index="").values_list("person_key", "id_index"))
    return pa.table(
        {
            "person_key": pa.array([key for key, _ in known], pa.int64()),
            "number_mark": pa.array([mark_of_index(index) for _, index in known], pa.int64()),
        }
    )


def _former_marks(lists: Sequence[ListBatch]) -> pa.Table:
    """What the numbers of some rows were when their list came: ``list_id, person_key, former_mark``."""
    former = list(FormerNumber.objects.order_by("-until").values_list("identity_id", "id_index", "until"))
    found = {
        (one.pk, key): mark_of_index(index)
        for one in lists
        for key, index, until in former
        if one.batch.committed_at and one.batch.committed_at < until
    }
    return pa.table(
        {
            "list_id": pa.array([list_id for list_id, _ in found], pa.int64()),
            "person_key": pa.array([key for _, key in found], pa.int64()),
            "former_mark": pa.array(list(found.values()), pa.int64()),
        }
    )


def read_lists(
    connection: duckdb.DuckDBPyConnection, lists: Sequence[ListBatch], marks: pa.Table
) -> pa.Table:
    """The rows of these lists of one dataset, numbered ``n``; of equal rows the earliest.

    ``list_id`` says from which list a row is, ``number_mark`` (of ``marks``) whose number it has, as it stood
    in the vault when the list came. Raises SituationForbids when a file of the lake is missing.
    """
    connection.register("marks", marks)
    connection.register("former", _former_marks(lists))
    selects = [
        f"SELECT *, {one.pk}::BIGINT AS list_id, {position} AS position FROM read_parquet('{_file(one)}')"
        for position, one in enumerate(lists)
    ]
    first = f"QUALIFY row_number() OVER (PARTITION BY {ROW_KEY} ORDER BY position, {ORDER}) = 1"
    rows = " UNION ALL BY NAME ".join(selects)
    return connection.execute(
        "SELECT kept.*, coalesce(former_mark, marks.number_mark) AS number_mark,"
        f" row_number() OVER (ORDER BY position, {ORDER}) AS n"
        f" FROM (SELECT * FROM ({rows}) {first if len(lists) > 1 else ''}) kept"
        " LEFT JOIN marks USING (person_key) LEFT JOIN former USING (person_key, list_id) ORDER BY n"
    ).to_arrow_table()


def by_dataset(lists: Sequence[ListBatch]) -> Mapping[str, list[ListBatch]]:
    """The lists of each dataset, in their order."""
    found: dict[str, list[ListBatch]] = {}
    for one in lists:
        found.setdefault(one.dataset, []).append(one)
    return found


def _file(one: ListBatch) -> str:
    path = in_lake(one.path)
    if not path.exists():
        raise SituationForbids(
            f"名单文件 {one.path} 不在了，没有算下去。请从备份恢复这个文件，或撤回批次 {one.batch.number}。"
        )
    return str(path).replace("'", "''")
