"""What is owed: ties against windows (C-019, C-102…C-104)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from bangfu.duties.computing.schedules import COUNTY_DIGITS, Slot
from bangfu.duties.computing.spans import Span, covered_days, joined
from bangfu.duties.definition.windows import Window
from bangfu.duties.sources import Owing

Tie = tuple[int, int | None]
"""A holder and a target; no target: all targets of the holder together."""


@dataclass
class Standing:
    """The days in which a tie stands, and the place that it concerns."""

    place: str
    spans: list[Span] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Owed:
    """A window in which a tie owes something."""

    tie: Tie
    place: str
    slot: Slot
    times: int


def standings(owings: Iterable[Owing], together: bool) -> dict[Tie, Standing]:
    """The ties with their days; with ``together`` all of a holder's targets are one tie."""
    found: dict[Tie, Standing] = {}
    for holder, target, place, start, end in owings:
        tie = (holder, None) if together else (holder, target)
        standing = found.get(tie)
        if standing is None:
            standing = found[tie] = Standing(place)
        elif standing.place != place:
            standing.place = common_place(standing.place, place)
        standing.spans.append((start, end or date.max))
    for standing in found.values():
        if len(standing.spans) > 1:
            standing.spans = joined(standing.spans)
    return found


def common_place(one: str, other: str) -> str:
    """The region that holds both: a township for two of its villages, and so on upwards."""
    for digits in (12, 9, 6, 4, 2):
        if len(one) >= digits and one[:digits] == other[:digits]:
            return one[:digits]
    return ""


def owed_items(
    ties: Mapping[Tie, Standing], slots_in: Callable[[str], Sequence[Slot]], by_the_day: Callable[[str], bool]
) -> Iterator[Owed]:
    """What each tie owes in each window.

    A window that the tie covers wholly is owed. One that it covers in part is owed in proportion to the days
    (half up) where the county counts ``by_the_day``, and else not at all.
    """
    for tie, standing in ties.items():
        spans = standing.spans
        county = standing.place[:COUNTY_DIGITS]
        for slot in slots_in(county):
            window, at_least = slot.window, slot.template.at_least
            if any(start <= window.start and window.end <= end for start, end in spans):
                yield Owed(tie, standing.place, slot, at_least)
            elif by_the_day(county) and (times := _share(window, spans, at_least)):
                yield Owed(tie, standing.place, slot, times)


def _share(window: Window, spans: Sequence[Span], at_least: int) -> int:
    part = Decimal(at_least * covered_days(window, spans)) / window.days
    return int(part.quantize(Decimal(1), ROUND_HALF_UP))
