"""On PostgreSQL the rows of each of the first ledgers lie in a part of the table of their own.

The parts are ranges of keys (``models.KEYS``), made here once and for all: no ledger ever changes the
database's structure. Ledgers beyond them share the last part. SQLite keeps rows in the order of their keys
anyway. ADR 0019 has the measurements.
"""

from typing import Any

from django.db import migrations

TABLE = "county_ledgers_ledgerrow"
KEYS = 1 << 40
SHELVES = 31


def part_rows(apps: Any, editor: Any) -> None:
    """Put a partitioned table with the same columns, constraints and indexes in the new table's place."""
    if editor.connection.vendor != "postgresql":
        return
    constraints, indexes = _constraints(editor), _indexes(editor)
    editor.execute(
        f"CREATE TABLE {TABLE}_parted (LIKE {TABLE} INCLUDING DEFAULTS INCLUDING IDENTITY)"
        " PARTITION BY RANGE (id)"
    )
    editor.execute(f"DROP TABLE {TABLE}")
    editor.execute(f"ALTER TABLE {TABLE}_parted RENAME TO {TABLE}")
    for number in range(1, SHELVES + 1):
        editor.execute(
            f"CREATE TABLE {TABLE}_{number:02d} PARTITION OF {TABLE}"
            f" FOR VALUES FROM ({KEYS * number}) TO ({KEYS * (number + 1)})"
        )
    editor.execute(f"CREATE TABLE {TABLE}_others PARTITION OF {TABLE} DEFAULT")
    for name, definition in constraints:
        editor.execute(f'ALTER TABLE {TABLE} ADD CONSTRAINT "{name}" {definition}')
    for (definition,) in indexes:
        editor.execute(definition)


def _constraints(editor: Any) -> list[tuple[str, str]]:
    return _asked(
        editor,
        f"SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid = '{TABLE}'::regclass",
    )


def _indexes(editor: Any) -> list[tuple[str]]:
    """Those that no constraint brings."""
    return _asked(
        editor,
        f"SELECT indexdef FROM pg_indexes WHERE tablename = '{TABLE}' AND indexname NOT IN"
        f" (SELECT conname FROM pg_constraint WHERE conrelid = '{TABLE}'::regclass)",
    )


def _asked(editor: Any, sql: str) -> list[Any]:
    with editor.connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall()


class Migration(migrations.Migration):
    """Nothing of the models changes."""

    dependencies = [("county_ledgers", "0001_initial")]

    operations = [migrations.RunPython(part_rows, migrations.RunPython.noop)]
