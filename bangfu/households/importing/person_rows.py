"""The members as the register will have them, and the identities that come with them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pyarrow as pa

from bangfu.households.importing.facts import Fact, member_facts
from bangfu.households.importing.finals import Extra, finals
from bangfu.households.importing.home_rows import phone_extras
from bangfu.households.importing.people import Match, Person
from bangfu.households.importing.rows import HOME, PERSON
from bangfu.households.importing.sealing import Sealed
from bangfu.households.pinyin import initials
from bangfu.households.policies.households import RESIDENT_ID
from bangfu.screening.linking.intake import column_or_nulls
from bangfu.screening.linking.register import random_keys


def person_rows(
    persons: pa.Table,
    present: Sequence[str],
    people: Sequence[Person],
    matches: Sequence[Match],
    heads: Sequence[bool | None],
    kept: pa.Table,
    sealed: Sealed,
) -> pa.Table:
    """One row a person: all fields as they will be, verdict, changed fields; in the order of ``persons``.

    ``heads``: whether the person is the head of the household, None where the file does not say;
    ``kept``: the facts of the known ones.
    """
    known = [match.member for match in matches]
    said = _with_number_facts(persons, people, known, sealed)
    codes = [person.code or (row["code"] if row else "") for person, row in zip(people, known, strict=True)]
    old_heads = [bool(row["is_head"]) if row else None for row in known]
    is_head = [bool(old) if new is None else new for new, old in zip(heads, old_heads, strict=True)]
    identities = _identities(matches)
    extras = [
        Extra("code", "text", codes, [row["code"] if row else None for row in known]),
        Extra("is_head", "boolean", is_head, old_heads),
        Extra(
            "place", "text", [p.home.place for p in people], [row["place"] if row else None for row in known]
        ),
        Extra("identity_id", "integer", identities, [row["identity_id"] if row else None for row in known]),
        *phone_extras(column_or_nulls(persons, "phone"), known, sealed),
    ]
    table = finals(said, PERSON, person_facts(present), extras, known, kept)
    return _with_places(table, people, known)


def person_facts(present: Sequence[str]) -> list[Fact]:
    """The fields that a file with these columns fills, those among them that a valid number tells."""
    return member_facts([*present, *({"sex", "birth_date", "name"} - set(present))])


def identity_rows(
    persons: pa.Table,
    people: Sequence[Person],
    matches: Sequence[Match],
    members: pa.Table,
    sealed: Sealed,
) -> pa.Table:
    """The identities that are new: key, kind of document, number sealed, its indexes, whose it is."""
    kinds = column_or_nulls(persons, "id_type")
    keys = members["identity_id"].to_pylist()
    fresh = [index for index, match in enumerate(matches) if is_new_identity(match)]
    numbers = sealed.numbers([people[index].id_number for index in fresh])
    return pa.table(
        {
            PERSON: pa.array([people[index].number for index in fresh], pa.int64()),
            HOME: pa.array([people[index].home.number for index in fresh], pa.int64()),
            "person_key": pa.array([keys[index] for index in fresh], pa.int64()),
            "id_type": pa.array([(kinds[index] or RESIDENT_ID)[:20] for index in fresh], pa.string()),
            "id_number": numbers["cipher"],
            "id_index": pa.array([people[index].raw_index for index in fresh], pa.string()),
            "tail_index": numbers["tail_index"],
            "valid_index": pa.array([people[index].valid_index for index in fresh], pa.string()),
        }
    )


def is_new_identity(match: Match) -> bool:
    """Whether the vault gains a row for the person."""
    return not match.keeps_identity and match.identity is None


def _identities(matches: Sequence[Match]) -> list[int]:
    # In their order, so that the indexes over them grow at their end: that is half the writing.
    fresh = iter(sorted(random_keys(sum(is_new_identity(match) for match in matches))))
    found = []
    for match in matches:
        if match.keeps_identity and match.member is not None:
            found.append(match.member["identity_id"])
        else:
            found.append(next(fresh) if match.identity is None else match.identity)
    return found


def _with_number_facts(
    persons: pa.Table, people: Sequence[Person], known: Sequence[Any], sealed: Sealed
) -> pa.Table:
    """Sex and birth date from a valid number, where neither the file nor the register says them."""
    told = sealed.checked([person.id_number for person in people])
    sexes, births = (
        [
            said if said is not None or (row and row[name]) else tells
            for said, tells, row in zip(
                column_or_nulls(persons, name), told[name].to_pylist(), known, strict=True
            )
        ]
        for name in ("sex", "birth_date")
    )
    filled = {"sex": pa.array(sexes, pa.string()), "birth_date": pa.array(births, pa.date32())}
    kept = persons.drop_columns([name for name in filled if name in persons.column_names])
    for name, values in filled.items():
        kept = kept.append_column(name, values)
    return kept


def _with_places(table: pa.Table, people: Sequence[Person], known: Sequence[Any]) -> pa.Table:
    """Add what ties each row to the register: household, id and version there, initials."""
    names = table["name"].to_pylist()
    columns = {
        HOME: pa.array([person.home.number for person in people], pa.int64()),
        "id": pa.array([row["id"] if row else None for row in known], pa.int64()),
        "seen_version": pa.array([row["version"] if row else None for row in known], pa.int64()),
        "initials": pa.array([initials(name) for name in names], pa.string()),
    }
    for name, values in columns.items():
        table = table.append_column(name, values)
    return table
