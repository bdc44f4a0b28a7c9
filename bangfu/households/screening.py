"""What the register feeds into the engine: households and members as facts, and who may be linked (C-185).

The columns have the names, types and meaning of blanks that the catalogue gives the roster. Names and numbers
stay in this process: they tie lists to people and never enter the engine's tables.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
from django.db import connection

from bangfu.access.crypto import decrypt
from bangfu.access.models import Identity
from bangfu.core.models.region import range_end
from bangfu.exchange.lake.keys import mark_of_index
from bangfu.exchange.lake.population import POPULATION
from bangfu.households.enums import HouseholdState, MemberState
from bangfu.households.models import Household, Member
from bangfu.households.screening_columns import HOUSEHOLD_SOURCE, columns_sql, sources_of
from bangfu.households.screening_income import SignedIncome, signed_incomes
from bangfu.households.screening_then import homes_then, last_change, people_then, village_names
from bangfu.screening.catalogue.model import Level
from bangfu.tabular.identity import Checked, check_id

_H, _M, _I = (model._meta.db_table for model in (Household, Member, Identity))
_HERE = "h.place >= %s AND h.place < %s"
_PRESENT = f"{_HERE} AND h.state = '{HouseholdState.PRESENT.value}'"
_EVERYBODY = f"{_M} m JOIN {_H} h ON h.id = m.household_id JOIN {_I} i ON i.person_key = m.identity_id"
_PEOPLE = f"{_EVERYBODY} WHERE m.state = '{MemberState.PRESENT.value}' AND {_PRESENT} ORDER BY m.id"
_EVER = f"{_EVERYBODY} WHERE {_HERE} ORDER BY m.id"
_HOMES, _HOMES_EVER = (f"{_H} h WHERE {which} ORDER BY h.id" for which in (_PRESENT, _HERE))
_WHO = {
    "person_key": "m.identity_id",
    "household_key": "m.household_id",
    "id_number": "i.id_number",
    "id_index": "i.id_index",
    "name": "m.name",
    "stated_birth_date": "CAST(m.birth_date AS text)",
    "is_head": "CAST(m.is_head AS integer)",
    "village_id": "h.village_id",
}
_NUMERIC = frozenset(["person_key", "household_key", "is_head", "village_id", "n"])
_UID = "replace(CAST(h.uid AS text), '-', '')"
_MEMBERS = """
    SELECT person_key, household_key, coalesce(id_birth_date, stated_birth_date) AS birth_date,
        stated_birth_date, id_status, id_problem, id_birth_date, id_sex,
        id_status = 'valid' AND count(*) OVER (PARTITION BY id_index) > 1 AS id_shared{columns}
    FROM people"""
_HOUSEHOLDS = """
    WITH counted AS (SELECT household_key, count(*) AS members FROM people GROUP BY household_key),
    stated AS (SELECT homes.*, members, monitored_category <> '' AND CAST(risk_removed AS BOOLEAN) IS NOT TRUE
               AS monitored FROM homes JOIN counted USING (household_key))
    SELECT household_key, place AS region_code, members, monitored,
        CASE WHEN household_type = '' AND monitored AND monitored_category = 'unstable' THEN true
             WHEN household_type <> '' THEN household_type = 'registered' END AS registered_household,
        coalesce(signed, CAST(per_capita_net_income AS DOUBLE) / 100, ({earned}) / members)
            AS per_capita_net_income{columns}
    FROM stated LEFT JOIN incomes USING (household_key)"""
_EARNED = ("wage_income", "business_income", "property_income", "transfer_income")


@dataclass(frozen=True)
class Register:
    """The register of a place: the engine's two tables, who may be linked, and each household's uid.

    ``incomes``: by household, the signed worksheet that its income is from; the others' is the roster's.
    """

    household: pa.Table
    member: pa.Table
    population: pa.Table
    uids: Mapping[int, UUID]
    incomes: Mapping[int, SignedIncome]


def read_register(place: str, columns: Collection[str], on: date, month: date | None = None) -> Register:
    """Everybody present in a place, with those of ``columns`` that the register has; incomes as of ``on``.

    ``month`` asks for the snapshot of that month's end, None for the register as it is. Raises
    SituationForbids when the snapshot's file is missing.
    """
    people = _people(place, sources_of(Level.MEMBER, columns), month)
    homes = _homes(place, HOUSEHOLD_SOURCE | sources_of(Level.HOUSEHOLD, columns), month)
    incomes = signed_incomes(place, on, month)
    household, member = _tables(people, homes, incomes, columns)
    uids = dict(zip(homes["household_key"].to_pylist(), map(UUID, homes["uid"].to_pylist()), strict=True))
    names = village_names(last_change(place, month) if month else None)
    return Register(household, member, _population(people, names), uids, incomes)


def population(place: str) -> pa.Table:
    """Everybody present in a place today, as lists are linked to them."""
    return _population(_people(place, {}), village_names())


def _tables(
    people: pa.Table, homes: pa.Table, incomes: Mapping[int, SignedIncome], columns: Collection[str]
) -> tuple[pa.Table, pa.Table]:
    """The engine's tables of households and of members."""
    earned = " + ".join(f"json_extract_string(roster_facts, '$.{name}')::DOUBLE" for name in _EARNED)
    earned += " - json_extract_string(roster_facts, '$.business_expense')::DOUBLE"
    signed = {
        "household_key": pa.array(incomes.keys(), pa.int64()),
        "signed": pa.array([one.per_capita for one in incomes.values()], pa.float64()),
    }
    with duckdb.connect() as session:
        session.register("people", people)
        session.register("homes", homes)
        session.register("incomes", pa.table(signed))
        member = session.execute(_MEMBERS.format(columns=columns_sql(Level.MEMBER, columns)))
        members = member.to_arrow_table()
        home_columns = columns_sql(Level.HOUSEHOLD, columns)
        household = session.execute(_HOUSEHOLDS.format(earned=earned, columns=home_columns))
        return household.to_arrow_table(), members


