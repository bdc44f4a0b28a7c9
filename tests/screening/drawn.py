"""Counties drawn as tables, and what a rule must say of each person or household in them.

A table's first line names its columns, ``|`` parts them, a blank cell is a blank cell. ``person`` and
``home`` are the keys (a home of its own for each person unless drawn), ``expect`` what the rule says: hit,
undecided, no.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa

from bangfu.screening.catalogue.columns import Column, Type, list_columns, register_columns
from bangfu.screening.catalogue.datasets import load_datasets
from bangfu.screening.catalogue.loading import load_catalogue
from bangfu.screening.catalogue.model import Catalogue, Level
from bangfu.screening.compiling.compiler import compile_plan
from bangfu.screening.county import County, Outcome
from bangfu.screening.engines.duckdb_engine import DuckDBEngine

_ARROW = {
    Type.BOOLEAN: pa.bool_(),
    Type.INTEGER: pa.int64(),
    Type.NUMBER: pa.float64(),
    Type.MONEY: pa.decimal128(18, 2),
    Type.DATE: pa.date32(),
    Type.TEXT: pa.string(),
    Type.CODE: pa.string(),
}
_KEYS = {"person": "person_key", "home": "household_key"}
Row = dict[str, str]


def rows(drawing: str) -> list[Row]:
    """The rows of a drawn table."""
    lines = [[cell.strip() for cell in line.split("|")] for line in drawing.strip().splitlines()]
    drawn = [dict(zip(lines[0], cells, strict=True)) for cells in lines[1:]]
    for row in drawn:
        row.setdefault("home", row.get("person", ""))
        row.setdefault("person", row["home"])
    return drawn


def county(members: str = "", households: str = "", **lists: str) -> County:
    """A county of drawn tables. People and homes that only stand in lists are made, with nothing known."""
    drawn = {name: rows(drawing) for name, drawing in lists.items()}
    people = _completed(rows(members) if members else [], drawn, "person")
    homes = _completed(rows(households) if households else [], {"members": people, **drawn}, "home")
    columns = register_columns()
    datasets = load_datasets()
    return County(
        household=_table(homes, columns[Level.HOUSEHOLD], ["home"]),
        member=_table(people, columns[Level.MEMBER], ["person", "home"]),
        lists={n: _table(drawn[n], list_columns(datasets[n]), ["person", "home"]) for n in drawn},
    )


def _completed(own: list[Row], others: Mapping[str, list[Row]], key: str) -> list[Row]:
    known = {row[key] for row in own}
    for row in (row for drawn in others.values() for row in drawn):
        if row[key] not in known:
            known.add(row[key])
            own.append({"person": row["person"], "home": row["home"]})
    return own


def _table(drawn: list[Row], columns: Mapping[str, Column], keys: list[str]) -> pa.Table:
    arrays: dict[str, Any] = {
        _KEYS[key]: pa.array([int(row[key]) for row in drawn], pa.int64()) for key in keys
    }
    used = {name for row in drawn for name in row} - {"person", "home", "expect"}
    for name in sorted(used):
        column = columns[name]
        arrays[name] = pa.array(
            [_value(row.get(name, ""), column.type) for row in drawn], _ARROW[column.type]
        )
    return pa.table(arrays)


def _value(cell: str, kind: Type) -> Any:
    if cell == "":
        return None
    readers = {
        Type.BOOLEAN: lambda text: {"yes": True, "no": False}[text],
        Type.INTEGER: int,
        Type.NUMBER: float,
        Type.MONEY: Decimal,
        Type.DATE: dt.date.fromisoformat,
    }
    return readers.get(kind, str)(cell)


def outcome(rule: str, as_of: str, drawn: County, catalogue: Catalogue | None = None) -> Outcome:
    """What a rule comes to in a drawn county."""
    codes = (
        drawn.household["region_code"].to_pylist() if "region_code" in drawn.household.schema.names else None
    )
    plan = compile_plan(
        catalogue or load_catalogue(),
        as_of=dt.date.fromisoformat(as_of),
        given=set(drawn.lists),
        region_codes=codes,
        rules=[rule],
    )
    return DuckDBEngine(threads=1).run(drawn, plan)[0]


def said(found: Outcome) -> dict[int, str]:
    """What a rule says of each person (or household), where it says anything."""
    answers = {}
    for state, table in (("hit", found.hits), ("undecided", found.undecided)):
        for row in table.to_pylist():
            answers[row["household_key"] if row["person_key"] is None else row["person_key"]] = state
    return answers


def expect(
    rule: str,
    as_of: str,
    members: str = "",
    households: str = "",
    catalogue: Catalogue | None = None,
    **lists: str,
) -> None:
    """Assert that a rule says of everybody what the drawings' ``expect`` says."""
    wanted: dict[int, str] = {}
    key = "home" if load_catalogue().rules[rule].level is Level.HOUSEHOLD else "person"
    for drawing in (members, households, *lists.values()):
        for row in rows(drawing) if drawing else []:
            if row.get("expect"):
                wanted[int(row[key])] = row["expect"]
    found = outcome(rule, as_of, county(members, households, **lists), catalogue)
    assert found.status == "run", found.reason
    answers = said(found)
    assert {key: answers.get(key, "no") for key in wanted} == wanted
    assert set(answers) <= set(wanted)


def with_parameters(folder: Path, text: str) -> Catalogue:
    """The catalogue with a user's parameter file over it."""
    path = folder / "params.yaml"
    path.write_text(text, encoding="utf-8")
    return load_catalogue(path)
