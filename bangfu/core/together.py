"""Making an app's tables at once: what Django does one by one is most of what an installation waits for.

After every single operation Django draws all models anew that hang together with the changed one; here nearly
all do. A first migration says what it makes inside ``Together``, and the models are drawn once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.operations.models import CreateModel
from django.db.migrations.state import ProjectState
from django.db.models import Model


class Together(Operation):
    """Operations that make new models and complete them: fields, indexes, constraints of these models only.

    They are written as ``makemigrations`` writes them. Each table is made as the last of them leaves its
    model.
    """

    reduces_to_sql = True
    reversible = True

    def __init__(self, operations: Sequence[Operation]) -> None:
        self.operations = operations

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Work out the models; those already drawn are let go and drawn again when somebody looks at them."""
        state.__dict__.pop("apps", None)
        for operation in self.operations:
            operation.state_forwards(app_label, state)

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Make the tables."""
        for model in self._models(app_label, to_state, schema_editor):
            schema_editor.create_model(model)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Drop them, the last one first."""
        for model in reversed([*self._models(app_label, from_state, schema_editor)]):
            schema_editor.delete_model(model)

    def describe(self) -> str:
        """What ``migrate --plan`` says."""
        return "; ".join(operation.describe() for operation in self.operations)

    def _models(
        self, app_label: str, state: ProjectState, schema_editor: BaseDatabaseSchemaEditor
    ) -> Iterator[type[Model]]:
        apps: Any = state.apps
        for operation in self.operations:
            if isinstance(operation, CreateModel):
                model = apps.get_model(app_label, operation.name)
                if self.allow_migrate_model(schema_editor.connection.alias, model):
                    yield model
