"""What each row of the register will be: what the roster says over what is known, and what that changes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import duckdb
import pyarrow as pa

from bangfu.households.importing.facts import Fact
from bangfu.households.importing.known import AT, Row
from bangfu.households.importing.rows import UNCLEAR

NEW, CHANGED, SAME = "new", "changed", "same"
VERDICT, CHANGES = "verdict", "changes"


@dataclass(frozen=True)
class Extra:
    """A field that the import works out itself: its final values, and what the register has."""

    name: str
    type: str
    values: Sequence[Any]
    known: Sequence[Any]
    counts: bool = True  # whether another value is a change (a new ciphertext of one number is none)


def finals(
    said: pa.Table,
    key: str,
    facts: Sequence[Fact],
    extras: Sequence[Extra],
    known: Sequence[Row | None],
    kept: pa.Table,
) -> pa.Table:
    """One row for each of ``said``: its ``key``, every field's final value, verdict and changed fields.

    ``known[i]`` is the register's row of ``said[i]``, None for a new one; ``kept`` has the facts of these.
    Values are as a database takes them: days and decimals as text.
    """
    with duckdb.connect() as connection:
        connection.register("said", said)
        connection.register("known", _known_table(facts, known, kept))
        connection.register("extra", _extra_table(extras))
        # Three tables of one length, row by row.
        source = "said POSITIONAL JOIN known POSITIONAL JOIN extra"
        columns = [f'{_final(fact)} AS "f_{fact.name}"' for fact in facts]
        finished: pa.Table = connection.execute(
            f"SELECT {key}, {_verdict(facts, extras)} FROM"
            f" (SELECT *, {', '.join(columns) or '1'} FROM {source})"
        ).to_arrow_table()
    return finished


def _verdict(facts: Sequence[Fact], extras: Sequence[Extra]) -> str:
    fact_tests = {fact.name: f'"f_{fact.name}" IS DISTINCT FROM {_known(fact)}' for fact in facts}
    tests = fact_tests | {e.name: f'"x_{e.name}" IS DISTINCT FROM "xk_{e.name}"' for e in extras if e.counts}
    changed = ", ".join(f"CASE WHEN {test} THEN '{name}' END" for name, test in tests.items())
    changes = f"CASE WHEN k_known THEN list_filter([{changed}], c -> c IS NOT NULL) ELSE [] END"
    verdict = f"CASE WHEN NOT k_known THEN '{NEW}' WHEN len(changes) > 0 THEN '{CHANGED}' ELSE '{SAME}' END"
    shown = [f'{_shown(fact)} AS "{fact.name}"' for fact in facts]
    shown += [f'"x_{extra.name}" AS "{extra.name}"' for extra in extras]
    return f"{', '.join(shown)}, {changes} AS {CHANGES}, {verdict} AS {VERDICT}"


def _final(fact: Fact) -> str:
    """SQL of a fact's final value, in its type."""
    said, known = f"({fact.said()})", _known(fact)
    if fact.is_text:
        empty = f"CASE WHEN NOT {UNCLEAR} THEN '' END" if fact.clears else "NULL"
        return f"coalesce({said}, {empty}, {known}, '')"
    if fact.clears:
        return f"CASE WHEN {UNCLEAR} THEN coalesce({said}, {known}) ELSE {said} END"
    return f"coalesce({said}, {known})"


def _known(fact: Fact) -> str:
    return f'CAST("k_{fact.name}" AS {fact.type})'


def _shown(fact: Fact) -> str:
    column = f'"f_{fact.name}"'
    as_text = fact.type == "DATE" or fact.type.startswith("DECIMAL")
    return f"CAST({column} AS VARCHAR)" if as_text else column


def _known_table(facts: Sequence[Fact], known: Sequence[Row | None], kept: pa.Table) -> pa.Table:
    places = pa.array([None if row is None else row[AT] for row in known], pa.int64())
    arrays = {f"k_{fact.name}": kept[fact.name].take(places) for fact in facts}
    return pa.table({"k_known": places.is_valid(), **arrays})


def _extra_table(extras: Sequence[Extra]) -> pa.Table:
    columns: Mapping[str, pa.Array] = {
        name: pa.array(values, _ARROW[extra.type])
        for extra in extras
        for name, values in ((f"x_{extra.name}", extra.values), (f"xk_{extra.name}", extra.known))
    }
    return pa.table(dict(columns))


_ARROW = {"text": pa.string(), "integer": pa.int64(), "boolean": pa.bool_()}
