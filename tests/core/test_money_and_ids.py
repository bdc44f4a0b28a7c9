"""Money is integer fen; identifiers are ordered by time."""

from __future__ import annotations

import uuid

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from bangfu.core.ids import uid7
from bangfu.core.money import MoneyField, to_fen, yuan_text


@pytest.mark.parametrize(
    ("text", "fen"),
    [
        ("0", 0),
        ("1", 100),
        ("12.5", 1_250),
        ("0.01", 1),
        ("1,200.50", 120_050),
        ("1，200", 120_000),
        ("1200元", 120_000),
        (" 3.2万 ", 3_200_000),
        ("3.2万元", 3_200_000),
        ("-15.30", -1_530),
        ("8499.99", 849_999),
    ],
)
def test_what_people_type(text: str, fen: int) -> None:
    assert to_fen(text) == fen


@pytest.mark.parametrize(
    "text", ["", "元", "许多", "1.2.3", "NaN", "Infinity", "1e30", "0.001", "0.0000001万"]
)
def test_what_is_no_amount(text: str) -> None:
    with pytest.raises(ValidationError):
        to_fen(text)


@given(st.integers(-(10**16), 10**16))
def test_an_amount_survives_its_text(fen: int) -> None:
    assert to_fen(yuan_text(fen).replace("−", "-")) == fen


@pytest.mark.parametrize(("fen", "text"), [(0, "0.00"), (5, "0.05"), (1_200_050, "12,000.50"), (-1, "−0.01")])
def test_how_amounts_read(fen: int, text: str) -> None:
    assert yuan_text(fen) == text


@pytest.mark.parametrize("value", [1.5, True, "12"])
def test_the_field_takes_whole_fen_only(value: object) -> None:
    with pytest.raises(TypeError):
        MoneyField().get_prep_value(value)


def test_uids_are_version_7_and_sort_by_time() -> None:
    made = [uid7(milliseconds) for milliseconds in (0, 1, 1_700_000_000_000, 2**48 - 1)]
    assert made == sorted(made)
    assert {(uid.version, uid.variant) for uid in made} == {(7, uuid.RFC_4122)}
    assert made[2].int >> 80 == 1_700_000_000_000
    assert len({uid7(5) for _ in range(1_000)}) == 1_000
