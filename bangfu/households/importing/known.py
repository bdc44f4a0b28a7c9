"""What the register knows already of the households and people of a roster."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
from django.db import connection, models

from bangfu.access.models import Identity
from bangfu.households.importing.facts import Fact
from bangfu.households.models import Household, Member

#: A row of the register by column, as the database gives it: what tells who it is and ties it to others. Its
#: facts stand at ``row[AT]`` of a table beside.
Row = dict[str, Any]
AT = "_at"

_HOUSEHOLD = (
    "id code state place village_id version member_count head_name head_initials risks roster_facts phone"
    " phone_index group_name"
).split()
_MEMBER = (
    "id code household_id state name birth_date sex identity_id is_head version place phone phone_index"
).split()
_NUMBER = ("id_index", "id_number")
_JSON = frozenset(["risks", "roster_facts"])


@dataclass(frozen=True)
class Known:
    """What the register has: households and members, each with its facts column by column."""

    households: Sequence[Row]
    household_facts: pa.Table
    members: Sequence[Row]
    member_facts: pa.Table
    identities: dict[str, int]  # index of the number → person_key


@dataclass(frozen=True)
class Asked:
    """Whom a roster names and what it says: codes, indexes of numbers, the fields its columns fill."""

    codes: Sequence[str]
    member_codes: Sequence[str | None]
    indexes: Sequence[str]
    household_facts: Sequence[Fact]
    member_facts: Sequence[Fact]


def fetch(asked: Asked) -> Known:
    """Households with these codes; people in them, and people elsewhere with these codes or numbers."""
    fields = _fields(Household, _HOUSEHOLD, asked.household_facts)
    households = _rows(Household, fields, _among("t.code", asked.codes))
    ids = [row[0] for row in households]
    columns = _fields(Member, _MEMBER, asked.member_facts)
    members = {row[0]: row for row in _rows(Member, columns, _among("t.household_id", ids))}
    names = [*columns, *_NUMBER]
    identities = _identities(asked.indexes)
    # Most are in these households: the others are asked for only where somebody is still missing.
    for column, name, values in (
        ("t.code", "code", asked.member_codes),
        ("i.id_index", "id_index", identities),
    ):
        found = {row[names.index(name)] for row in members.values()}
        missing = [value for value in values if value not in found]
        members |= {row[0]: row for row in _rows(Member, columns, _among(column, missing))}
    return Known(
        *_split(households, list(fields), _HOUSEHOLD),
        *_split(list(members.values()), names, (*_MEMBER, *_NUMBER)),
        identities,
    )


def _split(
    rows: Sequence[Sequence[Any]], names: Sequence[str], keys: Sequence[str]
) -> tuple[list[Row], pa.Table]:
    """The rows by their key columns, each with its place in the table of all columns."""
    columns: dict[str, tuple[Any, ...]] = dict.fromkeys(names, ())
    columns |= zip(names, zip(*rows, strict=True), strict=bool(rows))
    columns[AT] = tuple(range(len(rows)))
    wanted = (*keys, AT)
    across = zip(*(columns[name] for name in wanted), strict=True)
    facts = pa.table({name: pa.array(values) for name, values in columns.items() if name not in _JSON})
    return [dict(zip(wanted, values, strict=True)) for values in across], facts


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


def _fields(model: type[models.Model], keys: Sequence[str], facts: Sequence[Fact]) -> dict[str, models.Field]:
    """The columns that are read, by name: the keys (``id`` first), then the facts."""
    own = {field.column: field for field in model._meta.local_concrete_fields}
    return {name: own[name] for name in (*keys, *(fact.name for fact in facts))}


def _rows(
    model: type[models.Model], fields: Mapping[str, models.Field], condition: _Condition
) -> list[tuple[Any, ...]]:
    """The columns of the rows that fit; of a member also what the vault has of the number."""
    shown = [
        f"CAST(t.{name} AS text)" if isinstance(field, models.DecimalField) else f"t.{name}"
        for name, field in fields.items()
    ]
    source = f"{model._meta.db_table} t"
    if model is Member:
        source += f" JOIN {Identity._meta.db_table} i ON i.person_key = t.identity_id"
        shown += [f"i.{name}" for name in _NUMBER]
    sql, parameters = condition
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(shown)} FROM {source} WHERE {sql}", parameters)
        return list(cursor.fetchall())


def _identities(indexes: Iterable[str]) -> dict[str, int]:
    sql, parameters = _among("id_index", indexes)
    table = Identity._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT id_index, min(person_key) FROM {table} WHERE {sql} GROUP BY id_index", parameters
        )
        return dict(cursor.fetchall())
