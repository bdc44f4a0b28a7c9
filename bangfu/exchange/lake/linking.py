"""Ties rows of the lake to people of the register, as ``bangfu.screening.linking.linker`` does, by marks.

By the number; only where the row's or the person's is missing or fails its check: by name, birth date and
village, or name, birth date and head, when exactly one person fits. Nothing is linked by name alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from bangfu.exchange.lake.keys import BY_HEAD, BY_VILLAGE, NAME, NAME_BIRTH, TOWNSHIP, joined, marks_of
from bangfu.screening.linking.linker import TOWNSHIP_TAILS, VILLAGE_TAILS, bare_place

_SAME_TOWNSHIP = (
    "(r.township_mark IS NULL OR m.township_mark IS NULL OR (r.township_mark = m.township_mark AND "
    "(r.township_kind IS NULL OR m.township_kind IS NULL OR r.township_kind = m.township_kind)))"
)
_SAME_VILLAGE = (
    "(r.village_mark = m.village_mark AND "
    "(r.village_kind IS NULL OR m.village_kind IS NULL OR r.village_kind = m.village_kind)"
    f" AND {_SAME_TOWNSHIP})"
)
#: A number that fails its check identifies only together with the name, where both sides have one.
_BY_NUMBER = """
    CREATE OR REPLACE TEMP TABLE by_number AS
    SELECT r.n, m.person_key, m.household_key
    FROM rows r JOIN people m ON r.number_mark = m.number_mark
        LEFT JOIN names ON names.person_key = m.person_key
    WHERE r.id_valid OR r.name_mark IS NULL OR names.name_mark IS NULL OR r.name_mark = names.name_mark"""
_LEFT = """
    CREATE OR REPLACE TEMP TABLE remaining AS
    SELECT * FROM rows WHERE name_birth_mark IS NOT NULL AND coalesce(village_mark, head_mark) IS NOT NULL
        AND n NOT IN (SELECT n FROM by_number)"""
_FITS = f"""
    CREATE OR REPLACE TEMP TABLE fits AS
    SELECT r.n, m.person_key, m.household_key, coalesce({_SAME_VILLAGE}, false) AS in_village,
        coalesce(r.head_mark = m.head_mark, false) AS of_head
    FROM remaining r JOIN candidates m ON r.name_birth_mark = m.name_birth_mark
    WHERE r.id_valid IS NOT TRUE OR m.id_valid IS NOT TRUE"""
#: Exactly one fits by village, or by head, and the two do not name different people.
_BY_CIRCUMSTANCES = """
    CREATE OR REPLACE TEMP TABLE counted AS
    SELECT n, count(*) FILTER (WHERE in_village) AS villagers, count(*) FILTER (WHERE of_head) AS kin,
        any_value(person_key) FILTER (WHERE in_village) AS villager,
        any_value(person_key) FILTER (WHERE of_head) AS relative
    FROM fits GROUP BY n;
    CREATE OR REPLACE TEMP TABLE by_circumstances AS
    SELECT n, CASE WHEN villagers = 1 THEN villager ELSE relative END AS person_key FROM counted
    WHERE (villagers = 1 AND (kin <> 1 OR villager = relative)) OR (kin = 1 AND villagers <> 1)"""
_LINKS = """
    SELECT n, person_key, household_key, true AS by_number FROM by_number
    UNION ALL
    SELECT DISTINCT n, person_key, household_key, false AS by_number
    FROM by_circumstances JOIN fits USING (n, person_key)
    ORDER BY n"""


class Linker:
    """Links lists to the people of one register."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, population: pa.Table) -> None:
        self._connection = connection
        self._population = population
        connection.register("people", population.select(["person_key", "household_key", "number_mark"]))

    def link(self, rows: pa.Table) -> pa.Table:
        """Whom each row is about: ``n, person_key, household_key, by_number``, in order of ``n``.

        ``rows``: ``n``, ``number_mark`` and the columns of ``lake.rows.circumstances``.
        Afterwards ``several`` tells of rows that fit more than one.
        """
        run = self._connection.execute
        with _registered(self._connection, "rows", rows):
            with _registered(self._connection, "names", self._names(rows)):
                run(_BY_NUMBER)
            run(_LEFT)
        wanted = {mark for (mark,) in run("SELECT DISTINCT name_birth_mark FROM remaining").fetchall()}
        with _registered(self._connection, "candidates", self._candidates(wanted)):
            run(_FITS)
        run(_BY_CIRCUMSTANCES)
        return run(_LINKS).to_arrow_table()

    def several(self) -> dict[int, int]:
        """Of the rows linked last that belong to nobody: how many people fit."""
        found = self._connection.execute(
            "SELECT n, greatest(villagers, kin, CASE WHEN villagers = 1 AND kin = 1 THEN 2 ELSE 0 END)"
            " FROM counted WHERE n NOT IN (SELECT n FROM by_circumstances)"
        ).fetchall()
        return dict(found)

    def _names(self, rows: pa.Table) -> pa.Table:
        """Marks of the names of those whose number stands in a row where it counts only with the name."""
        wanted = rows.filter(pc.is_valid(rows["name_mark"]))["number_mark"].drop_null()
        people = self._population.filter(
            pc.is_in(self._population["number_mark"], value_set=pc.unique(wanted))
        )
        marks = pa.array(marks_of(NAME, people["name"].to_pylist()), pa.int64())
        return people.select(["person_key"]).append_column("name_mark", marks)

    @cached_property
    def _births(self) -> list[str | None]:
        people = self._population.select(["name", "birth_date"]).to_pydict()
        return [joined(*one) for one in zip(people["name"], people["birth_date"], strict=True)]

    @cached_property
    def _birth_marks(self) -> list[int | None]:
        return marks_of(NAME_BIRTH, self._births)

    def _candidates(self, wanted: set[int]) -> pa.Table:
        """The people of these names and birth dates, with marks of village and head."""
        at = [] if not wanted else [index for index, mark in enumerate(self._birth_marks) if mark in wanted]
        people = self._population.take(pa.array(at, pa.int64()))
        births = [self._births[index] for index in at]
        villages = [_bare(text, VILLAGE_TAILS) for text in people["village"].to_pylist()]
        townships = [_bare(text, TOWNSHIP_TAILS) for text in people["township"].to_pylist()]
        heads = people["head_name"].to_pylist()
        by_village = [joined(birth, name) for birth, (name, _) in zip(births, villages, strict=True)]
        marks = {
            "name_birth_mark": pa.array([self._birth_marks[index] for index in at], pa.int64()),
            "village_mark": pa.array(marks_of(BY_VILLAGE, by_village), pa.int64()),
            "village_kind": pa.array([kind for _, kind in villages], pa.int8()),
            "township_mark": pa.array(marks_of(TOWNSHIP, [name for name, _ in townships]), pa.int64()),
            "township_kind": pa.array([kind for _, kind in townships], pa.int8()),
            "head_mark": pa.array(
                marks_of(BY_HEAD, [joined(*one) for one in zip(births, heads, strict=True)]), pa.int64()
            ),
        }
        kept = people.select(["person_key", "household_key", "id_valid"])
        return pa.table({name: kept[name] for name in kept.column_names} | marks)


def _bare(text: str | None, kinds: tuple) -> tuple[str | None, int | None]:
    return bare_place(text, kinds) if text else (None, None)


@contextmanager
def _registered(connection: duckdb.DuckDBPyConnection, name: str, table: pa.Table) -> Iterator[None]:
    connection.register(name, table)
    try:
        yield
    finally:
        connection.unregister(name)
