"""What the engine reads: a county as facts, without names or ID numbers.

Identity, contact and free text never enter these tables (columns declare their class in the dataset's YAML);
rows are tied by random keys, and :class:`Directory` gives names back at the very end.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, TypeAlias

import pyarrow as pa

Source: TypeAlias = "pa.Table | Path"  # a table in memory or a Parquet file of the lake


@dataclass(frozen=True)
class County:
    """Facts of one county (or one partition of it).

    ``household``: ``household_key`` BIGINT, ``region_code`` VARCHAR (else the household code, which begins
    with it), derived ``registered_household`` and ``monitored`` BOOLEAN, ``members`` BIGINT (how many),
    ``per_capita_net_income`` DOUBLE (yuan, computed where blank and computable), and every fact column of the
    roster that belongs to the household.

    ``member``: ``person_key`` BIGINT (random), ``household_key`` BIGINT, ``birth_date`` DATE (of the ID if
    valid, else the column), ``stated_birth_date`` DATE (the column), ``sex`` VARCHAR (the column:
    male/female), ``id_status`` VARCHAR (missing/valid/invalid), ``id_problem`` VARCHAR (length/province/
    birth_date/check_digit or NULL), ``id_birth_date`` DATE and ``id_sex`` VARCHAR (of valid IDs),
    ``id_shared`` BOOLEAN (another member has the same valid ID), and every fact column of the roster that
    belongs to the person.

    ``lists``: dataset id → its linked accepted rows: ``person_key``, ``household_key``, and the dataset's
    fact columns (choices as codes, yes/no BOOLEAN, DATE, months as their first day, money DECIMAL(18,2),
    numbers DOUBLE). For a non-choice column whose blank means *none* there is a BOOLEAN ``<column>_given``
    beside it. For a money column with several spellings there is ``<column>_source``: the header the amount
    came from. A dataset is in ``lists`` only if it has at least one accepted row (linked or not).
    """

    household: Source
    member: Source
    lists: Mapping[str, Source]


class Person(NamedTuple):
    """A member as people know him or her."""

    member_code: str | None
    name: str | None
    household_key: int


class Home(NamedTuple):
    """A household as people know it: code, place names, head."""

    household_code: str
    region_code: str | None
    county: str | None
    township: str | None
    village: str | None
    head_name: str | None
    helper: str | None
    order: int  # position in reading order; findings are sorted by it


@dataclass(frozen=True)
class Directory:
    """Names by key: joined to hits at the very end, never read by the engine."""

    people: Mapping[int, Person]
    homes: Mapping[int, Home]
    person_order: Mapping[int, int]


@dataclass(frozen=True)
class Outcome:
    """What one rule came to.

    ``hits`` has ``household_key``, ``person_key`` (NULL for household rules) and one column for each of the
    rule's ``values``; ``undecided`` has the two keys and ``missing`` LIST(VARCHAR), the rule's inputs that
    are unknown. Both are empty when the rule was not run; ``reason`` then says why, in Chinese.
    """

    rule_id: str
    status: str  # run | not_run
    reason: str | None
    hits: pa.Table
    undecided: pa.Table
