"""Drawing by a seed: the same again, every village with the same chance, townships by their share. C-008."""

from __future__ import annotations

import hashlib
from collections import Counter
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from bangfu.support.terms.sampling import draw, draw_spread, lined_up, lot, spread

TOWNS = st.lists(st.integers(1, 9), min_size=1, max_size=6)


def villages(sizes: list[int]) -> list[str]:
    return [f"5309991{town:02d}{number:03d}" for town, size in enumerate(sizes) for number in range(size)]


def town(code: str) -> str:
    return code[:9]


def test_a_lot_is_the_hash_that_the_page_explains() -> None:
    told = hashlib.sha256("七号开会:530999101001".encode()).hexdigest()
    assert lot("七号开会", "530999101001") == int(told, 16)


@settings(max_examples=60, deadline=None)
@given(TOWNS, st.integers(1, 20), st.text(min_size=1, max_size=20), st.randoms())
def test_the_same_seed_draws_the_same_whatever_the_order_of_the_list(sizes, count, seed, random) -> None:
    codes = villages(sizes)
    mixed = random.sample(codes, len(codes))
    assert draw(codes, count, seed) == draw(mixed, count, seed)
    first = draw_spread(codes, count, seed, town)
    assert first == draw_spread(mixed, count, seed, town)
    assert len(first) == len(set(first)) == min(count, len(codes))


@settings(max_examples=60, deadline=None)
@given(TOWNS, st.data())
def test_every_village_has_exactly_the_same_chance_over_all_starts(sizes, data) -> None:
    """Starts on a grid fine enough to hit every cut: each village is drawn for exactly k/N of them."""
    line = lined_up(villages(sizes), "种子", town)
    count = data.draw(st.integers(1, len(line)))
    grid = len(line) * 2
    drawn = Counter(
        code for at in range(grid) for code in spread(line, count, Fraction(2 * at + 1, 2 * grid))
    )
    assert drawn == dict.fromkeys(line, Fraction(count * grid, len(line)))


@settings(max_examples=60, deadline=None)
@given(TOWNS, st.text(min_size=1, max_size=20), st.data())
def test_each_township_gets_its_share_rounded_up_or_down(sizes, seed, data) -> None:
    codes = villages(sizes)
    count = data.draw(st.integers(1, len(codes)))
    drawn = Counter(map(town, draw_spread(codes, count, seed, town)))
    for code, size in Counter(map(town, codes)).items():
        share = Fraction(size * count, len(codes))
        assert int(share) <= drawn[code] <= -(-share.numerator // share.denominator)


def test_over_many_seeds_no_village_is_drawn_much_more_often_than_another() -> None:
    """Both ways of drawing, 2,000 seeds, 12 villages of uneven townships, 3 drawn: 500 times each, ± 5 σ."""
    codes = villages([1, 4, 7])
    for way in (lambda seed: draw(codes, 3, seed), lambda seed: draw_spread(codes, 3, seed, town)):
        drawn = Counter(code for number in range(2000) for code in way(f"种子{number}"))
        assert set(drawn) == set(codes)
        assert all(abs(times - 500) < 100 for times in drawn.values())
