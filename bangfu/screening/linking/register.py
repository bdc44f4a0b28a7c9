"""From roster rows to members and households.

Rosters may overlap: rows with one member_code, else with one valid ID in one household_code, are one member.
The first non-blank value in reading order counts; contradictions are flagged.
"""

from __future__ import annotations

import datetime as dt
import os
import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import duckdb
import pyarrow as pa

from bangfu.screening.catalogue.datasets import ROSTER, Dataset, load_datasets
from bangfu.screening.county import Directory, Home, Person
from bangfu.screening.linking.intake import add_flag, column_or_nulls
from bangfu.screening.linking.merging import contradictions, merge_rows, says_none
from bangfu.tabular.identity import Checked, check_id
from bangfu.tabular.spec import ColumnSpec
from bangfu.tabular.text import compact

HEAD_RELATIONS = frozenset(["户主", "本人", "本人或户主", "户主本人", "01", "1"])
_PLACES = ("county", "township", "village", "helper")
_PARTS = ("wage_income", "business_income", "property_income", "transfer_income", "business_expense")


class Member(NamedTuple):
    """What linking needs to know of a member; stays outside the engine's tables."""

    key: int
    household_key: int
    code: str | None
    name: str | None
    id_number: str | None
    checked: Checked | None
    birth_date: dt.date | None
    township: str | None
    village: str | None
    head_name: str | None


@dataclass(frozen=True)
class Register:
    """The population: fact tables for the engine, members for linking, names for the very end."""

    household: pa.Table
    member: pa.Table
    members: Sequence[Member]
    directory: Directory


def random_keys(count: int) -> list[int]:
    """Distinct random 63-bit keys: rows are tied by them, never by an ID number."""
    keys: dict[int, None] = {}
    while len(keys) < count:
        for key in struct.unpack(f"{count}Q", os.urandom(8 * count)):
            keys.setdefault(key >> 1)
    return list(keys)[:count]


def build_register(rows: pa.Table) -> tuple[Register, pa.Table]:
    """The register of the accepted roster rows, and the rows with contradictions flagged."""
    dataset = load_datasets()[ROSTER]
    homes, people = number_rows(rows)
    with duckdb.connect() as connection:
        merge_rows(connection, rows, homes, people, dataset)
        flagged = add_flag(rows, contradictions(connection, rows, dataset))
        return _assemble(connection, dataset), flagged


def number_rows(rows: pa.Table) -> tuple[pa.Array, pa.Array]:
    """For each row the number of its household and of its member, in order of first appearance.

    A row without a member_code joins the coded one of its ID, whichever of the two was read first.
    """
    names = ("household_code", "member_code", "id_number")
    households, codes, numbers = (column_or_nulls(rows, name) for name in names)
    if all(codes):
        numbers = [None] * len(rows)  # where every row has a code, no number decides
    identities = [
        (household, number) if number and check_id(number).valid else None
        for household, number in zip(households, numbers, strict=True)
    ]
    code_of: dict[tuple[str, str] | None, str] = {}
    for code, identity in zip(codes, identities, strict=True):
        if code and identity:
            code_of.setdefault(identity, code)
    home_of: dict[str, int] = {}
    person_of: dict[object, int] = {}
    homes, people = [], []
    for index, (household, code, identity) in enumerate(zip(households, codes, identities, strict=True)):
        homes.append(home_of.setdefault(household, len(home_of)))
        person = code or code_of.get(identity) or identity or index
        people.append(person_of.setdefault(person, len(person_of)))
    return pa.array(homes, pa.int64()), pa.array(people, pa.int64())


def _assemble(connection: duckdb.DuckDBPyConnection, dataset: Dataset) -> Register:
    homes = connection.execute("SELECT * FROM home ORDER BY _home").to_arrow_table()
    people = connection.execute("SELECT * FROM person ORDER BY _person").to_arrow_table()
    home_keys, person_keys = random_keys(len(homes)), random_keys(len(people))
    members = _members(homes, people, home_keys, person_keys)
    connection.register("home_keys", pa.table({"_home": homes["_home"], "household_key": home_keys}))
    connection.register("person_facts", _person_facts(people, members))
    facts = {c.id: c for c in dataset.fact_columns}
    household = connection.execute(_household_sql(facts, dataset)).to_arrow_table()
    member = connection.execute(_member_sql(facts, dataset)).to_arrow_table()
    return Register(household, member, members, _directory(homes, home_keys, members))


