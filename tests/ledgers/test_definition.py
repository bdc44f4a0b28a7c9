"""A ledger that is written down wrongly is refused when it is defined."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from bangfu.ledgers.cells import heading_of
from bangfu.ledgers.definition import Column, DefinitionError, Filter, register
from bangfu.ledgers.queries import ordering
from tests.ledgers.sample import SAMPLE

A = Column("a", "甲")


@pytest.mark.parametrize(
    "define",
    [
        lambda: replace(SAMPLE, columns=(A, A)),
        lambda: replace(SAMPLE, filters=(Filter("f", "甲", kind="text"), Filter("f", "乙", kind="text"))),
        lambda: replace(SAMPLE, views=(("v", "甲", ""), ("v", "乙", ""))),
        lambda: replace(SAMPLE, columns=(Column("a", "甲", default=False),)),
        lambda: replace(SAMPLE, columns=(Column("a", "甲", kind="tag"),)),
        lambda: Column("a", "甲", value=lambda row: 1, total=True),
        lambda: Filter("f", "甲"),
        lambda: Filter("f", "甲", kind="range", apply=lambda rows, value: rows),
        lambda: register(replace(SAMPLE, title="别的")),
    ],
)
def test_contradictions_are_refused(define: Callable[[], object]) -> None:
    with pytest.raises(DefinitionError):
        define()


@pytest.mark.parametrize(
    ("column", "field"),
    [
        (Column("a", "甲"), "a"),
        (Column("a", "甲", value="village.name"), "village__name"),
        (Column("a", "甲", sort="-place"), "place"),
        (Column("a", "甲", value=str), ""),
    ],
)
def test_the_field_behind_a_column(column: Column, field: str) -> None:
    assert column.field == field


def test_registering_the_same_ledger_again_changes_nothing() -> None:
    assert register(SAMPLE) is SAMPLE


@pytest.mark.parametrize(
    ("sort", "fields"),
    [
        ("persons", ("member_count", "pk")),
        ("-persons", ("-member_count", "-pk")),
        ("age", ("-birth_date", "-pk")),
        ("-age", ("birth_date", "pk")),
        ("phone", ("place", "pk")),
        ("", ("place", "pk")),
        ("-nothing__at", ("place", "pk")),
    ],
)
def test_rows_are_sorted_by_columns_that_allow_it(sort: str, fields: tuple[str, ...]) -> None:
    ledger = replace(SAMPLE, columns=(*SAMPLE.columns, Column("age", "年龄", str, sort="-birth_date")))
    assert ordering(ledger, sort) == fields


@pytest.mark.parametrize(
    ("column", "unit", "head"),
    [
        (Column("a", "人数", kind="number"), "yuan", "人数"),
        (Column("a", "纯收入", kind="money"), "yuan", "纯收入（元）"),
        (Column("a", "纯收入（名册）", kind="money"), "wan", "纯收入（名册，万元）"),
    ],
)
def test_the_head_of_an_amount_names_its_unit(column: Column, unit: str, head: str) -> None:
    assert heading_of(column, unit) == head
