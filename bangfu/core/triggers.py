"""Triggers that keep history whole, made from the models after each migration, for SQLite and PostgreSQL.

* A tracked row is written only under the open change (``recording``), and carries it.
* The row as it was goes to ``core_rowversion`` before an update or a delete.
* Changes, versions, sealed audit and models that say ``append_only = True`` are append-only.
"""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db import connections, models

from bangfu.core.models import AuditBlock, AuditEvent, Change, RowVersion, TrackedModel

_UNRECORDED = "unrecorded write"
_APPEND_ONLY = "append only"


def install(using: str = "default", **_: Any) -> None:
    """Make or renew all triggers; connected to ``post_migrate``."""
    connection = connections[using]
    existing = set(connection.introspection.table_names())
    statements = _postgresql if connection.vendor == "postgresql" else _sqlite
    with connection.cursor() as cursor:
        present = [model for model in tracked_models() if model._meta.db_table in existing]
        for sql in statements(present):
            cursor.execute(sql)
        for sql in _append_only(connection.vendor, existing):
            cursor.execute(sql)


def tracked_models() -> list[type[TrackedModel]]:
    """All concrete tracked models, in a stable order."""
    found = [model for model in apps.get_models() if issubclass(model, TrackedModel)]
    return sorted(found, key=lambda model: model._meta.db_table)


def _columns(model: type[models.Model]) -> list[str]:
    return [field.column for field in model._meta.local_concrete_fields]


def _sqlite(tracked: list[type[TrackedModel]]) -> list[str]:
    return [sql for model in tracked for sql in _sqlite_table(model)]


def _sqlite_table(model: type[models.Model]) -> list[str]:
    table = model._meta.db_table
    current = "(SELECT change_id FROM core_currentchange WHERE id = 1)"
    # the sentence below is a format: braces of a wide row's image are doubled
    image = _sqlite_image(model).replace("{", "{{").replace("}", "}}")
    keep = (
        'INSERT INTO core_rowversion ("table", row_id, change_id, ended_by_id, deleted, data)'
        f" VALUES ('{table}', OLD.id, OLD.change_id, {current}, {{deleted}}, {image});"
    )
    refuse = f"SELECT RAISE(ABORT, '{_UNRECORDED}: {table}');"
    bodies = {
        "insert_check": f"BEFORE INSERT ON {table} WHEN NEW.change_id IS NOT {current} BEGIN {refuse} END",
        "update_check": (
            f"BEFORE UPDATE ON {table} WHEN NEW.change_id IS NOT {current} OR NEW.id <> OLD.id"
            f" BEGIN {refuse} END"
        ),
        "update_keep": f"AFTER UPDATE ON {table} BEGIN {keep.format(deleted=0)} END",
        "delete_check": f"BEFORE DELETE ON {table} WHEN {current} IS NULL BEGIN {refuse} END",
        "delete_keep": f"AFTER DELETE ON {table} BEGIN {keep.format(deleted=1)} END",
    }
    return [
        sql
        for name, body in bodies.items()
        for sql in (f"DROP TRIGGER IF EXISTS {table}_{name}", f"CREATE TRIGGER {table}_{name} {body}")
    ]


def _sqlite_image(model: type[models.Model]) -> str:
    """The old row as JSON; a call takes at most 127 arguments, so wide rows are joined from parts."""
    pairs = [_sqlite_pair(field) for field in model._meta.local_concrete_fields]
    parts = [
        "json_object(" + ", ".join(pairs[start : start + 40]) + ")" for start in range(0, len(pairs), 40)
    ]
    if len(parts) == 1:
        return parts[0]
    # json_patch would drop nulls, so the objects' texts are joined: {a} + {b} → {a,b}
    inner = " || ',' || ".join(f"substr({part}, 2, length({part}) - 2)" for part in parts)
    return f"'{{' || {inner} || '}}'"


def _sqlite_pair(field: models.Field) -> str:
    value = f'OLD."{field.column}"'
    return f"'{field.column}', " + (f"json({value})" if isinstance(field, models.JSONField) else value)


