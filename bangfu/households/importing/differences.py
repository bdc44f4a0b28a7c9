"""What a roster would change, for people to read before they commit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from bangfu.households.importing.facts import titles_of
from bangfu.households.importing.finals import CHANGED, CHANGES, NEW, SAME, VERDICT
from bangfu.households.importing.known import Known, Row
from bangfu.households.models import Household, Member

_SHOWN = 50
_WORDS = {"phone_index": "联系电话", "identity_id": "证件号码"}


@dataclass(frozen=True)
class Judged:
    """Everything that comes in, with verdicts, and who is missing from the file."""

    households: pa.Table
    members: pa.Table
    identities: pa.Table
    missing: Sequence[Row]
    contradicting: int
    known: Known


def differences(judged: Judged) -> dict[str, Any]:
    """Counts by verdict, changed fields with examples, members whom the file does not name; plain JSON."""
    households = {row["id"]: row for row in judged.known.households}
    return {
        "households": _by_verdict(judged.households),
        "members": _by_verdict(judged.members),
        "fields": _fields(judged.households, Household, "户") + _fields(judged.members, Member, "成员"),
        "missing_count": len(judged.missing),
        "missing": [_missing(row, households) for row in judged.missing[:_SHOWN]],
        "contradicting": judged.contradicting,
    }


def _by_verdict(table: pa.Table) -> dict[str, int]:
    counts = Counter(table[VERDICT].to_pylist())
    return {verdict: counts[verdict] for verdict in (NEW, CHANGED, SAME)}


def _fields(table: pa.Table, model: type[Any], kind: str) -> list[dict[str, Any]]:
    """The fields that change, the most frequent first, each with how often."""
    changed = table.filter(pc.equal(table[VERDICT], CHANGED))
    counts = Counter(name for names in changed[CHANGES].to_pylist() for name in names)
    titles = {**titles_of(model, counts), **_WORDS}
    return [{"kind": kind, "title": titles[name], "count": count} for name, count in counts.most_common()]


def _missing(row: Row, households: Mapping[int, Row]) -> dict[str, str]:
    return {"household": households[row["household_id"]]["code"], "name": row["name"]}
