"""Writing rows back from their images, set by set, in the SQL of either database."""

from __future__ import annotations

from django.db import connection, models

from bangfu.core.models import Change, RowVersion, TrackedModel

# The first image that the change ended is the row as it was before it.
_BEFORE = (
    f"SELECT row_id, min(id) AS first FROM {RowVersion._meta.db_table}"
    ' WHERE "table" = %s AND ended_by_id = %s AND change_id <> %s GROUP BY row_id'
)


def restore_updated(model: type[TrackedModel], change: Change, undoing: Change) -> None:
    """Give the rows that ``change`` updated, and that are still there, their old values under ``undoing``.

    Their version counts on from today's, so that a form opened before the undo is seen to be stale.
    """
    table = model._meta.db_table
    fields = [field for field in model._meta.local_concrete_fields if not field.primary_key]
    version = f'"{table}".version'
    values = ", ".join(f'"{f.column}" = {_restored(f, version)}' for f in fields)
    _execute(
        f'UPDATE "{table}" SET {values} FROM {_images(model)}'
        f' WHERE "{table}"."id" = b.row_id AND "{table}".change_id = %s',
        model,
        change,
        undoing,
        [change.pk],
    )


def reinsert_deleted(model: type[TrackedModel], change: Change, undoing: Change) -> None:
    """Bring the rows that ``change`` deleted back with their old key and values under ``undoing``."""
    table = model._meta.db_table
    fields = model._meta.local_concrete_fields
    names = ", ".join(f'"{field.column}"' for field in fields)
    values = ", ".join(_restored(field, _old(field)) for field in fields)
    _execute(
        f'INSERT INTO "{table}" ({names}) SELECT {values} FROM {_images(model)}'
        f' WHERE NOT EXISTS (SELECT 1 FROM "{table}" t WHERE t."id" = b.row_id)',
        model,
        change,
        undoing,
        [],
    )


def _execute(sql: str, model: type[TrackedModel], change: Change, undoing: Change, more: list[int]) -> None:
    parameters: list[int | str] = [undoing.pk, model._meta.db_table, change.pk, change.pk, *more]
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)


def _images(model: type[TrackedModel]) -> str:
    """The images, as ``b`` (row and version), ``v`` (the kept version) and on PostgreSQL ``r`` (as a row)."""
    source = f"({_BEFORE}) b JOIN {RowVersion._meta.db_table} v ON v.id = b.first"
    if connection.vendor == "postgresql":
        source += f' CROSS JOIN LATERAL jsonb_populate_record(NULL::"{model._meta.db_table}", v.data) r'
    return source


def _restored(field: models.Field, version: str) -> str:
    """What a column gets: its old value; the change is the new one, and the version counts on."""
    if field.name == "change":
        return "%s"
    return f"{version} + 1" if field.name == "version" else _old(field)


def _old(field: models.Field) -> str:
    if connection.vendor == "postgresql":
        return f'r."{field.column}"'
    path = f"'$.\"{field.column}\"'"
    if isinstance(field, models.JSONField):
        return f"CASE WHEN json_type(v.data, {path}) = 'null' THEN NULL ELSE v.data -> {path} END"
    return f"json_extract(v.data, {path})"
