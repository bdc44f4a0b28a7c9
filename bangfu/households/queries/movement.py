"""The movement of a round: how opening and closing of the register hang together, and what does not close.

opening = excluded + natural decrease + retained + returned;
closing = retained + returned + new + re-marked, + natural increase (persons), + split − merged (households).
The closing side is counted from the register's members; the right side from outcomes and dated events.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db.models import BooleanField, Case, Count, F, Q, QuerySet, Sum, Value, When

from bangfu.access.scope import within
from bangfu.households.enums import HouseholdState, RoundOutcome
from bangfu.households.models import Household, Round, RoundEntry
from bangfu.households.reckoning.standing import on_register

IN_CLOSING = tuple(outcome for outcome in RoundOutcome if outcome.in_closing)
STAYING = (RoundOutcome.RETAINED, RoundOutcome.RETURNED)
_NAMED = 5


@dataclass(frozen=True)
class Tally:
    """Households and persons."""

    households: int = 0
    persons: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.households + other.households, self.persons + other.persons)

    def __sub__(self, other: Tally) -> Tally:
        return Tally(self.households - other.households, self.persons - other.persons)


@dataclass(frozen=True)
class Movement:
    """The figures of a round. ``split`` and ``merged`` move households only, ``increase`` persons only."""

    opening: Tally
    excluded: Tally
    natural_decrease: Tally
    retained: Tally
    returned: Tally
    undecided: Tally
    new: Tally
    remarked: Tally
    increase: Tally
    split: Tally
    merged: Tally
    closing: Tally

    @property
    def opening_gap(self) -> Tally:
        """Opening, less what became of it; nothing when every household has its outcome."""
        return self.opening - self.excluded - self.natural_decrease - self.retained - self.returned

    @property
    def closing_gap(self) -> Tally:
        """Closing as counted from the register, less what outcomes and events say."""
        joined = self.new + self.remarked + self.increase + self.split - self.merged
        return self.closing - self.retained - self.returned - joined

    @property
    def closes(self) -> bool:
        """Whether both sides meet, for households and for persons."""
        return self.opening_gap == self.closing_gap == Tally()

    @property
    def change(self) -> tuple[Decimal | None, Decimal | None]:
        """Closing against opening in percent, one decimal, half up: (households, persons)."""
        return (
            percent_change(self.opening.households, self.closing.households),
            percent_change(self.opening.persons, self.closing.persons),
        )


def percent_change(before: int, after: int) -> Decimal | None:
    """Growth in percent with one decimal, half up (away from zero); None when there was nothing before."""
    return percent_of(after - before, before)


def percent_of(part: int, whole: int) -> Decimal | None:
    """``part`` in percent of ``whole``, one decimal, half up; None of nothing."""
    if whole == 0:
        return None
    return (Decimal(part) * 100 / Decimal(whole)).quantize(Decimal("0.1"), ROUND_HALF_UP)


_FLAGS = {
    "is_opening": Q(opening_persons__isnull=False),
    "is_split": Q(opening_persons__isnull=True, split_from__isnull=False),
    "is_merged": Q(merged_into__isnull=False),
}


def movement(entries: QuerySet[RoundEntry]) -> Movement:
    """The figures of some entries of one round, in one query."""
    flags = {
        name: Case(When(q, then=Value(True)), default=Value(False), output_field=BooleanField())
        for name, q in _FLAGS.items()
    }
    rows = list(
        entries.order_by()
        .annotate(**flags)
        .values("outcome", *flags)
        .annotate(
            n=Count("id"),
            opening=Sum("opening_persons"),
            decrease=Sum("natural_decrease"),
            kept=Sum("kept_persons"),
            increase=Sum("natural_increase"),
            closing=Sum("closing_persons"),
        )
    )
    return _movement(rows)


_Row = dict[str, Any]


def _movement(rows: list[_Row]) -> Movement:
    def tally(
        persons: str, heads: Callable[[_Row], bool], people: Callable[[_Row], bool] = lambda row: True
    ) -> Tally:
        return Tally(
            sum(row["n"] for row in rows if heads(row)),
            sum(row[persons] or 0 for row in rows if people(row)) if persons else 0,
        )

    def became(outcome: str) -> Tally:
        """Households count where they stood at the opening, their persons wherever a split took them."""
        return tally(
            "kept",
            lambda row: row["outcome"] == outcome and row["is_opening"],
            lambda row: row["outcome"] == outcome and _of_opening(row),
        )

    return Movement(
        opening=tally("opening", lambda row: row["is_opening"]),
        excluded=became(RoundOutcome.EXCLUDED),
        natural_decrease=Tally(
            became(RoundOutcome.NATURAL_DECREASE).households, tally("decrease", _nobody, _of_opening).persons
        ),
        retained=became(RoundOutcome.RETAINED),
        returned=became(RoundOutcome.RETURNED),
        undecided=became(""),
        new=tally("closing", *_both(lambda row: row["outcome"] == RoundOutcome.NEW)),
        remarked=tally("closing", *_both(lambda row: row["outcome"] == RoundOutcome.REMARKED)),
        increase=tally("increase", _nobody, lambda row: _stays(row) and _of_opening(row)),
        split=tally("", lambda row: _stays(row) and row["is_split"] and not row["is_merged"]),
        merged=tally("", lambda row: _stays(row) and row["is_opening"] and row["is_merged"]),
        closing=tally("closing", *_both(lambda row: row["outcome"] in IN_CLOSING and not row["is_merged"])),
    )


def _nobody(row: _Row) -> bool:
    return False


def _of_opening(row: _Row) -> bool:
    return row["is_opening"] or row["is_split"]


def _stays(row: _Row) -> bool:
    return row["outcome"] in STAYING


def _both(test: Callable[[_Row], bool]) -> tuple[Callable[[_Row], bool], Callable[[_Row], bool]]:
    return test, test


@dataclass(frozen=True)
class Gap:
    """Why a round does not close: words, how many, the first households by name; ``code`` of its list."""

    code: str
    words: str
    count: int
    names: tuple[str, ...]


def undecided(entries: QuerySet[RoundEntry]) -> QuerySet[RoundEntry]:
    """Entries without an outcome."""
    return entries.filter(outcome="")


def unexplained(entries: QuerySet[RoundEntry]) -> QuerySet[RoundEntry]:
    """Entries whose members of today are not those of the opening, less and plus what events say."""
    told = F("kept_persons") + F("natural_increase")
    decided = entries.filter(outcome__in=(RoundOutcome.EXCLUDED, *STAYING))
    return decided.exclude(closing_persons=told)


def emptied(entries: QuerySet[RoundEntry]) -> QuerySet[RoundEntry]:
    """New or re-marked entries whose household is no longer here."""
    joining = entries.filter(outcome__in=(RoundOutcome.NEW, RoundOutcome.REMARKED))
    return joining.exclude(household__state=HouseholdState.PRESENT)


def unlisted(round: Round) -> QuerySet[Household]:
    """Households put on the register during the round, without the round."""
    here = Household.objects.filter(within("place", round.place), on_register(), state=HouseholdState.PRESENT)
    return here.exclude(pk__in=RoundEntry.objects.filter(round=round).values("household")).order_by(
        "place", "id"
    )


def gaps(round: Round) -> list[Gap]:
    """Everything that keeps an open round from closing, with the households it is about."""
    entries = RoundEntry.objects.filter(round=round).order_by("place", "id")
    found = (
        _gap("undecided", "没有填结果", undecided(entries)),
        _gap("unexplained", "现有人数与期初人数对不上，中间缺自然变更登记", unexplained(entries)),
        _gap("emptied", "新纳入或重新标注以后已不在册", emptied(entries)),
        _gap("unlisted", "不在期初名单，却已登记为脱贫户或监测对象，没有进入这一批", unlisted(round)),
    )
    return [gap for gap in found if gap.count]


def _gap(code: str, words: str, rows: QuerySet[Any]) -> Gap:
    if rows.model is RoundEntry:
        rows = rows.select_related("household")
    names = tuple(str(getattr(row, "household", row)) for row in rows[:_NAMED])
    return Gap(code, words, rows.count(), names)


def refusal_to_close(round: Round) -> str:
    """A sentence that names every gap and its households; empty when the round may close."""
    found = gaps(round)
    figures = movement(RoundEntry.objects.filter(round=round))
    if not found and figures.closes:
        return ""
    parts = [_sentence(gap) for gap in found] or [_difference(figures)]
    return f"还不能关闭：{'；'.join(parts)}。已填的结果都在，请补齐后再关闭。"


def _sentence(gap: Gap) -> str:
    more = "等" if gap.count > len(gap.names) else ""
    return f"{gap.count} 户{gap.words}（{'、'.join(gap.names)}{more}）"


def _difference(figures: Movement) -> str:
    opening, closing = figures.opening_gap, figures.closing_gap
    first = f"期初差 {opening.households} 户 {opening.persons} 人"
    return f"{first}，期末差 {closing.households} 户 {closing.persons} 人"
