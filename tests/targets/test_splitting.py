"""Parts add up to the last unit, in every direction (issue 7 part 3)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bangfu.targets.enums import Cut
from bangfu.targets.periods import periods_of, running
from bangfu.targets.splitting import by_shares, spread

amounts = st.one_of(
    st.integers(0, 10**9).map(Decimal), st.decimals(0, 10**7, places=2, allow_nan=False, allow_infinity=False)
)
shares = st.lists(st.integers(0, 1000).map(Decimal), min_size=1, max_size=12).filter(
    lambda found: sum(found) > 0
)


@pytest.mark.parametrize(
    ("amount", "by", "parts"),
    [
        ("1622", "25 25 25 25", "406 406 405 405"),
        ("100", "10 30 30 30", "10 30 30 30"),
        ("7", "10 30 30 30", "1 2 2 2"),
        ("1", "1 1 1", "1 0 0"),
        ("10.01", "1 1", "5.01 5.00"),
        ("0", "1 3", "0 0"),
    ],
)
def test_what_rounding_leaves_goes_to_the_largest_remainders(amount: str, by: str, parts: str) -> None:
    found = by_shares(Decimal(amount), [Decimal(one) for one in by.split()])
    assert found == [Decimal(one) for one in parts.split()]


@given(amounts, shares)
def test_shares_add_up_and_are_off_by_less_than_one(amount: Decimal, by: list[Decimal]) -> None:
    parts = by_shares(amount, by)
    step = 1 if amount == amount.to_integral_value() else Decimal("0.01")
    assert sum(parts) == amount
    assert all(part >= 0 for part in parts)
    for part, share in zip(parts, by, strict=True):
        assert abs(part - amount * share / sum(by)) <= step


@given(st.lists(st.integers(0, 500), min_size=1, max_size=30), shares)
def test_a_table_adds_up_along_its_rows_and_its_columns(rows: list[int], by: list[Decimal]) -> None:
    whole = by_shares(Decimal(sum(rows)), by)
    table = spread([Decimal(row) for row in rows], whole)
    assert [sum(row) for row in table] == rows
    assert [sum(column) for column in zip(*table, strict=True)] == whole
    assert all(cell >= 0 for row in table for cell in row)


@pytest.mark.parametrize("by", [[], [Decimal(0)], [Decimal(-1), Decimal(2)]])
def test_shares_of_nothing_are_refused(by: list[Decimal]) -> None:
    with pytest.raises(ValueError, match="shares must not be"):
        by_shares(Decimal(5), by)


def test_periods_cover_their_years_without_gap() -> None:
    for cut, count in ((Cut.YEAR, 5), (Cut.QUARTER, 20), (Cut.MONTH, 60)):
        found = periods_of(2021, 5, cut)
        assert len(found) == count
        assert (found[0].starts_on, found[-1].ends_on) == (date(2021, 1, 1), date(2025, 12, 31))
        days = [(after.starts_on - one.ends_on).days for one, after in pairwise(found)]
        assert set(days) == {1}
    assert periods_of(2024, 1, Cut.MONTH)[1].ends_on == date(2024, 2, 29)
    assert [one.label for one in periods_of(2026, 1, Cut.QUARTER)] == ["一季度", "二季度", "三季度", "四季度"]


def test_the_running_period() -> None:
    quarters = periods_of(2026, 1, Cut.QUARTER)
    assert running(quarters, date(2025, 12, 31)) is None
    assert running(quarters, date(2026, 5, 1)) == 1
    assert running(quarters, date(2027, 5, 1)) == 3
