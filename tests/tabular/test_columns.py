"""A column read as a whole says what its cells say one by one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bangfu.screening.catalogue.datasets import load_datasets
from bangfu.tabular.cells import reader_for
from bangfu.tabular.columns import ColumnReader
from bangfu.tabular.spec import ColumnSpec, Kind
from tests.tabular.books import id_ending_in_x, make_id

ROSTER = load_datasets()["household_roster"].sheet
WATER = load_datasets()["water_safety"].sheet
MEDICAL = load_datasets()["medical_expense"].sheet
COLUMNS = {
    Kind.TEXT: ROSTER.column("relation"),
    Kind.NAME: ROSTER.column("name"),
    Kind.IDENTITY: ROSTER.column("id_number"),
    Kind.CERTIFICATE: load_datasets()["disability"].sheet.column("disability_number"),
    Kind.CODE: ROSTER.column("household_code"),
    Kind.DATE: MEDICAL.column("settled_on"),
    Kind.MONTH: ROSTER.column("identified_month"),
    Kind.MONEY: MEDICAL.column("self_pay"),
    Kind.NUMBER: WATER.column("minutes_to_fetch"),
    Kind.PERCENT: WATER.column("reliability"),
    Kind.YES_NO: WATER.column("quality_ok"),
    Kind.CHOICE: ROSTER.column("monitored_category"),
}
TEXTS = [
    "",
    " ",
    make_id(1),
    id_ending_in_x().lower(),
    "４１０６０２１９８００１０１００１５",
    "申屠甲一",
    "甲 乙",
    "H001",
]
TEXTS += [
    "4E17",
    "4.10602E+17",
    "2026-03-05",
    "202603",
    "1,200.50",
    "3.2万",
    "是",
    "未",
    "C级",
    "脱贫户",
    "无",
    "95%",
]
TEXTS += [
    "#N/A",
    "\u202d甲",
    "\xad甲",
    "甲\u202c",
    "\x00",
    "\x1f",
    "\u200b甲",
    "买买提•甲",
    "20分钟",
    "١٢",
    "1" * 30,
    "9" * 400,
    "=1+1",
    "-0",
    "-3",
]
NUMBERS: list[Any] = [
    0,
    1,
    -1,
    0.0,
    -0.0,
    1.0,
    1.005,
    0.1 + 0.2,
    123456789.01,
    46086,
    46086.5,
    2026.3,
    202603,
]
NUMBERS += [
    20260305,
    10**15,
    10**18,
    2**70,
    -(2**70),
    1e300,
    float("nan"),
    float("inf"),
    99999999999.995,
    0.005,
    0.015,
]
DAYS: list[Any] = [dt.date(2026, 3, 5), dt.date(1, 1, 1), dt.date(9999, 12, 31), dt.datetime(2026, 3, 5, 14)]
OTHERS: list[Any] = [
    None,
    True,
    False,
    dt.time(8),
    dt.timedelta(days=2),
    Decimal("1.50"),
    Decimal(3),
    Decimal("NaN"),
]
ALL = TEXTS + NUMBERS + DAYS + OTHERS


def spoken(
    column: ColumnSpec, scale: Decimal, cells: Sequence[Any]
) -> list[tuple[Any, int, int, str | None]]:
    """What the column reader says of each cell."""
    found = ColumnReader(column, scale).read(cells)
    values = found.values.to_pylist()
    return [
        (values[i], found.repairs.get(i, 0), found.flags.get(i, 0), found.expected.get(i))
        for i in range(len(cells))
    ]


def told(column: ColumnSpec, scale: Decimal, cells: Sequence[Any]) -> list[tuple[Any, int, int, str | None]]:
    """What the reader of single cells says; money as yuan."""
    read = reader_for(column, scale)
    each = [read(cell) for cell in cells]
    money = column.kind is Kind.MONEY
    values = [Decimal(r.value) / 100 if money and r.value is not None else r.value for r in each]
    return [(value, int(r.repairs), int(r.flags), r.expected) for value, r in zip(values, each, strict=True)]


@pytest.mark.parametrize("kind", list(Kind))
@given(data=st.data())
def test_mixed_columns(kind: Kind, data: st.DataObject):
    """Blocks of one type and mixed ones, block after block, with and without a unit in the header."""
    pools = [TEXTS, NUMBERS, DAYS, OTHERS, TEXTS + NUMBERS, NUMBERS + DAYS + [""], ALL]
    pool = data.draw(st.sampled_from(pools))
    cells = data.draw(st.lists(st.sampled_from(pool) | st.floats() | st.text(), max_size=12))
    scale = data.draw(st.sampled_from([Decimal(1), Decimal(10_000)]))
    assert spoken(COLUMNS[kind], scale, cells) == told(COLUMNS[kind], scale, cells)


@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize("pool", [TEXTS, NUMBERS, DAYS, OTHERS, ALL, [""], [None], []])
def test_every_hard_cell(kind: Kind, pool: list[Any]):
    for cells in [pool, pool[::-1], *([cell] for cell in pool), *([cell, "", cell] for cell in pool)]:
        assert spoken(COLUMNS[kind], Decimal(1), cells) == told(COLUMNS[kind], Decimal(1), cells)


@given(st.lists(st.decimals(-(10**9), 10**9, places=2)))
def test_amounts_of_two_decimals_keep_the_fen(amounts: list[Decimal]):
    """Amounts are exact to the fen, however a spreadsheet stores them."""
    cells = [float(amount) for amount in amounts]
    assert [found[0] for found in spoken(COLUMNS[Kind.MONEY], Decimal(1), cells)] == amounts


@given(st.lists(st.decimals(-(10**5), 10**5, places=6)))
def test_amounts_in_ten_thousands_keep_the_fen(amounts: list[Decimal]):
    cells = [float(amount) for amount in amounts]
    found = spoken(COLUMNS[Kind.MONEY], Decimal(10_000), cells)
    assert [value for value, *_ in found] == [amount * 10_000 for amount in amounts]


def test_true_is_not_one():
    """Excel's TRUE in an amount column is no amount, also beside a 1 that equals it."""
    for cells in ([1, True], [True, 1], [1.0, "x", True], [True, "x", 1.0]):
        assert spoken(COLUMNS[Kind.MONEY], Decimal(1), cells) == told(COLUMNS[Kind.MONEY], Decimal(1), cells)
