"""The national table equals the package it was made from, and every region hangs under its parents."""

from __future__ import annotations

import random
from collections import Counter

import pytest

from bangfu.core import national
from bangfu.core.national import ancestors, children, lookup, province_codes, search


@pytest.fixture(scope="module")
def whole() -> dict[str, tuple[str, ...]]:
    return {province: national._read(province).codes for province in province_codes()}


def test_counts_by_level_are_those_of_the_package(whole: dict[str, tuple[str, ...]]) -> None:
    counts = Counter(len(code) for codes in whole.values() for code in codes)
    assert counts == {2: 31, 4: 342, 6: 2_978, 9: 41_352, 12: 620_573}


def test_codes_are_unique_sorted_and_of_their_province(whole: dict[str, tuple[str, ...]]) -> None:
    for province, codes in whole.items():
        assert list(codes) == sorted(set(codes))
        assert all(code.startswith(province) for code in codes)


def test_the_ancestors_of_sampled_villages_exist(whole: dict[str, tuple[str, ...]]) -> None:
    draw = random.Random(20261122)
    for codes in whole.values():
        villages = [code for code in codes if len(code) == 12]
        for code in draw.sample(villages, 20):
            assert [region.code for region in ancestors(code)] == [code[:2], code[:4], code[:6], code[:9]]
            assert lookup(code[:9]) in children(code[:6])
            assert lookup(code) in children(code[:9])


def test_known_regions() -> None:
    county = lookup("530326")
    assert county is not None
    assert (county.name, county.level, county.parent_code) == ("会泽县", 3, "5303")
    assert lookup("53") == national.NationalRegion("53", "云南省")
    assert [lookup(code) for code in ("99", "530399", "5303261", "")] == [None, None, None, None]


def test_children_are_one_level_down() -> None:
    assert len(children()) == 31
    assert {len(region.code) for region in children("53")} == {4}
    assert {region.parent_code for region in children("530326")} == {"530326"}
    assert children("530326") and not children("530102001001") and not children("9999")


def test_search_by_name() -> None:
    assert search("会泽") == [lookup("530326")]
    assert all("沟" in region.name and region.code.startswith("530326") for region in search("沟", "530326"))
    assert len(search("村", "53", limit=7)) == 7
    assert search("") == []
    assert search("没有这样的地名", "53") == []
