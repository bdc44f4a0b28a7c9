"""One line for all: screening, sweeps, identification and removal read the same values."""

from __future__ import annotations

from decimal import Decimal

from bangfu.core.definitions import definition_of
from bangfu.screening.catalogue.loading import load_catalogue

LINE = "monitoring_income_line"


def test_the_register_and_the_rules_bring_the_same_values() -> None:
    here = definition_of(LINE).values
    there = load_catalogue().parameters[LINE].values
    assert [
        (Decimal(one.value), one.place, one.valid_from, one.valid_to, one.basis, one.grade) for one in here
    ] == [
        (one.value, one.region or "", one.valid.first, one.valid.last, one.basis, one.grade.value)
        for one in there
    ]
