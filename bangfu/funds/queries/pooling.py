"""Where the money of a year came from, and what part of it was merged (C-085)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q, Sum

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.funds.models import FundSource
from bangfu.funds.terms.results import share
from bangfu.projects.enums.admission import SourceKind

_POOLED = Q(pooled=True)


@dataclass(frozen=True)
class PoolRow:
    """A kind of source: all that came of it and what of that was merged, in fen; their shares in percent."""

    kind: SourceKind
    fen: int
    pooled: int
    share: Decimal
    pooled_share: Decimal


def years_of_sources(user: User) -> list[int]:
    """The years of the sources in reach, the latest first."""
    rows = FundSource.objects.visible_to(user, Permission.FUND_VIEW).order_by()
    return sorted(set(rows.values_list("year", flat=True)), reverse=True)


def pool_of(user: User, year: int) -> list[PoolRow]:
    """By kind of source; the shares of all kinds add up to 100 as far as two decimals can."""
    rows = FundSource.objects.visible_to(user, Permission.FUND_VIEW).filter(year=year).order_by()
    sums = rows.values("kind").annotate(
        fen=Sum("account__amount"), pooled_fen=Sum("account__amount", filter=_POOLED, default=0)
    )
    found = {row["kind"]: row for row in sums if row["fen"]}
    total = sum(row["fen"] for row in found.values())
    pooled = sum(row["pooled_fen"] for row in found.values())
    return [
        PoolRow(
            kind,
            found[kind.value]["fen"],
            found[kind.value]["pooled_fen"],
            share(found[kind.value]["fen"], total),
            share(found[kind.value]["pooled_fen"], pooled),
        )
        for kind in SourceKind
        if kind.value in found
    ]


def pool_total(rows: Sequence[PoolRow]) -> tuple[int, int]:
    """All that came, and what of it was merged, in fen."""
    return sum(row.fen for row in rows), sum(row.pooled for row in rows)
