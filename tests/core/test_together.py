"""An app's tables made at once are the tables that Django makes one by one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import pytest_django
from django.db import connection as installed
from django.db import migrations, models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

from bangfu.core.together import Together
from tests.own_database import own_database
from tools.tree import ROOT

APP = "core"


@pytest.fixture
def connection(
    tmp_path: Path, django_db_blocker: pytest_django.DjangoDbBlocker
) -> Iterator[BaseDatabaseWrapper]:
    """To an empty database of the test alone: the shared one refuses to be emptied of own tables."""
    with own_database() as environment, django_db_blocker.unblock():
        address = environment.get("BANGFU_DATABASE")
        alone = installed.copy()
        alone.settings_dict["NAME"] = urlsplit(address).path[1:] if address else str(tmp_path / "made.db")
        yield alone
        alone.close()


def operations() -> list[Operation]:
    """Two models, each pointing at the other, completed afterwards in every way there is."""
    key = ("id", models.BigAutoField(primary_key=True))
    one = models.UniqueConstraint(fields=("name", "other"), name="made_one")
    return [
        migrations.CreateModel("Made", [key, ("name", models.CharField(max_length=9))]),
        migrations.CreateModel("Other", [key, ("made", models.ForeignKey("core.Made", models.PROTECT))]),
        migrations.AddField("made", "other", models.ForeignKey("core.Other", models.PROTECT, null=True)),
        migrations.AddIndex("made", models.Index(fields=("name",), name="made_by_name")),
        migrations.AddConstraint("made", one),
        migrations.AlterUniqueTogether("other", {("id", "made")}),
    ]


def made_by(connection: BaseDatabaseWrapper, doing: list[Operation]) -> dict[str, Any]:
    """The columns and constraints of the tables that the operations make; afterwards they are gone."""
    states = [ProjectState()]
    for operation in doing:
        states.append(states[-1].clone())
        operation.state_forwards(APP, states[-1])
    steps = [*zip(doing, states, states[1:], strict=False)]
    with connection.schema_editor() as editor:
        for operation, before, after in steps:
            operation.database_forwards(APP, editor, before, after)
    try:
        return {table: _told(connection, table) for table in ("core_made", "core_other")}
    finally:
        with connection.schema_editor() as editor:
            for table in ("core_other", "core_made"):
                editor.execute(f"DROP TABLE {table}" + " CASCADE" * (connection.vendor == "postgresql"))


def _told(connection: BaseDatabaseWrapper, table: str) -> tuple[list[Any], list[str]]:
    with connection.cursor() as cursor:
        columns = connection.introspection.get_table_description(cursor, table)
        held = connection.introspection.get_constraints(cursor, table).values()
    told = [repr(sorted((word, what) for word, what in one.items() if word != "definition")) for one in held]
    return sorted(column.name for column in columns), sorted(told)


def test_the_tables_are_the_same(connection: BaseDatabaseWrapper) -> None:
    assert made_by(connection, [Together(operations())]) == made_by(connection, operations())


def test_they_can_be_taken_away(connection: BaseDatabaseWrapper) -> None:
    together = Together(operations()[:2])
    empty, full = ProjectState(), ProjectState()
    together.state_forwards(APP, full)
    with connection.schema_editor() as editor:
        together.database_forwards(APP, editor, empty, full)
    with connection.schema_editor() as editor:
        together.database_backwards(APP, editor, full, empty)
    assert not {"core_made", "core_other"} & set(connection.introspection.table_names())


def test_every_first_migration_makes_its_tables_together() -> None:
    """Without it an installation, and each test that makes one, waits several times as long."""
    slow = [
        str(path.relative_to(ROOT))
        for path in (ROOT / "bangfu").glob("*/migrations/0001_initial.py")
        if len(re.findall(r"migrations\.(?:Create|Add|Alter)", path.read_text("utf-8"))) > 1
        and "operations = [Together([" not in path.read_text("utf-8")
    ]
    assert slow == [], "write operations = [Together([ … ])]"
