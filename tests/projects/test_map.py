"""The map of projects by type on the county's own boundary (C-015)."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from bangfu.core.errors import NotPermitted, SituationForbids
from bangfu.core.models import Region
from bangfu.projects.actions.boundaries import set_boundary
from bangfu.projects.models import Boundary
from bangfu.projects.terms.boundaries import GRID, read_boundary
from tests.cast import COUNTY, NOW, TODAY, TOWN, VILLAGE
from tests.projects import builders as b

NAMES = {TOWN: "青石镇", VILLAGE: "上寨村"}


def square(left: float, low: float, size: float = 0.1) -> list[list[float]]:
    right, high = left + size, low + size
    return [[left, low], [right, low], [right, high], [left, high], [left, low]]


def feature(ring: list[list[float]], kind: str = "Polygon", **properties: Any) -> dict[str, Any]:
    coordinates = [ring] if kind == "Polygon" else [[ring], [square(101, 25)]]
    return {"properties": properties, "geometry": {"type": kind, "coordinates": coordinates}}


def packed(*features: dict[str, Any]) -> bytes:
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


def test_shapes_are_known_by_code_padded_code_or_name() -> None:
    said = [{"adcode": int(TOWN)}, {"代码": f"{TOWN}000"}, {"name": "青石镇"}]
    for properties in said:
        shapes = read_boundary(packed(feature(square(100, 25), **properties)), NAMES)
        assert list(shapes) == [TOWN]
        assert max(x for x, _ in shapes[TOWN][0]) <= GRID


def test_every_part_of_a_region_is_kept_and_north_is_up() -> None:
    shapes = read_boundary(packed(feature(square(100, 26), "MultiPolygon", code=TOWN)), NAMES)
    upper, lower = shapes[TOWN]
    assert len(shapes[TOWN]) == 2
    assert max(y for _, y in upper) < min(y for _, y in lower)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"PK\x03\x04", "不是 GeoJSON"),
        (b"[]", "没有要素集"),
        (packed(feature(square(100, 25), name="别处镇")), "别处镇.*没有保存"),
        (packed(feature(square(400000, 2500000), code=TOWN)), "不是经纬度"),
        (packed(feature(square(100, 25), "Point", code=TOWN)), "不是面"),
        (packed(feature(square(100, 25), code=TOWN), feature(square(101, 25), code=TOWN)), "有两份"),
    ],
)
def test_file_that_cannot_be_drawn_is_refused(content: bytes, reason: str) -> None:
    with pytest.raises(SituationForbids, match=reason):
        read_boundary(content, NAMES)


def test_unknown_regions_are_left_out_when_asked() -> None:
    content = packed(feature(square(100, 25), code=TOWN), feature(square(101, 25), name="别处镇"))
    assert list(read_boundary(content, NAMES, leave_out=True)) == [TOWN]


def test_map_draws_the_uploaded_shapes_and_counts_what_the_list_counts(
    client, regions: dict[str, Region]
) -> None:
    cast = b.make_cast()
    project = b.admitted(cast, regions)
    client.force_login(cast.office)
    page = client.get(reverse("project_map")).content.decode()
    assert "没有上传边界" in page and "上寨村" not in page
    content = packed(feature(square(100, 25), code=TOWN), feature(square(100, 25, 0.05), code=VILLAGE))
    given = {"region": regions[COUNTY].pk, "source": "民政局", "valid_from": TODAY}
    file = SimpleUploadedFile("云岭.geojson", content)
    answer = client.post(reverse("set_boundary"), {**given, "file": file})
    assert answer.url == reverse("project_map")
    shown = client.get(reverse("project_map"))
    drawing = shown.context["drawing"]
    assert [each.name for each in drawing["shapes"]] == ["青石镇"]
    row = next(each for each in shown.context["rows"] if each["spot"].region.code == TOWN)
    assert (row["spot"].count, row["spot"].planned) == (1, project.planned)
    assert project.name in client.get(row["url"]).content.decode()
    below = client.get(reverse("project_map"), {"place": TOWN, "kind": "industry"})
    assert below.context["totals"]["count"] == 0
    assert [each.name for each in below.context["drawing"]["shapes"]] == ["上寨村"]


def test_only_the_county_sets_its_boundary(regions: dict[str, Region]) -> None:
    cast = b.make_cast()
    content = packed(feature(square(100, 25), code=TOWN))
    said = {"at": NOW, "valid_from": TODAY, "source": "民政局", "file_name": "a", "content": content}
    with pytest.raises(NotPermitted):
        set_boundary(by=cast.township, region=regions[COUNTY], **said)
    made = set_boundary(by=cast.office, region=regions[COUNTY], **said)
    assert Boundary.objects.get() == made and list(made.shapes) == [TOWN]
