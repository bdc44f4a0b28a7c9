"""Boundaries from a GeoJSON file: polygons of regions, brought onto a grid that is enough to draw."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import cos, radians
from typing import Any

from bangfu.core.errors import SituationForbids

Ring = list[list[int]]
Shapes = dict[str, list[Ring]]
GRID = 4000
"""The longer side of the file's extent in steps."""
LARGEST = 20 * 1024 * 1024
_CODE_NAMES = ("code", "adcode", "区划代码", "代码")
_NAMES = ("name", "名称", "区划名称")
_NAMED = 5
"""So many regions are named in a refusal."""
_LEAST_POINTS = 3
_FULL = 12
"""Digits of a code padded with zeros, as statistics write it."""


@dataclass(frozen=True)
class Outline:
    """One feature: whose it is and its rings in degrees."""

    code: str
    rings: list[list[tuple[float, float]]]


def read_boundary(content: bytes, regions: Mapping[str, str], leave_out: bool = False) -> Shapes:
    """The shapes of ``regions`` (name by code) in a GeoJSON file (RFC 7946), each ring on the grid.

    A feature is known by its code, else by a name that only one region has. Raises SituationForbids for what
    is no GeoJSON in degrees, for a region twice, and, unless ``leave_out``, for features of no known region.
    """
    outlines, unknown = [], []
    for number, feature in enumerate(_features(content), 1):
        code = _code_of(feature, regions)
        if code:
            outlines.append(Outline(code, list(_rings(feature, number))))
        else:
            unknown.append(_title(feature, number))
    _check_found(outlines, unknown, leave_out)
    return _on_grid(outlines)


def _features(content: bytes) -> list[dict[str, Any]]:
    if len(content) > LARGEST:
        raise SituationForbids("边界文件超过 20 MB，没有保存。请用简化过的边界。")
    try:
        read = json.loads(content)
    except (UnicodeDecodeError, json.JSONDecodeError) as wrong:
        raise SituationForbids("这不是 GeoJSON 文件，读不了，没有保存。请换 GeoJSON 格式。") from wrong
    features = read.get("features") if isinstance(read, dict) else None
    if not isinstance(features, list) or not all(isinstance(each, dict) for each in features):
        raise SituationForbids("文件里没有要素集（FeatureCollection），没有保存。请换 GeoJSON 格式。")
    return features


def _title(feature: dict[str, Any], number: int) -> str:
    properties = feature.get("properties") or {}
    return str(next((properties[each] for each in _NAMES if properties.get(each)), f"第 {number} 个"))


def _code_of(feature: dict[str, Any], regions: Mapping[str, str]) -> str:
    """The code of the region that a feature stands for; empty when it is not known."""
    properties = feature.get("properties") or {}
    for name in _CODE_NAMES:
        said = str(properties.get(name) or "").strip()
        found = said if said in regions else _unpadded(said, regions)
        if found:
            return found
    title = _title(feature, 0)
    named = [code for code, name in regions.items() if name == title]
    return named[0] if len(named) == 1 else ""


def _unpadded(said: str, regions: Mapping[str, str]) -> str:
    lengths = (9, 6) if len(said) == _FULL else ()
    return next(
        (said[:size] for size in lengths if said[:size] in regions and not said[size:].strip("0")), ""
    )


def _rings(feature: dict[str, Any], number: int) -> Iterator[list[tuple[float, float]]]:
    geometry = feature.get("geometry") or {}
    kind, parts = geometry.get("type"), geometry.get("coordinates")
    if kind not in ("Polygon", "MultiPolygon") or not isinstance(parts, list):
        raise SituationForbids(f"“{_title(feature, number)}”不是面（Polygon、MultiPolygon），没有保存。")
    try:
        for polygon in [parts] if kind == "Polygon" else parts:
            for ring in polygon:
                yield [_point(point) for point in ring]
    except (TypeError, ValueError, IndexError) as wrong:
        raise SituationForbids(
            f"“{_title(feature, number)}”的坐标不是经纬度，没有保存。请换成经纬度（度）的边界。"
        ) from wrong


def _point(point: Any) -> tuple[float, float]:
    longitude, latitude = float(point[0]), float(point[1])
    if not (-180 <= longitude <= 180 and -90 <= latitude <= 90):
        raise ValueError(f"no degrees: {longitude}, {latitude}")
    return longitude, latitude


def _check_found(outlines: list[Outline], unknown: list[str], leave_out: bool) -> None:
    if unknown and not leave_out:
        named = "、".join(unknown[:_NAMED]) + (" 等" if len(unknown) > _NAMED else "")
        raise SituationForbids(
            f"文件里有 {len(unknown)} 个区划对不上（{named}），没有保存。"
            "请核对代码和名称，或者勾“对不上的不要”。"
        )
    if not outlines:
        raise SituationForbids("文件里没有这里的乡镇、村，没有保存。请核对区划代码和名称。")
    codes = [each.code for each in outlines]
    twice = next((code for code in codes if codes.count(code) > 1), None)
    if twice is not None:
        raise SituationForbids(f"区划 {twice} 在文件里有两份，没有保存。请只留一份。")


def _on_grid(outlines: list[Outline]) -> Shapes:
    """Points as steps from the north-west corner; a degree of longitude is shorter by the latitude."""
    points = [point for each in outlines for ring in each.rings for point in ring]
    if len(points) < _LEAST_POINTS:
        raise SituationForbids("文件里的面没有点，没有保存。请核对边界文件。")
    west, north = min(x for x, _ in points), max(y for _, y in points)
    south = min(y for _, y in points)
    narrow = cos(radians((north + south) / 2))
    wide, high = (max(x for x, _ in points) - west) * narrow, north - south
    step = GRID / max(wide, high, 1e-9)

    def placed(ring: list[tuple[float, float]]) -> Ring:
        made: Ring = []
        for x, y in ring:
            point = [round((x - west) * narrow * step), round((north - y) * step)]
            if not made or made[-1] != point:
                made.append(point)
        return made

    shapes = {each.code: [placed(ring) for ring in each.rings] for each in outlines}
    return {code: [ring for ring in rings if len(ring) >= _LEAST_POINTS] for code, rings in shapes.items()}
