"""A made-up boundary of the demo county: one shape for each township and village, on no map of this world."""

from __future__ import annotations

import json
from datetime import date, datetime
from math import ceil, sin, sqrt
from typing import Any

from bangfu.access.models import User
from bangfu.core.models import Region
from bangfu.projects.actions.boundaries import set_boundary

Point = tuple[float, float]
_WEST, _SOUTH, _STEP = 99.0, 24.0, 0.06
_CORNERS = 6
"""Points on each side of a cell, bent so that borders look grown and neighbours still share them."""


def make_boundary(by: User, county: Region, *, at: datetime) -> None:
    """Cells side by side, townships as cells and their villages as cells within."""
    townships = list(Region.objects.filter(parent=county).order_by("code"))
    columns = ceil(sqrt(len(townships)))
    features = []
    for number, township in enumerate(townships):
        left, low = number % columns, number // columns
        features.append(_feature(township, left, low, 1.0))
        features += _villages(township, left, low)
    content = json.dumps({"type": "FeatureCollection", "features": features}).encode()
    set_boundary(
        by=by,
        at=at,
        region=county,
        valid_from=date(at.year - 1, 1, 1),
        source="演示用，编造的形状",
        file_name="云岭县示意.geojson",
        content=content,
    )


def _villages(township: Region, left: int, low: int) -> list[dict[str, Any]]:
    villages = list(Region.objects.filter(parent=township).order_by("code"))
    columns = ceil(sqrt(len(villages))) or 1
    size = 1.0 / columns
    return [
        _feature(village, left + number % columns * size, low + number // columns * size, size)
        for number, village in enumerate(villages)
    ]


def _feature(region: Region, left: float, low: float, size: float) -> dict[str, Any]:
    corners = [(left, low), (left + size, low), (left + size, low + size), (left, low + size)]
    ring = []
    for start, end in zip(corners, corners[1:] + corners[:1], strict=True):
        for part in range(_CORNERS):
            share = part / _CORNERS
            ring.append(_bent(start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share))
    return {
        "type": "Feature",
        "properties": {"code": region.code, "name": region.name},
        "geometry": {"type": "Polygon", "coordinates": [[*ring, ring[0]]]},
    }


def _bent(x: float, y: float) -> Point:
    """The same bend for every point of the plane, so that shared borders stay shared."""
    bent_x = x + 0.11 * sin(y * 4.1 + x) + 0.05 * sin(y * 11.3)
    bent_y = y + 0.11 * sin(x * 3.7 + 1.3 * y) + 0.05 * sin(x * 9.7 + 2)
    return _WEST + bent_x * _STEP, _SOUTH + bent_y * _STEP