def _people(place: str, more: Mapping[str, str], month: date | None = None) -> pa.Table:
    """The members present now, or at the end of ``month``, with what their numbers say."""
    people = _people_then(place, more, month) if month else _people_now(place, more)
    checked = [check_id(decrypt(text)) if text else None for text in people["id_number"].to_pylist()]
    derived = {
        "id_status": pa.array([_status(one) for one in checked], pa.string()),
        "id_problem": pa.array([one.problem if one else None for one in checked], pa.string()),
        "id_birth_date": pa.array([one.birth_date if one else None for one in checked], pa.date32()),
        "id_sex": pa.array([one.sex if one else None for one in checked], pa.string()),
    }
    for name, values in derived.items():
        people = people.append_column(name, values)
    at = people.column_names.index("stated_birth_date")
    return people.set_column(at, "stated_birth_date", people["stated_birth_date"].cast(pa.date32()))


def _people_now(place: str, more: Mapping[str, str]) -> pa.Table:
    return _fetched(_WHO | _as_text("m", more), _PEOPLE, place)


def _people_then(place: str, more: Mapping[str, str], month: date) -> pa.Table:
    who = _fetched(_WHO | {"household_uid": _UID, "n": "m.id"}, _EVER, place)
    return people_then(place, month, who, {"stated_birth_date": "birth_date"} | dict(more))


def _status(checked: Checked | None) -> str:
    if checked is None:
        return "missing"
    return "valid" if checked.valid else "invalid"


def _homes(place: str, more: Mapping[str, str], month: date | None) -> pa.Table:
    """The households present now, or at the end of ``month``."""
    keys = {"household_key": "h.id", "uid": _UID}
    if month:
        return homes_then(place, month, _fetched(keys, _HOMES_EVER, place), more)
    return _fetched(keys | {"place": "h.place"} | _as_text("h", more), _HOMES, place)


def _as_text(table: str, columns: Mapping[str, str]) -> dict[str, str]:
    return {name: f"CAST({table}.{sql} AS text)" for name, sql in columns.items()}


def _fetched(columns: dict[str, str], source: str, place: str) -> pa.Table:
    """Rows of the database as texts and whole numbers; casts keep SQLite's driver from parsing each value."""
    selected = ", ".join(f'{sql} AS "{name}"' for name, sql in columns.items())
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {selected} FROM {source}", [place, range_end(place)])
        rows = cursor.fetchall()
    across: Sequence[Sequence[Any]] = list(zip(*rows, strict=True)) or [()] * len(columns)
    types = [pa.int64() if name in _NUMERIC else pa.string() for name in columns]
    arrays = [pa.array(values, type) for values, type in zip(across, types, strict=True)]
    return pa.table(dict(zip(columns, arrays, strict=True)))


def _population(people: pa.Table, villages: Mapping[int, tuple[str, str | None]]) -> pa.Table:
    """Whom a list's rows may be about; ``villages`` gives the name of each and of its township."""
    homes = people["household_key"].to_pylist()
    names = people["name"].to_pylist()
    across = zip(homes, names, people["is_head"].to_pylist(), strict=True)
    heads = {home: name for home, name, is_head in across if is_head}
    at = [villages.get(village, (None, None)) for village in people["village_id"].to_pylist()]
    columns = {
        "person_key": people["person_key"],
        "household_key": people["household_key"],
        "number_mark": [mark_of_index(index) if index else None for index in people["id_index"].to_pylist()],
        "id_valid": [None if one == "missing" else one == "valid" for one in people["id_status"].to_pylist()],
        "name": people["name"],
        "birth_date": pc.coalesce(people["id_birth_date"], people["stated_birth_date"]),
        "township": [township for _, township in at],
        "village": [village for village, _ in at],
        "head_name": [heads.get(home) for home in homes],
    }
    return pa.table(columns, schema=POPULATION)
