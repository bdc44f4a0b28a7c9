"""The register of a month's end as the engine's raw tables: facts of the snapshot, people by their keys.

Names and numbers never lie in the lake. A name is the one that history has for the snapshot's last change, a
village and its name likewise; the number is the vault's, so that a corrected one links by itself. Values are
texts, as the register's own reading gives them.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from datetime import date

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
from django.db.models import Q

from bangfu.core.history import replaced_since
from bangfu.core.models import Region, RegionCode, RegionLevel
from bangfu.core.models.region import CODE_LENGTHS
from bangfu.households.models import Member, Snapshot
from bangfu.households.screening_columns import kept_where
from bangfu.households.snapshots.columns import DATASETS, LakeColumn
from bangfu.households.snapshots.reading import COUNTY_DIGITS, read_snapshot

VILLAGE_DIGITS = CODE_LENGTHS[RegionLevel.VILLAGE]
_HOUSEHOLDS, _MEMBERS = DATASETS
_ALIVE = "present"
#: The latest row of a person in a household says the name; the snapshot says the rest.
_PEOPLE = """
    WITH latest AS (SELECT DISTINCT ON (person_key, household_uid) * FROM who ORDER BY n DESC)
    SELECT latest.* EXCLUDE (household_uid, stated_birth_date, is_head, village_id, n),
        facts.* EXCLUDE (key, uid)
    FROM latest JOIN facts ON facts.key = latest.person_key AND facts.uid = latest.household_uid
    ORDER BY latest.n"""


def people_then(place: str, month: date, who: pa.Table, more: Mapping[str, str]) -> pa.Table:
    """Everybody present at the end of ``month``: their row of ``who`` and the facts ``more`` (name → column).

    ``who`` has ``person_key``, ``household_uid`` and ``n``, and is everybody the register ever had there.
    """
    kept = _present("members", place, month)
    homes = pc.unique(_present("households", place, month)["household_uid"])
    kept = kept.filter(pc.is_in(kept["household_uid"], homes))
    facts = {"key": kept["person_key"], "uid": kept["household_uid"]}
    facts["is_head"] = kept["is_head"].cast(pa.int64())
    facts["village_id"] = _villages(kept["place"].to_pylist(), month)
    facts |= {name: _texts(kept, _MEMBERS.columns, field) for name, field in more.items()}
    with duckdb.connect() as session:
        session.register("who", _named_then(who, last_change(place, month)))
        session.register("facts", pa.table(facts))
        return session.execute(_PEOPLE).to_arrow_table()


def homes_then(place: str, month: date, keys: pa.Table, more: Mapping[str, str]) -> pa.Table:
    """Every household present at the end of ``month``, with its key today and the facts ``more``.

    ``keys`` has ``household_key`` and ``uid``. What a snapshot does not keep is empty.
    """
    kept = _present("households", place, month)
    facts = {"uid": kept["household_uid"], "place": kept["place"]}
    facts |= {name: _texts(kept, _HOUSEHOLDS.columns, field) for name, field in more.items()}
    joined = pa.table(facts).join(keys, "uid", join_type="inner")
    return joined.sort_by("household_key")


def last_change(place: str, month: date) -> int:
    """The number of the last change that the snapshot of the county of ``place`` knew; 0 without one."""
    kept = Snapshot.objects.filter(dataset="members", month=month, place=place[:COUNTY_DIGITS])
    return kept.values_list("last_change_id", flat=True).first() or 0


def village_names(change: int | None = None) -> dict[int, tuple[str, str | None]]:
    """Village → its name and its township's, today or as they were when ``change`` was the latest."""
    rows = list(Region.objects.filter(level__gte=RegionLevel.TOWNSHIP).values_list("id", "name", "parent_id"))
    names = {pk: name for pk, name, _ in rows}
    parents = {pk: parent for pk, _, parent in rows}
    if change is not None:
        names |= replaced_since(Region, "name", change)
        parents |= replaced_since(Region, "parent_id", change)
    return {pk: (name, names.get(parents[pk])) for pk, name in names.items() if pk in parents}


def _villages(places: Sequence[str], month: date) -> pa.Array:
    """The villages of codes as they were valid at the end of ``month``."""
    codes = {place[:VILLAGE_DIGITS] for place in places}
    known = dict(Region.objects.filter(code__in=codes).values_list("code", "pk"))
    begun = Q(valid_from=None) | Q(valid_from__lte=month)
    held = RegionCode.objects.filter(begun, Q(valid_to=None) | Q(valid_to__gte=month), code__in=codes)
    known |= dict(held.values_list("code", "region_id"))
    return pa.array([known.get(place[:VILLAGE_DIGITS]) for place in places], pa.int64())


def _named_then(who: pa.Table, change: int) -> pa.Table:
    """``who`` with the names of then; a row that came later keeps its own."""
    then = replaced_since(Member, "name", change)
    pairs = zip(who["n"].to_pylist(), who["name"].to_pylist(), strict=True)
    names = pa.array([then.get(n, name) for n, name in pairs], pa.string())
    return who.set_column(who.column_names.index("name"), "name", names)


def not_kept(columns: Collection[str]) -> list[str]:
    """Titles of those columns of the roster that the register has and its snapshots do not."""
    kept = {column.field for dataset in (_HOUSEHOLDS, _MEMBERS) for column in dataset.columns}
    return [title for title, source in kept_where(columns) if source not in kept]


def _present(dataset: str, place: str, month: date) -> pa.Table:
    rows = read_snapshot(dataset, month, [place])
    return rows.filter(pc.equal(rows["state"], _ALIVE))


def _texts(rows: pa.Table, columns: tuple[LakeColumn, ...], field: str) -> pa.Array | pa.ChunkedArray:
    """A column as the register's own reading gives it: texts, lists as JSON; nothing where it is not kept."""
    name = next((column.name for column in columns if column.field == field), None)
    if name is None:
        return pa.nulls(len(rows), pa.string())
    if pa.types.is_list(rows[name].type):
        return pa.array([json.dumps(one) for one in rows[name].to_pylist()], pa.string())
    return rows[name].cast(pa.string())
