"""Incomes that households have signed for, which stand before the roster's figure (C-051, C-185)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q

from bangfu.access.scope import within
from bangfu.households.enums import WorksheetState
from bangfu.households.models import IncomeWorksheet

_FEN_PER_YUAN = 100
_YEAR = timedelta(days=365)


@dataclass(frozen=True)
class SignedIncome:
    """Per capita net income in yuan of one household, and the months that were counted."""

    per_capita: float
    months: str

    @property
    def words(self) -> str:
        """Where the figure comes from, for the reason of a finding."""
        return f"收入取自农户签字的收入测算表（{self.months}）"


def signed_incomes(place: str, on: date, known_on: date | None = None) -> dict[int, SignedIncome]:
    """By household's id: its latest signed worksheet whose twelve months ended within the year before ``on``.

    ``known_on`` asks for what was signed, and not disputed, by the end of that day; None for what is signed.
    """
    sheets = IncomeWorksheet.objects.filter(
        within("household__place", place), _signed(known_on), period_to__lte=on, period_to__gt=on - _YEAR
    ).order_by("period_to", "number", "pk")
    values = sheets.values_list("household", "per_capita_fen", "period_from", "period_to")
    return {
        household: SignedIncome(fen / _FEN_PER_YUAN, f"{first:%Y-%m} 至 {last:%Y-%m}")
        for household, fen, first, last in values.iterator(chunk_size=10_000)
    }


def _signed(known_on: date | None) -> Q:
    if known_on is None:
        return Q(state=WorksheetState.SIGNED)
    disputed = Q(disputed_on__lte=known_on)
    return Q(signed_on__lte=known_on) & ~disputed