def _members(
    homes: pa.Table, people: pa.Table, home_keys: Sequence[int], person_keys: Sequence[int]
) -> list[Member]:
    names = people.select(["_home", "member_code", "name", "id_number", "birth_date", "relation"]).to_pydict()
    heads: dict[int, str | None] = {}
    for home, name, relation in zip(names["_home"], names["name"], names["relation"], strict=True):
        if relation and compact(relation) in HEAD_RELATIONS:
            heads.setdefault(home, name)
    townships, villages = homes["township"].to_pylist(), homes["village"].to_pylist()
    members = []
    for index, home in enumerate(names["_home"]):
        number = names["id_number"][index]
        checked = check_id(number) if number else None
        born = checked.birth_date if checked and checked.valid else names["birth_date"][index]
        members.append(
            Member(
                person_keys[index],
                home_keys[home],
                names["member_code"][index],
                names["name"][index],
                number,
                checked,
                born,
                townships[home],
                villages[home],
                heads.get(home),
            )
        )
    return members


def _person_facts(people: pa.Table, members: Sequence[Member]) -> pa.Table:
    """What is derived of each member: keys, status of the ID, what it says, whether it is shared."""
    held: dict[str, int] = {}
    for member in members:
        if member.checked and member.checked.valid and member.id_number:
            held[member.id_number] = held.get(member.id_number, 0) + 1
    status, problem, born, sex = [], [], [], []
    for member in members:
        checked = member.checked
        status.append("missing" if checked is None else "valid" if checked.valid else "invalid")
        problem.append(checked.problem if checked else None)
        born.append(checked.birth_date if checked and checked.valid else None)
        sex.append(checked.sex if checked and checked.valid else None)
    return pa.table(
        {
            "_person": people["_person"],
            "person_key": pa.array([m.key for m in members], pa.int64()),
            "id_status": pa.array(status, pa.string()),
            "id_problem": pa.array(problem, pa.string()),
            "id_birth_date": pa.array(born, pa.date32()),
            "id_sex": pa.array(sex, pa.string()),
            "id_shared": pa.array([held.get(m.id_number or "", 0) > 1 for m in members], pa.bool_()),
            "birth_date": pa.array([m.birth_date for m in members], pa.date32()),
        }
    )


def _stated(column: ColumnSpec) -> str:
    """SQL of a column once all rows were heard: where a blank means none, nothing said is none."""
    name = f'"{column.id}"'
    if says_none(column):
        return f"CASE WHEN {name} IS NULL THEN 'none' WHEN {name} <> 'unreadable' THEN {name} END AS {name}"
    return name


def _household_sql(facts: Mapping[str, ColumnSpec], dataset: Dataset) -> str:
    own = [
        _stated(column)
        for column in facts.values()
        if column.id in dataset.household_columns
        and column.id not in ("region_code", "per_capita_net_income")
    ]
    monitored = (
        "CASE WHEN monitored_category IS NULL THEN false WHEN monitored_category = 'unreadable' THEN NULL "
        "ELSE NOT coalesce(risk_removed, false) END"
    )
    computed = f"({' + '.join(_PARTS[:-1])} - {_PARTS[-1]})::DOUBLE / members"
    return f"""
        WITH counted AS (SELECT _home, count(*) AS members FROM person GROUP BY _home),
        stated AS (SELECT home.*, members, household_key, {monitored} AS monitored
                   FROM home JOIN counted USING (_home) JOIN home_keys USING (_home))
        SELECT household_key, coalesce(region_code, household_code) AS region_code, members, monitored,
            CASE WHEN household_type IS NULL AND monitored AND monitored_category = 'unstable' THEN true
                 ELSE household_type = 'registered' END AS registered_household,
            coalesce(per_capita_net_income::DOUBLE, {computed}) AS per_capita_net_income,
            {", ".join(own)}
        FROM stated ORDER BY _home"""


def _member_sql(facts: Mapping[str, ColumnSpec], dataset: Dataset) -> str:
    own = [
        _stated(column)
        for column in facts.values()
        if column.id not in dataset.household_columns and column.id != "birth_date"
    ]
    return f"""
        SELECT person_key, household_key, person_facts.birth_date AS birth_date,
            person.birth_date AS stated_birth_date, id_status, id_problem, id_birth_date, id_sex, id_shared,
            {", ".join(own)}
        FROM person JOIN person_facts USING (_person) JOIN home_keys USING (_home) ORDER BY _person"""


def _directory(homes: pa.Table, home_keys: Sequence[int], members: Sequence[Member]) -> Directory:
    heads = {member.household_key: member.head_name for member in members}
    places = {name: homes[name].to_pylist() for name in ("household_code", "region_code", *_PLACES)}
    known = {
        key: Home(
            places["household_code"][index],
            places["region_code"][index],
            places["county"][index],
            places["township"][index],
            places["village"][index],
            heads.get(key),
            places["helper"][index],
            index,
        )
        for index, key in enumerate(home_keys)
    }
    people = {member.key: Person(member.code, member.name, member.household_key) for member in members}
    return Directory(people, known, {member.key: index for index, member in enumerate(members)})
