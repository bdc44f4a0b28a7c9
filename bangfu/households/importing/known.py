"""What the register knows already of the households and people of a roster."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection, models

from bangfu.access.models import Identity
from bangfu.households.models import Household, Member

Row = dict[str, Any]


@dataclass(frozen=True)
class Known:
    """Rows of the register, each a dictionary of column values as the database gives them."""

    households: Sequence[Row]
    members: Sequence[Row]
    identities: dict[str, int]  # index of the number → person_key


def fetch(codes: Iterable[str], member_codes: Sequence[str | None], indexes: Sequence[str]) -> Known:
    """Households with these codes; people in them, and people elsewhere with these codes or numbers."""
    households = _rows(Household, _among("t.code", codes))
    ids = [row["id"] for row in households]
    members = {row["id"]: row for row in _rows(Member, _among("t.household_id", ids))}
    # Most are in these households: the others are asked for only where somebody is still missing.
    for column, name, values in (
        ("t.code", "code", member_codes),
        ("i.id_index", "id_index", indexes),
    ):
        found = {row[name] for row in members.values()}
        missing = [value for value in values if value not in found]
        members |= {row["id"]: row for row in _rows(Member, _among(column, missing))}
    return Known(households, list(members.values()), _identities(indexes))


def load_json(text: Any) -> Any:
    """A JSON column's value: text on both databases, unless a driver has read it."""
    return json.loads(text) if isinstance(text, str) else text


_Condition = tuple[str, list[Any]]


def _among(column: str, values: Iterable[Any]) -> _Condition:
    """SQL for "is one of" with a parameter for them all, and that parameter."""
    listed = list(dict.fromkeys(value for value in values if value))
    if connection.vendor == "postgresql":
        return f"{column} = ANY(%s)", [listed]
    return f"{column} IN (SELECT value FROM json_each(%s))", [json.dumps(listed)]


def _rows(model: type[models.Model], condition: _Condition) -> list[Row]:
    fields = [field for field in model._meta.local_concrete_fields if field.column != "uid"]
    names = [field.column for field in fields]
    shown = [
        f"CAST(t.{field.column} AS text)" if isinstance(field, models.DecimalField) else f"t.{field.column}"
        for field in fields
    ]
    source = f"{model._meta.db_table} t"
    if model is Member:
        source += f" JOIN {Identity._meta.db_table} i ON i.person_key = t.identity_id"
        names, shown = [*names, "id_index", "id_number"], [*shown, "i.id_index", "i.id_number"]
    sql, parameters = condition
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(shown)} FROM {source} WHERE {sql}", parameters)
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _identities(indexes: Iterable[str]) -> dict[str, int]:
    sql, parameters = _among("id_index", indexes)
    table = Identity._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT id_index, min(person_key) FROM {table} WHERE {sql} GROUP BY id_index", parameters
        )
        return dict(cursor.fetchall())
