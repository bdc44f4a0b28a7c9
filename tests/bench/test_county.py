"""The benchmark's prepared county: sizes, keys, columns and the same files every time."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from bangfu.bench.county import counties, generate
from tests.oracle.county import PlainCounty
from tests.oracle.tables import as_county

MEMBERS = 2500


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("county")
    generate(folder, MEMBERS, partition=1000)
    return folder


def count(query: str) -> int:
    return duckdb.sql(query).fetchall()[0][0]


def test_partitions_hold_all_members_and_half_as_many_bills(folder: Path) -> None:
    assert len(counties(folder)) == 3
    assert count(f"SELECT count(*) FROM '{folder}/*/member.parquet'") == MEMBERS
    assert count(f"SELECT count(DISTINCT person_key) FROM '{folder}/*/member.parquet'") == MEMBERS
    assert count(f"SELECT count(*) FROM '{folder}/*/lists/medical_expense.parquet'") == MEMBERS // 2


def test_every_row_belongs_to_a_member_and_a_household_of_its_partition(folder: Path) -> None:
    for county in counties(folder):
        homes = f"SELECT household_key FROM '{county.household}'"
        people = f"SELECT person_key, household_key FROM '{county.member}'"
        assert count(f"SELECT count(*) FROM ({people}) WHERE household_key NOT IN ({homes})") == 0
        assert count(f"SELECT count(*) FROM ({homes}) ANTI JOIN '{county.member}' USING (household_key)") == 0
        for path in county.lists.values():
            listed = f"SELECT person_key, household_key FROM '{path}'"
            assert count(f"SELECT count(*) FROM ({listed} EXCEPT {people})") == 0


def test_tables_have_the_columns_and_types_of_a_county(folder: Path) -> None:
    made = counties(folder)[0]
    model = as_county(PlainCounty([], [], {name: [] for name in made.lists}))
    tables = {"household": (made.household, model.household), "member": (made.member, model.member)}
    tables |= {name: (path, model.lists[name]) for name, path in made.lists.items()}
    for path, expected in tables.values():
        assert _types(pq.read_schema(path)) == _types(expected.schema)


def _types(schema: pa.Schema) -> dict[str, pa.DataType]:
    return {field.name: field.type for field in schema}


def test_the_same_size_gives_the_same_rows(folder: Path, tmp_path: Path) -> None:
    generate(tmp_path, MEMBERS, partition=1000)
    for path in sorted(folder.rglob("*.parquet")):
        assert pq.read_table(path) == pq.read_table(tmp_path / path.relative_to(folder))