# Once a statement, not once a row: a roster's hundred thousand rows are checked and kept as one set.
_PG_FUNCTION = f"""
CREATE OR REPLACE FUNCTION bangfu_record() RETURNS trigger LANGUAGE plpgsql AS $body$
DECLARE
    current bigint := nullif(current_setting('bangfu.change', true), '')::bigint;
    wrong boolean;
BEGIN
    IF TG_OP = 'DELETE' THEN
        wrong := current IS NULL AND EXISTS (SELECT 1 FROM old_rows);
    ELSE
        wrong := EXISTS (SELECT 1 FROM new_rows WHERE change_id IS DISTINCT FROM current);
    END IF;
    IF TG_OP = 'UPDATE' THEN
        wrong := wrong OR EXISTS
            (SELECT 1 FROM old_rows o WHERE NOT EXISTS (SELECT 1 FROM new_rows n WHERE n.id = o.id));
    END IF;
    IF wrong THEN
        RAISE EXCEPTION '{_UNRECORDED}: %', TG_TABLE_NAME;
    END IF;
    IF TG_OP <> 'INSERT' THEN
        INSERT INTO core_rowversion ("table", row_id, change_id, ended_by_id, deleted, data)
        SELECT TG_TABLE_NAME, o.id, o.change_id, current, TG_OP = 'DELETE', to_jsonb(o) FROM old_rows o;
    END IF;
    RETURN NULL;
END $body$
"""

_PG_REFUSE = f"""
CREATE OR REPLACE FUNCTION bangfu_append_only() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
    RAISE EXCEPTION '{_APPEND_ONLY}: %', TG_TABLE_NAME;
END $body$
"""


_PG_SEEN = {
    "INSERT": "NEW TABLE AS new_rows",
    "UPDATE": "OLD TABLE AS old_rows NEW TABLE AS new_rows",
    "DELETE": "OLD TABLE AS old_rows",
}


def _postgresql(tracked: list[type[TrackedModel]]) -> list[str]:
    statements = [_PG_FUNCTION, _PG_REFUSE]
    for model in tracked:
        table = model._meta.db_table
        statements.append(f"DROP TRIGGER IF EXISTS {table}_record ON {table}")  # of earlier versions
        for operation, seen in _PG_SEEN.items():
            name = f"{table}_record_{operation.lower()}"
            statements.append(f"DROP TRIGGER IF EXISTS {name} ON {table}")
            statements.append(
                f"CREATE TRIGGER {name} AFTER {operation} ON {table} REFERENCING {seen}"
                " FOR EACH STATEMENT EXECUTE FUNCTION bangfu_record()"
            )
        statements += _no_truncate(table)
    return statements


def _no_truncate(table: str) -> list[str]:
    """TRUNCATE fires no row triggers, so it is refused altogether."""
    name = f"{table}_no_truncate"
    return [
        f"DROP TRIGGER IF EXISTS {name} ON {table}",
        f"CREATE TRIGGER {name} BEFORE TRUNCATE ON {table} EXECUTE FUNCTION bangfu_append_only()",
    ]


def _append_only(vendor: str, existing: set[str]) -> list[str]:
    """Changes, versions and blocks are never updated or deleted; an event only ever gains its block."""
    statements: list[str] = []
    kernel: list[type[models.Model]] = [Change, RowVersion, AuditBlock, AuditEvent]
    rooms = [model for model in apps.get_models() if getattr(model, "append_only", False)]
    for model in kernel + rooms:
        table = model._meta.db_table
        if table in existing:
            columns = [column for column in _columns(model) if column != "block_id"]
            statements += _guard(vendor, table, columns if model is AuditEvent else None)
            statements += _no_truncate(table) if vendor == "postgresql" else []
    return statements


def _guard(vendor: str, table: str, fixed_columns: list[str] | None) -> list[str]:
    """Refuse deletes and updates; with ``fixed_columns``, updates of these, and of a block once given."""
    when = ""
    if fixed_columns is not None:
        differs = "IS DISTINCT FROM" if vendor == "postgresql" else "IS NOT"
        tests = [f'NEW."{column}" {differs} OLD."{column}"' for column in fixed_columns]
        when = f"WHEN ({' OR '.join([*tests, 'OLD.block_id IS NOT NULL'])})"
    statements = []
    for operation, condition in (("UPDATE", when), ("DELETE", "")):
        name = f"{table}_no_{operation.lower()}"
        if vendor == "postgresql":
            statements.append(f"DROP TRIGGER IF EXISTS {name} ON {table}")
            action = "EXECUTE FUNCTION bangfu_append_only()"
            statements.append(
                f"CREATE TRIGGER {name} BEFORE {operation} ON {table} FOR EACH ROW {condition} {action}"
            )
        else:
            action = f"BEGIN SELECT RAISE(ABORT, '{_APPEND_ONLY}: {table}'); END"
            statements.append(f"DROP TRIGGER IF EXISTS {name}")
            statements.append(f"CREATE TRIGGER {name} BEFORE {operation} ON {table} {condition} {action}")
    return statements
