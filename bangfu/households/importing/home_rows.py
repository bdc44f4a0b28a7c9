"""The households as the register will have them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa

from bangfu.households.importing.facts import RISKS, household_facts, other_columns
from bangfu.households.importing.finals import Extra, finals
from bangfu.households.importing.homes import Home
from bangfu.households.importing.known import Row, load_json
from bangfu.households.importing.people import Matching, Person
from bangfu.households.importing.rows import HOME, UNCLEAR
from bangfu.households.importing.sealing import Sealed
from bangfu.households.pinyin import initials
from bangfu.screening.linking.intake import column_or_nulls

_ENCODER = json.JSONEncoder(sort_keys=True)


def home_rows(
    homes: pa.Table,
    present: Sequence[str],
    placed: Mapping[int, Home],
    people: Sequence[Person],
    matching: Matching,
    heads: Mapping[int, str],
    kept: pa.Table,
    sealed: Sealed,
) -> pa.Table:
    """One row a household: all fields as they will be, verdict, changed fields.

    ``homes``: the merged households that come in; ``present``: the columns that the file has; ``heads``: the
    name of the head, where the file says it; ``kept``: the facts of the known ones.
    """
    own = [placed[number] for number in homes[HOME].to_pylist()]
    known = [home.known for home in own]
    added = _added(people, matching)
    first = _first_names(people, matching)
    names = [_head_name(home, heads, first) for home in own]
    counts = [(home.known["member_count"] if home.known else 0) + added.get(home.number, 0) for home in own]
    extras = [
        Extra("head_name", "text", names, _of(known, "head_name")),
        Extra(
            "head_initials", "text", [initials(name) for name in names], _of(known, "head_initials"), False
        ),
        Extra("member_count", "integer", counts, _of(known, "member_count")),
        Extra("place", "text", [home.place for home in own], _of(known, "place")),
        *_json_extras(homes, present, known),
        *phone_extras(column_or_nulls(homes, "household_phone"), known, sealed),
    ]
    table = finals(homes, HOME, household_facts(present), extras, known, kept)
    return _with_places(table, own)


def phone_extras(said: Sequence[str | None], known: Sequence[Row | None], sealed: Sealed) -> list[Extra]:
    """Telephone and its index; a number that the register has already keeps its ciphertext."""
    texts = [text or "" for text in said]
    phones = sealed.phones(texts)
    indexes, ciphers = phones["index"].to_pylist(), phones["cipher"].to_pylist()
    old_indexes = [row["phone_index"] if row else "" for row in known]
    kept = [row["phone"] if row else "" for row in known]
    fresh = [
        bool(text) and (not index or index != old)
        for text, index, old in zip(texts, indexes, old_indexes, strict=True)
    ]
    final = [cipher if new else old for new, cipher, old in zip(fresh, ciphers, kept, strict=True)]
    final_index = [index if new else old for new, index, old in zip(fresh, indexes, old_indexes, strict=True)]
    return [
        Extra("phone", "text", final, kept, False),
        Extra("phone_index", "text", final_index, _of(known, "phone_index")),
    ]


def _of(known: Sequence[Row | None], column: str) -> list[Any]:
    return [row[column] if row else None for row in known]


def _added(people: Sequence[Person], matching: Matching) -> dict[int, int]:
    """How many people each household gains."""
    counts: dict[int, int] = {}
    for person in people:
        match = matching.found.get(person.number)
        if match is not None and match.member is None:
            counts[person.home.number] = counts.get(person.home.number, 0) + 1
    return counts


def _first_names(people: Sequence[Person], matching: Matching) -> dict[int, str]:
    """The first person of each household: a new one without a head goes by that name."""
    first: dict[int, str] = {}
    for person in people:
        if person.number in matching.found:
            first.setdefault(person.home.number, person.name)
    return first


def _head_name(home: Home, heads: Mapping[int, str], first: Mapping[int, str]) -> str:
    known = home.known["head_name"] if home.known else ""
    return heads.get(home.number) or known or first.get(home.number, "")


def _with_places(table: pa.Table, own: Sequence[Home]) -> pa.Table:
    """Add what ties each row to the register: its id and version there, its code and village."""
    columns = {
        "id": pa.array([home.known["id"] if home.known else None for home in own], pa.int64()),
        "seen_version": pa.array([home.known["version"] if home.known else None for home in own], pa.int64()),
        "code": pa.array([home.code for home in own], pa.string()),
        "village_id": pa.array([home.village.id for home in own], pa.int64()),
        "village_name": pa.array([home.village.name for home in own], pa.string()),
    }
    for name, values in columns.items():
        table = table.append_column(name, values)
    return table


def _json_extras(homes: pa.Table, present: Sequence[str], known: Sequence[Row | None]) -> list[Extra]:
    old_risks = [_canonical(load_json(row["risks"])) if row else None for row in known]
    old_facts = [load_json(row["roster_facts"]) if row else {} for row in known]
    facts = _other_facts(homes, present, old_facts)
    old_texts = [_canonical(old) if row else None for old, row in zip(old_facts, known, strict=True)]
    return [
        Extra("risks", "text", _risks(homes, present, old_risks), old_risks),
        Extra("roster_facts", "text", [_canonical(one) for one in facts], old_texts),
    ]


def _risks(homes: pa.Table, present: Sequence[str], old: Sequence[str | None]) -> list[str]:
    """The risks in the file's order; a file with these columns says them all, one without says nothing."""
    columns = [column for column in RISKS if column in present]
    if not columns:
        return [text or "[]" for text in old]
    across = zip(*(column_or_nulls(homes, column) for column in columns), strict=True)
    return [_canonical(list(dict.fromkeys(risk for risk in row if risk))) for row in across]


def _other_facts(
    homes: pa.Table, present: Sequence[str], old: Sequence[Mapping[str, Any]]
) -> list[dict[str, Any]]:
    """The facts without a field of their own, over the known ones."""
    merged = [dict(one) for one in old]
    unclear = homes[UNCLEAR].to_pylist()
    for spec in other_columns(present):
        empties = spec.blank.value != "unknown"
        for facts, value, vague in zip(merged, _plain(homes, spec.id), unclear, strict=True):
            if value is not None:
                facts[spec.id] = value
            elif empties and not vague:
                facts.pop(spec.id, None)
    return merged


def _plain(homes: pa.Table, name: str) -> list[Any]:
    """A column's values as JSON keeps them: money and days as text, exact."""
    values = column_or_nulls(homes, name)
    kind = homes.schema.field(name).type if name in homes.column_names else pa.null()
    if pa.types.is_decimal(kind) or pa.types.is_date(kind):
        return [None if value is None else str(value) for value in values]
    return values


def _canonical(value: Any) -> str:
    return _ENCODER.encode(value)
