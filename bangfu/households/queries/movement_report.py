"""The movement report as lines: each figure in words, with the address of the list it counts."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Q
from django.db.models.functions import Substr
from django.urls import reverse
from django.utils.http import urlencode

from bangfu.access.models import User
from bangfu.access.scope import within
from bangfu.core.models import Region
from bangfu.core.models.region import CODE_LENGTHS
from bangfu.households.models import Round
from bangfu.households.queries.movement import Movement, Tally, movement
from bangfu.households.queries.rounds import Entries, entries_of


@dataclass(frozen=True)
class Line:
    """A line of the report and the lists behind it; ``sign`` is empty for the whole and for a part of it.

    ``households`` and ``persons`` are None where the line moves only the other.
    """

    code: str
    label: str
    sign: str
    households: int | None
    persons: int | None
    households_url: str = ""
    persons_url: str = ""


@dataclass(frozen=True)
class Report:
    """What one person sees of a round's movement, in a place."""

    round: Round
    place: str
    figures: Movement
    opening: tuple[Line, ...]
    closing: tuple[Line, ...]


def movement_report(user: User, round: Round, place: str = "") -> Report:
    """The report over the entries that ``user`` may see, in ``place`` (a region code; empty: all of them)."""
    figures = movement(round_entries(user, round, place))
    address = _Address(round, place)
    return Report(round, place, figures, _opening(figures, address), _closing(figures, address))


def round_entries(user: User, round: Round, place: str = "") -> Entries:
    """The entries of a round in a place that the user may see."""
    entries = entries_of(user).filter(round=round)
    return entries.filter(within("place", place)) if place else entries


@dataclass(frozen=True)
class _Address:
    round: Round
    place: str

    def of(self, **conditions: str) -> str:
        asked = {"f_round": str(self.round.uid), **{f"f_{name}": value for name, value in conditions.items()}}
        if self.place:
            asked["place"] = self.place
        return f"{reverse('round_entry_list')}?{urlencode(asked)}"


def _opening(figures: Movement, address: _Address) -> tuple[Line, ...]:
    parts = (
        ("excluded", "剔除"),
        ("natural_decrease", "自然减少"),
        ("retained", "保留"),
        ("returned", "回退"),
    )
    lines = [_line("opening", "期初", "", figures.opening, address.of(part="opening"))]
    lines += [_of_opening(code, label, "", getattr(figures, code), address) for code, label in parts]
    if figures.undecided != Tally():
        lines.append(_line("undecided", "还没填结果", "", figures.undecided, address.of(part="undecided")))
    return tuple(lines)


def _of_opening(code: str, label: str, sign: str, tally: Tally, address: _Address) -> Line:
    """Households stood at the opening; their persons may live in a household split off since."""
    persons = address.of(part="decreased") if code == "natural_decrease" else address.of(outcome=code)
    return Line(code, label, sign, tally.households, tally.persons, address.of(part=code), persons)


def _closing(figures: Movement, address: _Address) -> tuple[Line, ...]:
    return (
        _line("closing", "期末", "", figures.closing, address.of(part="closing")),
        _of_opening("retained", "保留", "+", figures.retained, address),
        _of_opening("returned", "回退", "+", figures.returned, address),
        _line("new", "新纳入", "+", figures.new, address.of(outcome="new")),
        _line("remarked", "重新标注", "+", figures.remarked, address.of(outcome="remarked")),
        _persons("increased", "自然增加和转入", figures.increase.persons, address),
        _households("split", "分户", "+", figures.split.households, address),
        _households("merged", "并户", "−", figures.merged.households, address),
    )


def _line(code: str, label: str, sign: str, tally: Tally, url: str) -> Line:
    return Line(code, label, sign, tally.households, tally.persons, url, url)


def _persons(part: str, label: str, persons: int, address: _Address) -> Line:
    return Line(part, label, "+", None, persons, "", address.of(part=part))


def _households(part: str, label: str, sign: str, households: int, address: _Address) -> Line:
    return Line(part, label, sign, households, None, address.of(part=part), "")


@dataclass(frozen=True)
class Progress:
    """How far a region below is: its households of the round, and those without outcome."""

    code: str
    name: str
    households: int
    undecided: int


def progress(user: User, round: Round, place: str = "") -> list[Progress]:
    """The regions right below the place, in the order of their codes."""
    length = _below(len(place or round.place))
    if length is None:
        return []
    counted = (
        round_entries(user, round, place)
        .order_by()
        .annotate(code=Substr("place", 1, length))
        .values_list("code")
        .annotate(n=Count("id"), missing=Count("id", filter=Q(outcome="")))
    )
    rows: dict[str, tuple[int, int]] = {code: (n, missing) for code, n, missing in counted}
    names = dict(Region.objects.filter(code__in=rows).values_list("code", "name"))
    return [Progress(code, names.get(code, code), *rows[code]) for code in sorted(rows)]


def _below(length: int) -> int | None:
    return next((one for one in CODE_LENGTHS.values() if length < one <= CODE_LENGTHS[5]), None)


def change_words(percent: Decimal | None) -> str:
    """−23.8% as people say it: 下降 23.8%; a dash when there was nothing at the opening."""
    if percent is None:
        return "—"
    if percent == 0:
        return "持平"
    return f"{'上升' if percent > 0 else '下降'} {abs(percent)}%"
