"""Somebody with the database in hand: takes a guard away, and changes what must not change."""

from __future__ import annotations

from django.db import connection


def run(sql: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def without_guard(table: str, sql: str, *values: object) -> None:
    """Run ``sql`` on ``table`` with its triggers out of the way."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # deferred constraints wait on the table, and it may not be altered until they are checked
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            cursor.execute(sql, values)
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
            return
        cursor.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [table]
        )
        triggers = cursor.fetchall()
        for name, _ in triggers:
            cursor.execute(f"DROP TRIGGER {name}")
        cursor.execute(sql, values)
        for _, create in triggers:
            cursor.execute(create)
