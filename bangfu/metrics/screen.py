"""The contexts of the overview and of "why?"; numbers that may be opened carry their address."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.urls import Resolver404, resolve, reverse
from django.utils.http import urlencode

from bangfu.access.decorators import declaration_of
from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.places import PlaceChoice
from bangfu.access.scope import has_permission, permits, places_of
from bangfu.core.models.region import CODE_LENGTHS, RegionLevel
from bangfu.metrics.counting import Figure, RegionFigure, by_region, figure
from bangfu.metrics.registry import Metric, metrics_for
from bangfu.ui.formats import FEN_PER_YUAN, NOTHING, counted, money
from bangfu.ui.maps import Region, Twin, region_twin

STRIP = 6
_CENT = Decimal("0.01")
WITHHELD = "不足 5"
SMALLEST_SHOWN = 5
"""Groups smaller than this are not shown on shared screens: in a village everybody knows who they are."""


@dataclass(frozen=True)
class Question:
    """Who asks for numbers, of which place (a region code, empty for the whole scope), on which day.

    ``shared`` screens withhold small groups.
    """

    user: User
    place: str
    on: date | None
    shared: bool


def known_to(user: User) -> list[Metric]:
    """The metrics the user may ask for, in the order of registration, those of the county last."""
    return [metric for metric in metrics_for(user) if has_permission(user, metric.permission)]


def list_address(metric: Metric, user: User, place: str, on: date | None) -> str:
    """Where the counted rows are listed; empty when the user would not see the very same rows there."""
    address = metric.list_url(place, on)
    needed = _permissions_of(address)
    scope = (place,) if place else places_of(user, metric.permission)
    same = any(all(permits(user, permission, code) for code in scope) for permission in needed)
    return address if same or (not needed and scope) else ""


def _permissions_of(address: str) -> tuple[Permission, ...]:
    try:
        declared = declaration_of(resolve(address.partition("?")[0]).func)
    except Resolver404:
        return ()
    return declared.permissions if declared else ()


def said(metric: Metric, number: Figure, shared: bool = False) -> str:
    """The number as it is read out: a count, yuan, a rate without sign; no small group when ``shared``."""
    if shared and 0 < number.smallest_group < SMALLEST_SHOWN:
        return WITHHELD
    if metric.ratio_of is None:
        return _amount(number, number.count)
    return NOTHING if number.rate is None else str(number.rate)


def _amount(number: Figure, amount: int | None) -> str:
    return money(amount) if number.is_money else counted(amount)


def strip(metrics: Sequence[Metric], asked: Question) -> list[dict[str, Any]]:
    """The cells of the headline metrics; without any, of the first ones."""
    chosen = [metric for metric in metrics if metric.headline] or metrics
    return [_cell(metric, asked) for metric in chosen[:STRIP]]


def _cell(metric: Metric, asked: Question) -> dict[str, Any]:
    number = figure(metric, asked.user, asked.place, asked.on)
    text = said(metric, number, asked.shared)
    made_of = ""
    if metric.ratio_of:
        made_of = f"{_amount(number, number.of)} 中 {_amount(number, number.count)}"
    return {
        "word": metric.label,
        "number": text,
        "unit": "" if text == WITHHELD else metric.unit,
        "made_of": "" if text == WITHHELD else made_of,
        "url": list_address(metric, asked.user, asked.place, asked.on),
        "why_url": why_address(metric, asked),
    }


def why_address(metric: Metric, asked: Question) -> str:
    """The page that says what a number means and how it came about."""
    query = {"place": asked.place} if asked.place else {}
    if asked.shared:
        query["shared"] = "1"
    return f"{reverse('metric_why', args=[metric.id])}{'?' if query else ''}{urlencode(query)}"


def is_shared(user: User, place: str, asked: bool) -> bool:
    """Whether small groups are withheld: on request, and always from who may not see the households there."""
    return asked or not sees_households(user, place)


def sees_households(user: User, place: str) -> bool:
    """Whether the user sees the households of all that is counted."""
    scope = (place,) if place else places_of(user, Permission.METRIC_VIEW)
    return all(permits(user, Permission.HOUSEHOLD_VIEW, code) for code in scope)


def twin(metric: Metric, asked: Question, places: PlaceChoice) -> Twin:
    """Map and table of the regions right below the place."""
    figures = by_region(metric, asked.user, asked.place, asked.on)
    unit = metric.unit if metric.ratio_of else f"{metric.label}（{metric.unit}）"
    smallest = SMALLEST_SHOWN if asked.shared else 0
    regions = [_region(metric, asked, one) for one in figures]
    return region_twin(regions, unit=unit, group_of=metric.group_of, smallest=smallest)


def _region(metric: Metric, asked: Question, one: RegionFigure) -> Region:
    """A township leads to its villages, a village to its list."""
    down = f"?{urlencode({'metric': metric.id, 'place': one.code})}"
    is_village = len(one.code) >= CODE_LENGTHS[RegionLevel.VILLAGE]
    listed = list_address(metric, asked.user, one.code, asked.on) if is_village else ""
    number = one.figure
    return Region(
        code=one.code,
        name=one.name,
        url=listed or down,
        group=number.smallest_group,
        figure=number.rate if metric.ratio_of else _measure(number),
        cells=(_amount(number, number.count), _amount(number, number.of)) if metric.ratio_of else (),
    )


def _measure(number: Figure) -> Decimal | int:
    """What tints a tile: a count, or yuan."""
    return (Decimal(number.count) / FEN_PER_YUAN).quantize(_CENT) if number.is_money else number.count


def why(metric: Metric, asked: Question, place_name: str) -> dict[str, Any]:
    """What ``ui/parts/why.html`` shows about a number."""
    return {
        "title": metric.label,
        "about": place_name,
        "sentence": metric.definition,
        "sums": _sums(metric, asked),
        "source_heading": "在哪里数、谁能看",
        "source": [
            {"label": "范围", "value": f"{place_name}，您管的范围以内"},
            {"label": "时点", "value": "打开这一页的时候，从台账现数"},
            {"label": "权限", "value": metric.permission.label},
        ],
        "not_counted": metric.not_counted,
    }


def _sums(metric: Metric, asked: Question) -> list[dict[str, Any]]:
    number = figure(metric, asked.user, asked.place, asked.on)
    text = said(metric, number, asked.shared)
    if metric.ratio_of is None:
        return [_sum(metric, asked, text, strong=True)]
    known = text != WITHHELD
    return [
        _sum(
            metric, asked, _amount(number, number.count) if known else WITHHELD, label=f"{metric.label}：分子"
        ),
        _sum(metric.ratio_of, asked, _amount(number, number.of)),
        {"label": metric.label, "value": f"{text} {metric.unit}" if known else WITHHELD, "strong": True},
    ]


def _sum(
    metric: Metric, asked: Question, text: str, *, label: str = "", strong: bool = False
) -> dict[str, Any]:
    url = list_address(metric, asked.user, asked.place, asked.on)
    return {"label": label or metric.label, "value": text, "url": url, "strong": strong}
