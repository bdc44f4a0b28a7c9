"""Causes and risks of the households on the register: by region, by year, and the households behind (C-207).

Today's rows come from the register, those of a month's end from the snapshot, and both are counted alike. The
list of a figure is the rows that were counted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import TextChoices

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.scope import places_of, within
from bangfu.households.enums import HouseholdState
from bangfu.households.models import Household
from bangfu.households.reckoning.standing import on_register
from bangfu.households.snapshots.reading import on_register_mask, read_snapshot

UNSAID = "未填"
_COLUMNS = ("household_uid", "place", "main_cause", "other_causes", "risks")


class CauseKind(TextChoices):
    """What is counted: the main cause, all causes, or the risks."""

    MAIN = "main", "主要致贫原因"
    ALL = "all", "全部致贫原因"
    RISK = "risk", "致贫返贫风险"


@dataclass(frozen=True)
class CauseRow:
    """A household on the register: its uid (32 digits), its place then, its causes or risks."""

    uid: str
    place: str
    words: tuple[str, ...]


def cause_rows(
    user: User, permission: Permission, place: str, month: date | None, kind: CauseKind
) -> list[CauseRow]:
    """Who is on the register in ``place`` (empty: the whole scope), today or at the end of ``month``."""
    if month is None:
        rows: Iterable[dict[str, Any]] = _today(user, permission, place)
    else:
        rows = _then(user, permission, place, month)
    return [CauseRow(row["household_uid"], row["place"], _words(row, kind)) for row in rows]


def _today(user: User, permission: Permission, place: str) -> list[dict[str, Any]]:
    standing = Household.objects.visible_to(user, permission).filter(
        on_register(), within("place", place), state=HouseholdState.PRESENT
    )
    found = standing.order_by("place", "id").values("uid", *_COLUMNS[1:])
    return [{"household_uid": row["uid"].hex, **row} for row in found]


def _then(user: User, permission: Permission, place: str, month: date) -> list[dict[str, Any]]:
    granted = places_of(user, permission)
    reach = [place] if any(place.startswith(grant) for grant in granted) else []
    households = read_snapshot("households", month, reach if place else granted, (*_COLUMNS, *_STANDING))
    kept = households.filter(on_register_mask(households)).select(list(_COLUMNS))
    found: list[dict[str, Any]] = kept.to_pylist()
    return found


_STANDING = ("state", "household_type", "monitored_category", "risk_removed")


def _words(row: dict[str, Any], kind: CauseKind) -> tuple[str, ...]:
    main = [row["main_cause"]] if row["main_cause"] else []
    words = {
        CauseKind.MAIN: main,
        CauseKind.ALL: [*main, *row["other_causes"]],
        CauseKind.RISK: row["risks"],
    }[kind]
    return tuple(dict.fromkeys(words)) or (UNSAID,)


def with_word(rows: Iterable[CauseRow], word: str) -> list[CauseRow]:
    """The rows that have a cause or risk."""
    return [row for row in rows if word in row.words]


@dataclass(frozen=True)
class CauseCount:
    """One cause or risk: how many households in each column, and in all."""

    word: str
    cells: tuple[int, ...]
    total: int


def in_order(words: Iterable[str], known: Sequence[str]) -> list[str]:
    """Words in the order of the dictionary, others after it by name, the unsaid last."""
    place = {word: number for number, word in enumerate(known)}
    return sorted(set(words), key=lambda word: (word == UNSAID, place.get(word, len(place)), word))


def by_column(columns: Sequence[Sequence[CauseRow]], known: Sequence[str]) -> list[CauseCount]:
    """Each word against each column of rows."""
    counters = [Counter(word for row in rows for word in row.words) for rows in columns]
    found = in_order((word for counter in counters for word in counter), known)
    return [
        CauseCount(word, tuple(counter[word] for counter in counters), sum(c[word] for c in counters))
        for word in found
    ]


def split_by_region(rows: Iterable[CauseRow], codes: Sequence[str]) -> list[list[CauseRow]]:
    """The rows of each region, in the order of ``codes``."""
    rows = list(rows)
    return [[row for row in rows if row.place.startswith(code)] for code in codes]
