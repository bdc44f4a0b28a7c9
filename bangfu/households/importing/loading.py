"""What was staged, as temporary tables with their keys, ready to be written in a few statements."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from bangfu.access.models import Identity
from bangfu.core.ids import uid7_texts
from bangfu.core.memory import without_cycle_search
from bangfu.core.models import RowVersion, Subject
from bangfu.core.statistics import analyze
from bangfu.households.importing import staging, temporary
from bangfu.households.importing.finals import CHANGES, NEW, SAME, VERDICT
from bangfu.households.importing.rows import HOME, PERSON
from bangfu.households.importing.writing import (
    HOUSEHOLD_STAGE,
    IDENTITY_STAGE,
    MEMBER_STAGE,
    Writing,
)
from bangfu.households.models import Household, Member

_TEXT, _INTEGER = "text", "bigint"
_MORE = {
    VERDICT: _TEXT,
    HOME: _INTEGER,
    "seen_version": _INTEGER,
    "subject_uid": _TEXT,
    "uid_text": _TEXT,
    "label": _TEXT,
}


_WRITTEN = (Household, Member, Identity, Subject, RowVersion)


@contextmanager
def loading(folder: Path) -> Iterator[Writing]:
    """The staged rows in temporary tables of this connection while the block lasts."""
    households = staging.load_table(folder, staging.HOUSEHOLDS)
    members = staging.load_table(folder, staging.MEMBERS)
    identities = staging.load_table(folder, staging.IDENTITIES)
    rows = staging.load_table(folder, staging.ROWS)
    codes = dict(zip(households[HOME].to_pylist(), households["code"].to_pylist(), strict=True))
    filled = {HOUSEHOLD_STAGE: _filled(Household, households), MEMBER_STAGE: _filled(Member, members)}
    try:
        _load(households, members, identities)
        with temporary.room():
            yield Writing(rows, codes, filled)
        analyze(_WRITTEN)
    finally:
        temporary.drop((HOUSEHOLD_STAGE, MEMBER_STAGE, IDENTITY_STAGE))


@without_cycle_search()
def _load(households: pa.Table, members: pa.Table, identities: pa.Table) -> None:
    """Rows that change nothing are not loaded, except households of members that do change."""
    members = members.filter(pc.not_equal(members[VERDICT], SAME))
    touched = pc.is_in(households[HOME], value_set=pc.unique(members[HOME]))
    households = households.filter(pc.or_(pc.not_equal(households[VERDICT], SAME), touched))
    home_ids, home_subjects = _keyed(Household, households), _subjects(households)
    member_ids, member_subjects = _keyed(Member, members), _subjects(members)
    of_home = dict(zip(households[HOME].to_pylist(), home_ids, strict=True))
    with ThreadPoolExecutor(max_workers=1) as beside:  # the members are made ready while PostgreSQL takes in
        ready = beside.submit(_members, members, member_ids, member_subjects, of_home)
        finished = _finished(households, home_ids, home_subjects, _labels(households))
        temporary.make(HOUSEHOLD_STAGE, Household, _MORE, finished.drop_columns(["village_name"]))
        more = {HOME: _INTEGER, "valid_index": _TEXT}
        temporary.make(IDENTITY_STAGE, Identity, more, identities.drop_columns([PERSON]))
        temporary.make(MEMBER_STAGE, Member, _MORE, ready.result())


def _labels(households: pa.Table) -> list[str]:
    """What households are called."""
    across = zip(households["head_name"].to_pylist(), households["village_name"].to_pylist(), strict=True)
    return [f"{name}户（{village}）" for name, village in across]


def _members(
    members: pa.Table, ids: Sequence[int], subjects: Sequence[int], of_home: Mapping[int, int]
) -> pa.Table:
    """The rows of members, finished, each with the key of its household."""
    finished = _finished(members, ids, subjects, members["name"].to_pylist())
    keys = pa.array([of_home[home] for home in members[HOME].to_pylist()])
    return finished.append_column("household_id", keys).drop_columns([PERSON])


def _filled(model: type[Household] | type[Member], table: pa.Table) -> list[str]:
    """The model's columns that the staged rows give, but for the key."""
    own = [field.column for field in model._meta.local_concrete_fields if not field.primary_key]
    return [column for column in own if column in table.column_names]


def _keyed(model: type[Household] | type[Member], table: pa.Table) -> list[int]:
    """The rows' keys in the register; new rows get reserved ones."""
    known = table["id"].to_pylist()
    fresh = iter(temporary.reserve(model, known.count(None)))
    return [next(fresh) if key is None else key for key in known]


def _subjects(table: pa.Table) -> list[int]:
    """Reserved keys of the new rows' subjects."""
    return temporary.reserve(Subject, pc.sum(pc.equal(table[VERDICT], NEW)).as_py() or 0)


def _finished(
    table: pa.Table, ids: Sequence[int], subjects: Sequence[int], labels: Sequence[str]
) -> pa.Table:
    """The rows with their keys, and for the new ones identifiers and a subject."""
    new = pc.equal(table[VERDICT], NEW).to_pylist()
    fresh, subject_uids, free = iter(uid7_texts(sum(new))), iter(uid7_texts(sum(new))), iter(subjects)
    columns = {
        "id": pa.array(ids, pa.int64()),
        "subject_id": pa.array([next(free) if one else None for one in new], pa.int64()),
        "subject_uid": pa.array([next(subject_uids) if one else None for one in new], pa.string()),
        "uid_text": pa.array([next(fresh) if one else None for one in new], pa.string()),
        "label": pa.array([label[:100] for label in labels], pa.string()),
    }
    kept = table.drop_columns(["id", CHANGES])
    for name, values in columns.items():
        kept = kept.append_column(name, values)
    return kept
