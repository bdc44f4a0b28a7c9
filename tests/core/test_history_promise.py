"""The promise of history, for every tracked model of the whole project and on the database the suite runs on:
nothing writes a row unrecorded, however it writes, and what was recorded reads back equal.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import psycopg
import pytest
from django.db import DatabaseError, connection, models, transaction

from bangfu.core.changing import SYSTEM, recording
from bangfu.core.errors import Unrecorded
from bangfu.core.history import row_at, undo
from bangfu.core.models import Change, Region, RowVersion, TrackedModel
from bangfu.core.triggers import tracked_models
from tests.cast import NOW
from tests.core.anyrow import alternatives, any_row
from tests.core.tampering import run

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)
POSTGRESQL = "postgresql"


def a_row(model: type[TrackedModel]) -> Any:
    with recording(by=SYSTEM, at=NOW, verb="make") as change:
        return any_row(model, change)


def refused(write: Callable[[], object]) -> None:
    # COPY goes past Django, so psycopg's own error comes through
    with (
        pytest.raises((DatabaseError, psycopg.Error, Unrecorded), match=r"unrecorded|recording"),
        transaction.atomic(),
    ):
        write()


def label(model: type[models.Model]) -> str:
    return model._meta.label


def test_the_project_tracks_its_register() -> None:
    assert {"core.Region", "core.Parameter", "households.Household", "households.Member"} <= {
        label(model) for model in tracked_models()
    }


@pytest.mark.parametrize("model", tracked_models(), ids=label)
def test_no_model_is_written_unrecorded(model: type[TrackedModel]) -> None:
    row = a_row(model)
    table = model._meta.db_table
    columns = ", ".join(f'"{field.column}"' for field in model._meta.local_concrete_fields)
    refused(row.save)
    refused(lambda: model._base_manager.filter(pk=row.pk).update(version=9))
    refused(lambda: run(f"UPDATE {table} SET version = 9"))
    refused(lambda: run(f"DELETE FROM {table}"))
    refused(lambda: models.QuerySet(model).filter(pk=row.pk)._raw_delete(connection.alias))
    run(f"CREATE TEMPORARY TABLE kept AS SELECT {columns} FROM {table}")
    with recording(by=SYSTEM, at=NOW, verb="remove"):
        run(f"DELETE FROM {table}")
    refused(lambda: run(f"INSERT INTO {table} ({columns}) SELECT {columns} FROM kept"))
    assert not model._base_manager.exists()


@pytest.mark.parametrize("model", tracked_models(), ids=label)
def test_every_column_reads_back_equal(model: type[TrackedModel]) -> None:
    row = model._base_manager.get(pk=a_row(model).pk)
    before = {field.attname: getattr(row, field.attname) for field in model._meta.concrete_fields}
    with recording(by=SYSTEM, at=LATER, verb="touch"):
        row.save()
    image = row_at(model, row.pk, NOW)
    assert image == before
    assert {name: type(value) for name, value in (image or {}).items()} == {
        name: type(value) for name, value in before.items()
    }


@pytest.mark.parametrize("model", tracked_models(), ids=label)
def test_undo_gives_every_column_back(model: type[TrackedModel]) -> None:
    row = model._base_manager.get(pk=a_row(model).pk)
    before = {field.attname: getattr(row, field.attname) for field in model._meta.concrete_fields}
    needed = {first for first, _ in alternatives(model)}
    nullable = [f.name for f in model._meta.concrete_fields if f.null and f.name not in needed]
    with recording(by=SYSTEM, at=LATER, verb="empty") as emptied:
        model.objects.filter(pk=row.pk).update(**dict.fromkeys(nullable))
    undo(emptied, by=SYSTEM, at=LATER, reason="试")
    row = model._base_manager.get(pk=row.pk)
    after = {field.attname: getattr(row, field.attname) for field in model._meta.concrete_fields}
    assert {**after, "change_id": None, "version": None} == {**before, "change_id": None, "version": None}
    with recording(by=SYSTEM, at=LATER, verb="remove") as removed:
        run(f"DELETE FROM {model._meta.db_table} WHERE id = %s", row.pk)
    undo(removed, by=SYSTEM, at=LATER, reason="试")
    row = model._base_manager.get(pk=row.pk)
    again = {field.attname: getattr(row, field.attname) for field in model._meta.concrete_fields}
    assert {**again, "change_id": None, "version": None} == {**before, "change_id": None, "version": None}


def region(number: int) -> Region:
    return Region(code=f"5309991010{number:02}", name=f"村{number}", level=5)


def _insert_select(change: int) -> None:
    run(
        "INSERT INTO core_region (code, name, level, version, change_id)"
        " SELECT code || '9', name, level, 1, %s FROM core_region",
        change,
    )


def _executemany(change: int) -> None:
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO core_region (code, name, level, version, change_id) VALUES (%s, 'x', 5, 1, %s)",
            [(f"53099910200{n}", change) for n in range(3)],
        )


def _copy(change: int) -> None:
    if connection.vendor != POSTGRESQL:
        # SQLite has no COPY; its bulk path is executemany
        return _executemany(change)
    with (
        connection.cursor() as cursor,
        cursor.copy("COPY core_region (code, name, level, version, change_id) FROM STDIN") as copy,
    ):
        for n in range(3):
            copy.write_row((f"53099910300{n}", "x", 5, 1, change))


def _upsert(change: int) -> None:
    run(
        "INSERT INTO core_region (code, name, level, version, change_id)"
        " VALUES ('530999101001', 'y', 5, 1, %s)"
        " ON CONFLICT (code) DO UPDATE SET name = excluded.name, change_id = excluded.change_id",
        change,
    )


RAW = {"INSERT … SELECT": _insert_select, "executemany": _executemany, "COPY": _copy, "upsert": _upsert}


@pytest.mark.parametrize("write", RAW.values(), ids=RAW)
def test_plain_sql_is_refused_or_recorded(write: Callable[[int], None]) -> None:
    with recording(by=SYSTEM, at=NOW, verb="make") as first:
        region(1).save()
    before = list(Region.objects.order_by("code").values("code", "name"))
    refused(lambda: write(first.pk))
    refused(lambda: write(-1))
    assert list(Region.objects.order_by("code").values("code", "name")) == before
    with recording(by=SYSTEM, at=LATER, verb="bulk") as second:
        refused(lambda: write(first.pk))
        write(second.pk)
    assert Region.objects.filter(change=second).exists()
    undo(second, by=SYSTEM, at=LATER, reason="试")
    assert list(Region.objects.order_by("code").values("code", "name")) == before


def test_bulk_writes_of_the_manager_are_recorded() -> None:
    with recording(by=SYSTEM, at=NOW, verb="make") as first:
        Region.objects.bulk_create([region(1), region(2), region(3)])
    rows = list(Region.objects.order_by("code"))
    with recording(by=SYSTEM, at=LATER, verb="rename") as second:
        for row in rows[:2]:
            row.name = "新名"
        Region.objects.bulk_update(rows[:2], ["name"])
        Region.objects.filter(pk=rows[2].pk).delete()
    kept = RowVersion.objects.filter(table="core_region").order_by("row_id")
    assert [(v.change_id, v.ended_by_id, v.deleted) for v in kept] == [
        (first.pk, second.pk, False),
        (first.pk, second.pk, False),
        (first.pk, second.pk, True),
    ]
    assert [row.version for row in Region.objects.order_by("code")] == [2, 2]
    assert {row.change_id for row in Region.objects.all()} == {second.pk}


def test_bulk_writes_outside_recording_are_refused() -> None:
    with recording(by=SYSTEM, at=NOW, verb="make"):
        region(1).save()
    row = Region.objects.get()
    refused(lambda: Region.objects.bulk_create([region(2)]))
    refused(lambda: Region.objects.bulk_update([row], ["name"]))
    refused(lambda: Region.objects.update(name="x"))
    refused(lambda: Region.objects.create(code="1", name="x", level=5))
    refused(row.delete)
    assert Region.objects.get().version == 1


def test_replacing_a_row_or_its_key_is_refused_or_recorded() -> None:
    with recording(by=SYSTEM, at=NOW, verb="make"):
        region(1).save()
    with recording(by=SYSTEM, at=LATER, verb="bulk") as change:
        refused(lambda: run("UPDATE core_region SET id = id + 1000, change_id = %s", change.pk))
        if connection.vendor == POSTGRESQL:
            run("SET CONSTRAINTS ALL IMMEDIATE")
            with pytest.raises(DatabaseError, match="append only"), transaction.atomic():
                run("TRUNCATE core_region CASCADE")
        else:
            run(
                "INSERT OR REPLACE INTO core_region (code, name, level, version, change_id)"
                " VALUES ('530999101001', 'y', 5, 1, %s)",
                change.pk,
            )
            assert RowVersion.objects.get(table="core_region").deleted


def test_a_change_ends_with_its_recording() -> None:
    with recording(by=SYSTEM, at=NOW, verb="make") as change:
        region(1).save()
    refused(lambda: _executemany(change.pk))
    with pytest.raises(ZeroDivisionError), recording(by=SYSTEM, at=NOW, verb="fail") as failed:
        region(2).save()
        raise ZeroDivisionError
    refused(lambda: _executemany(failed.pk))
    assert not Change.objects.filter(verb="fail").exists()
    assert Region.objects.count() == 1


def test_one_step_in_another_joins_it() -> None:
    with recording(by=SYSTEM, at=NOW, verb="outer") as outer:
        region(1).save()
        with recording(by=SYSTEM, at=NOW, verb="inner") as inner:
            region(2).save()
        region(3).save()
    assert inner == outer
    assert Region.objects.filter(change=outer).count() == 3


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE core_change SET reason = 'x'",
        "DELETE FROM core_change",
        "UPDATE core_rowversion SET deleted = deleted",
        "DELETE FROM core_rowversion",
    ],
)
def test_changes_and_versions_only_grow(sql: str) -> None:
    with recording(by=SYSTEM, at=NOW, verb="make"):
        region(1).save()
    with recording(by=SYSTEM, at=LATER, verb="rename"):
        Region.objects.update(name="x")
        with pytest.raises(DatabaseError, match="append only"), transaction.atomic():
            run(sql)
