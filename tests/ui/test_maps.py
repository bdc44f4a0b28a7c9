"""Map and table are twins: nobody is ranked, small groups are withheld and cannot be worked out."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from bangfu.ui.maps import Region, Twin, region_twin


def twin_of(*groups: int) -> Twin:
    regions = [
        Region(code=f"{number:03}", name=f"{number} 村", url="#", group=group, cells=(str(group),))
        for number, group in enumerate(groups, start=1)
    ]
    return region_twin(list(reversed(regions)), unit="户")


def test_regions_stand_in_the_order_of_their_code_whatever_their_figure() -> None:
    assert [tile.code for tile in twin_of(9, 90, 30).tiles] == ["001", "002", "003"]


def test_a_group_under_five_is_withheld_in_every_column() -> None:
    small = twin_of(80, 3, 4, 60).tiles[1]
    assert small.withheld
    assert (small.text, small.tint, small.cells) == ("", 0, ("—",))


def test_the_only_small_group_takes_the_next_smallest_with_it() -> None:
    assert [tile.withheld for tile in twin_of(80, 3, 12, 60).tiles] == [False, True, True, False]


def test_nobody_at_all_is_no_secret() -> None:
    twin = twin_of(80, 0, 12)
    assert [tile.text for tile in twin.tiles] == ["80", "0", "12"]
    assert not twin.withheld


def test_rates_tint_the_tiles_and_the_group_decides_what_is_withheld() -> None:
    rates = [Decimal("8.8"), Decimal("9.6"), Decimal("6.6"), Decimal("12.8"), Decimal("7.5")]
    regions = [
        Region(code=str(number), name="", url="#", group=80, figure=rate) for number, rate in enumerate(rates)
    ]
    twin = region_twin(regions, unit="每千户")
    assert [tile.text for tile in twin.tiles] == ["8.8", "9.6", "6.6", "12.8", "7.5"]
    assert [tile.tint for tile in twin.tiles] == [3, 4, 1, 4, 2]
    assert [step.label for step in twin.legend] == ["7.5 以下", "7.5–8.8", "8.8–9.6", "9.6 及以上"]


def test_regions_that_are_all_alike_need_no_legend() -> None:
    twin = twin_of(7, 7, 7)
    assert twin.legend == ()
    assert {tile.tint for tile in twin.tiles} == {1}


@given(st.lists(st.integers(min_value=0, max_value=400), max_size=30))
def test_no_figure_of_a_small_group_is_ever_shown_or_deducible(groups: list[int]) -> None:
    twin = twin_of(*groups)
    withheld = [group for group, tile in zip(groups, twin.tiles, strict=True) if tile.withheld]
    shown = [group for group, tile in zip(groups, twin.tiles, strict=True) if not tile.withheld]
    assert all(group == 0 or group >= 5 for group in shown)
    assert len(withheld) != 1 or not any(shown), "由合计减去其余就露出来了"


@given(st.lists(st.integers(min_value=5, max_value=400), min_size=1, max_size=30))
def test_a_stronger_tint_never_stands_for_less(groups: list[int]) -> None:
    tinted = sorted((group, tile.tint) for group, tile in zip(groups, twin_of(*groups).tiles, strict=True))
    assert [tint for _, tint in tinted] == sorted(tint for _, tint in tinted)
    assert {tint for _, tint in tinted} <= {1, 2, 3, 4}
