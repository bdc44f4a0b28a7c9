"""The map of projects by type: the county's own shapes with a bar in each, and a table that says the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from bangfu.projects.queries.kinds import Kind
from bangfu.projects.queries.mapping import Spot
from bangfu.projects.terms.boundaries import Ring
from bangfu.ui.formats import counted
from bangfu.ui.maps import Region, Twin, region_twin

Words = dict[str, Any]
WIDTH = 1000
"""The drawing's width in its own units."""
_BAR = 84
_LARGE = 3
"""Shapes narrower than three bars carry no name of their own: the table has it."""


@dataclass(frozen=True)
class Shape:
    """A region as drawn: its path, where its name and bar stand, how strong it is tinted (0 to 4)."""

    name: str
    url: str
    path: str
    x: int
    y: int
    tint: int
    label: str
    bars: list[Words]
    named: bool


def list_url(place: str, kind: str, year: int | None) -> str:
    """The list behind a figure."""
    asked = {"place": place, "f_kind": kind, "f_admission_year": year or ""}
    return f"{reverse('project_wall')}?{urlencode({key: each for key, each in asked.items() if each})}"


def twin_of(spots: Sequence[Spot], kind: str, year: int | None) -> Twin:
    """Tiles with their tints; projects are public, so nothing is withheld."""
    regions = [
        Region(
            code=spot.region.code,
            name=spot.region.name,
            url=list_url(spot.region.code, kind, year),
            group=spot.count,
        )
        for spot in spots
    ]
    return region_twin(regions, unit="项目（个）", group_of="个", smallest=0)


def table_rows(spots: Sequence[Spot], kinds: Sequence[Kind], year: int | None) -> list[Words]:
    """A row for each region: all, money, and each type with the list behind it."""
    return [
        {
            "spot": spot,
            "name": f"{spot.region.name}本级" if spot.itself else spot.region.name,
            "url": list_url(spot.region.code, kinds[0].value if len(kinds) == 1 else "", year),
            "cells": [_cell(spot, kind, year) for kind in kinds],
        }
        for spot in spots
    ]


def totals_of(spots: Sequence[Spot], kinds: Sequence[Kind]) -> Words:
    """What all rows come to: projects, fen, and each type."""
    return {
        "count": sum(spot.count for spot in spots),
        "planned": sum(spot.planned for spot in spots),
        "kinds": [sum(spot.kinds.get(kind.value, 0) for spot in spots) for kind in kinds],
    }


def _cell(spot: Spot, kind: Kind, year: int | None) -> Words:
    return {"count": spot.kinds.get(kind.value, 0), "url": list_url(spot.region.code, kind.value, year)}


def drawing_of(
    spots: Sequence[Spot], twin: Twin, rings: Mapping[str, list[Ring]], kinds: Sequence[Kind]
) -> Words | None:
    """The shapes to draw and the height of the drawing; None when no region has one."""
    shown = [spot for spot in spots if rings.get(spot.region.code)]
    points = [point for spot in shown for ring in rings[spot.region.code] for point in ring]
    if not points:
        return None
    left, top = min(x for x, _ in points), min(y for _, y in points)
    scale = WIDTH / max(max(x for x, _ in points) - left, 1)
    tiles = {tile.code: tile for tile in twin.tiles}

    def placed(ring: Ring) -> Ring:
        return [[round((x - left) * scale), round((y - top) * scale)] for x, y in ring]

    shapes = []
    for spot in shown:
        tile = tiles[spot.region.code]
        shapes.append(
            _shape(spot, [placed(ring) for ring in rings[spot.region.code]], tile.url, tile.tint, kinds)
        )
    height = round((max(y for _, y in points) - top) * scale)
    return {"shapes": shapes, "width": WIDTH, "height": max(height, 1), "missing": len(spots) - len(shown)}


def _shape(spot: Spot, rings: list[Ring], url: str, tint: int, kinds: Sequence[Kind]) -> Shape:
    largest = max(rings, key=len)
    xs, ys = [x for x, _ in largest], [y for _, y in largest]
    x, y = (min(xs) + max(xs)) // 2, (min(ys) + max(ys)) // 2
    path = "".join("M" + "L".join(f"{x} {y}" for x, y in ring) + "Z" for ring in rings)
    label = f"{spot.region.name}：{counted(spot.count)} 个项目"
    wide = max(xs) - min(xs) >= _BAR * _LARGE // 2
    return Shape(
        spot.region.name, url, path, x, y, tint if spot.count else 0, label, _bars(spot, x, y, kinds), wide
    )


def _bars(spot: Spot, x: int, y: int, kinds: Sequence[Kind]) -> list[Words]:
    """Parts of one bar, by type in their fixed order."""
    made, start = [], float(x - _BAR / 2)
    for kind in kinds:
        number = spot.kinds.get(kind.value, 0)
        width = _BAR * number / spot.count if spot.count else 0
        if width:
            made.append(
                {
                    "shade": kind.shade,
                    "x": round(start),
                    "y": y + 10,
                    "width": round(start + width) - round(start),
                }
            )
            start += width
    return made
