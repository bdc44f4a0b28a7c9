"""The statements of a commit: what nobody has touched since the preflight goes in, set by set."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa
from django.db import IntegrityError, OperationalError, connection, models, transaction

from bangfu.access.models import Identity
from bangfu.core.models import Change, Subject, SubjectKind
from bangfu.exchange.datasets import Counts, Refusal, Written
from bangfu.households.enums import HouseholdState, MemberState
from bangfu.households.importing.finals import CHANGED, NEW, SAME, VERDICT
from bangfu.households.importing.rows import HOME
from bangfu.households.models import Household, Member
from bangfu.screening.linking.intake import SOURCE
from bangfu.tabular.reading import ROW

HOUSEHOLD_STAGE, MEMBER_STAGE, IDENTITY_STAGE = "stage_household", "stage_member", "stage_identity"
_H, _M, _I = Household._meta.db_table, Member._meta.db_table, Identity._meta.db_table

#: Households of the roster that somebody has touched since the preflight, themselves or one of their people.
_CHANGED_SINCE = (
    f"SELECT s.{HOME} FROM {HOUSEHOLD_STAGE} s LEFT JOIN {_H} h ON h.id = s.id"
    f" WHERE s.verdict = '{SAME}' AND (h.id IS NULL OR h.version <> s.seen_version)",
    f"SELECT s.{HOME} FROM {HOUSEHOLD_STAGE} s LEFT JOIN {_H} h ON h.id = s.id"
    f" WHERE s.verdict = '{CHANGED}' AND (h.id IS NULL OR h.version <> s.seen_version)",
    f"SELECT s.{HOME} FROM {MEMBER_STAGE} s LEFT JOIN {_M} m ON m.id = s.id"
    f" WHERE s.verdict = '{CHANGED}' AND (m.id IS NULL OR m.version <> s.seen_version)",
)
#: Households of the roster with a code or a person that somebody else has brought into the register.
_DOUBLED = (
    f"SELECT s.{HOME} FROM {HOUSEHOLD_STAGE} s WHERE s.verdict = '{NEW}'"
    f" AND EXISTS (SELECT 1 FROM {_H} h WHERE h.code = s.code AND h.id <> s.id)",
    f"SELECT s.{HOME} FROM {MEMBER_STAGE} s WHERE s.verdict = '{NEW}' AND s.code <> ''"
    f" AND EXISTS (SELECT 1 FROM {_M} m WHERE m.code = s.code AND m.id <> s.id)",
    f"SELECT s.{HOME} FROM {IDENTITY_STAGE} s WHERE s.valid_index <> '' AND EXISTS"
    f" (SELECT 1 FROM {_I} i WHERE i.id_index = s.valid_index AND i.person_key <> s.person_key)",
)
#: Households of the roster with a person who is now a member elsewhere. Once written, the database itself
#: lets nobody be a member twice.
_ELSEWHERE = (
    f"SELECT s.{HOME} FROM {MEMBER_STAGE} s JOIN {_M} m ON m.identity_id = s.identity_id AND m.id <> s.id"
    f" WHERE m.state = '{MemberState.PRESENT}'"
)
_ASKED = 20
#: Memory in which PostgreSQL sorts and joins a roster's rows; with its own 4 MB it goes to the disk.
_WORK_MEMORY = "64MB"
#: How long an import waits for a row or table of somebody else's: shorter than PostgreSQL waits to look for
#: deadlocks (a second), so that the import gives way and never the other.
_PATIENCE = "300ms"
_TOUCHED = "预检以后没有被别人改过的户（没有覆盖；请核对后把这几行重新导入）"


class Writing:
    """Staged rows in temporary tables.

    ``rows`` tells what each row of the file would do, ``filled`` which columns of a table the file fills.
    """

    def __init__(self, rows: pa.Table, codes: Mapping[int, str], filled: Mapping[str, Sequence[str]]) -> None:
        self._rows = rows
        self._codes = codes
        self._filled = filled

    def write(self, change: Change) -> Written:
        """Bring them in under the open change. Households touched since the preflight stay as they are."""
        with connection.cursor() as cursor:
            done = _write_unlocked(cursor, self._filled, change) if _is_postgresql() else None
            if done is None:
                _lock_patiently(cursor)
                done = _write_what_fits(cursor, self._filled, change)
        stale, made = done
        return Written(self._counts(stale), self._refused(stale), made)

    def _counts(self, stale: set[int]) -> Counts:
        homes, verdicts = self._rows[HOME].to_pylist(), self._rows[VERDICT].to_pylist()
        counted = Counter(v for home, v in zip(homes, verdicts, strict=True) if home not in stale)
        return Counts(counted[NEW], counted[CHANGED], counted[SAME])

    def _refused(self, stale: set[int]) -> list[Refusal]:
        if not stale:
            return []
        across = zip(*(self._rows[name].to_pylist() for name in (HOME, VERDICT, SOURCE, ROW)), strict=True)
        return [
            Refusal(source, row, "household_code", self._codes[home], _TOUCHED)
            for home, verdict, source, row in across
            if home in stale and verdict is not None
        ]


class _Overtaken(Exception):
    """Somebody wrote the same household or person in between."""


def _is_postgresql() -> bool:
    return connection.vendor == "postgresql"


def _write_unlocked(
    cursor: Any, filled: Mapping[str, Sequence[str]], change: Change
) -> tuple[set[int], dict[str, int]] | None:
    """On PostgreSQL: write first, lock then, and only to see that nobody came in between.

    So others wait for the look, not for the writing. None, and nothing written, when somebody came or holds
    the tables: then everything is done anew, locked from the beginning.
    """
    try:
        with transaction.atomic():
            cursor.execute(f"SET LOCAL lock_timeout = '{_PATIENCE}'")
            cursor.execute(f"SET LOCAL work_mem = '{_WORK_MEMORY}'")
            done = _write_what_fits(cursor, filled, change)
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
            _lock_patiently(cursor)
            _check_alone(cursor, done[1])
            return done
    except (_Overtaken, OperationalError, IntegrityError):
        return None


def _lock_patiently(cursor: Any) -> None:
    """Ask for the lock again and again, letting go in between. Raises OperationalError when it is never free.

    SQLite has locked everything already when the transaction began.
    """
    if not _is_postgresql():
        return
    for attempt in range(_ASKED):
        try:
            with transaction.atomic():
                cursor.execute(f"SET LOCAL lock_timeout = '{_PATIENCE}'")
                _lock(cursor)
                cursor.execute("SET LOCAL lock_timeout = DEFAULT")
            return
        except OperationalError:
            if attempt + 1 == _ASKED:
                raise


def _check_alone(cursor: Any, made: Mapping[str, int]) -> None:
    """Raise _Overtaken when a row was doubled, or not found as it was when it was to be updated."""
    cursor.execute(" UNION ".join((_CHANGED_SINCE[0], *_DOUBLED)))
    doubled = cursor.fetchone()
    for stage, name in ((HOUSEHOLD_STAGE, "households"), (MEMBER_STAGE, "members")):
        cursor.execute(f"SELECT count(*) FROM {stage} WHERE verdict = '{CHANGED}'")
        if doubled or cursor.fetchone()[0] != made[f"{name}_changed"]:
            raise _Overtaken


def _lock(cursor: Any) -> None:
    """Let nobody else write households, members or identities until the transaction ends."""
    cursor.execute(f"LOCK TABLE {_H}, {_M}, {_I} IN SHARE ROW EXCLUSIVE MODE")


def _write_what_fits(
    cursor: Any, filled: Mapping[str, Sequence[str]], change: Change
) -> tuple[set[int], dict[str, int]]:
    """Write all but the households that somebody has touched; they and what was written are given."""
    cursor.execute(" UNION ".join((*_CHANGED_SINCE, *_DOUBLED, _ELSEWHERE)))
    stale = {row[0] for row in cursor.fetchall()}
    for table in (HOUSEHOLD_STAGE, MEMBER_STAGE, IDENTITY_STAGE) if stale else ():
        cursor.execute(f"DELETE FROM {table} WHERE {HOME} IN ({', '.join(map(str, stale))})")
    return stale, _write(cursor, filled, change)


# The temporary tables were filled in the order of the new keys: the rows go to the end of the indexes.
def _write(cursor: Any, filled: Mapping[str, Sequence[str]], change: Change) -> dict[str, int]:
    made = {}
    for stage, kind in ((HOUSEHOLD_STAGE, SubjectKind.HOUSEHOLD), (MEMBER_STAGE, SubjectKind.MEMBER)):
        _insert_subjects(cursor, stage, kind)
    _insert_identities(cursor)
    _move_along(cursor, change)
    for model, stage, name in ((Household, HOUSEHOLD_STAGE, "households"), (Member, MEMBER_STAGE, "members")):
        made[f"{name}_new"] = _insert(cursor, model, stage, change)
        made[f"{name}_changed"] = _update(cursor, model, stage, filled[stage], change)
        _relabel_subjects(cursor, model, stage)
    return made


def _insert_subjects(cursor: Any, stage: str, kind: SubjectKind) -> None:
    uid = _as_uid("subject_uid")
    cursor.execute(
        f"INSERT INTO {Subject._meta.db_table} (id, uid, kind, place, label)"
        f" SELECT subject_id, {uid}, '{kind.value}', place, label FROM {stage}"
        f" WHERE verdict = '{NEW}'"
    )


def _insert_identities(cursor: Any) -> None:
    columns = "person_key, id_type, id_number, id_index, tail_index"
    cursor.execute(f"INSERT INTO {_I} ({columns}, key_version) SELECT {columns}, 1 FROM {IDENTITY_STAGE}")


def _insert(cursor: Any, model: type[models.Model], stage: str, change: Change) -> int:
    fields = model._meta.local_concrete_fields
    names = ", ".join(f'"{field.column}"' for field in fields)
    values = ", ".join(_new_value(field) for field in fields)
    cursor.execute(
        f"INSERT INTO {model._meta.db_table} ({names}) SELECT {values} FROM {stage} WHERE verdict = '{NEW}'",
        [change.pk],
    )
    return int(cursor.rowcount)


def _update(cursor: Any, model: type[models.Model], stage: str, filled: Sequence[str], change: Change) -> int:
    """Give changed rows their final values in the columns that the roster fills."""
    table = model._meta.db_table
    values = ", ".join(f'"{column}" = s."{column}"' for column in filled)
    cursor.execute(
        f"UPDATE {table} SET {values}, change_id = %s, version = {table}.version + 1"
        f" FROM {stage} s WHERE s.id = {table}.id AND s.verdict = '{CHANGED}'"
        f" AND s.seen_version = {table}.version",
        [change.pk],
    )
    return int(cursor.rowcount)


def _move_along(cursor: Any, change: Change) -> None:
    """People of changed households whom the roster does not name go to another group with the household."""
    cursor.execute(
        f"UPDATE {_M} SET place = s.place, change_id = %s, version = {_M}.version + 1"
        f" FROM {HOUSEHOLD_STAGE} s WHERE s.id = {_M}.household_id AND s.verdict = '{CHANGED}'"
        f" AND s.place <> {_M}.place AND NOT EXISTS"
        f" (SELECT 1 FROM {MEMBER_STAGE} m WHERE m.id = {_M}.id AND m.verdict = '{CHANGED}')",
        [change.pk],
    )


def _relabel_subjects(cursor: Any, model: type[models.Model], stage: str) -> None:
    """Subjects of changed rows are called as the rows are now."""
    subject, table = Subject._meta.db_table, model._meta.db_table
    cursor.execute(
        f"UPDATE {subject} SET label = s.label FROM {stage} s JOIN {table} t ON t.id = s.id"
        f" WHERE {subject}.id = t.subject_id AND s.verdict = '{CHANGED}' AND {subject}.label <> s.label"
    )


def _new_value(field: models.Field) -> str:
    """SQL of a new row's column: from the stage, else what the model's default says."""
    if field.column == "change_id":
        return "%s"
    if field.column == "uid":
        return _as_uid("uid_text")
    fixed = {"version": "1", "state": f"'{HouseholdState.PRESENT.value}'", "other_causes": "'[]'"}
    if field.column in fixed:
        return fixed[field.column]
    column = f'"{field.column}"'
    if isinstance(field, models.JSONField):
        return f"coalesce({column}, '{{}}')"
    if isinstance(field, models.CharField | models.TextField) and not field.null:
        return f"coalesce({column}, '')"
    return column


def _as_uid(column: str) -> str:
    return f"CAST({column} AS uuid)" if _is_postgresql() else column
