"""Random counties: the DuckDB engine says what the plain-Python oracle says, of every rule (C-185)."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from tests.oracle.county import Case, PlainCounty, Row
from tests.oracle.engine import ask_engine, written_by_engine
from tests.oracle.judge import Judgement, Keys, judge
from tests.strategies import cases

QUIET = [HealthCheck.too_slow, HealthCheck.data_too_large]


def agree(case: Case) -> None:
    told, expected = ask_engine(case), judge(case)
    assert set(told) == set(expected)
    for rule, judgement in expected.items():
        assert told[rule].run == judgement.run, rule
        said, wanted = _answers(told[rule], judgement), _answers(judgement, judgement)
        for keys in said.keys() | wanted.keys():
            about = f"{rule} as of {case.as_of}: {only(case, keys)}, {case.parameters}"
            assert said.get(keys, "no") == wanted.get(keys, "no"), about


def _answers(judgement: Judgement, expected: Judgement) -> dict[Keys, Any]:
    """Undecided, or the hit's values that the oracle decides by."""
    asked: dict[Keys, Any] = dict.fromkeys(judgement.undecided, "undecided")
    for keys, values in judgement.hits.items():
        asked[keys] = _asked(values, expected.hits.get(keys, {}))
    return asked


def _asked(values: Mapping[str, Any], expected: Mapping[str, Any]) -> dict[str, Any]:
    return {name: values[name] for name in expected}


def only(case: Case, keys: Keys) -> PlainCounty:
    """The part of a county that one answer depends on: what to look at when a test fails."""
    home, person = keys

    def concerns(row: Row) -> bool:
        return row["household_key"] == home and person in (None, row.get("person_key", person))

    county = case.county
    lists = {name: list(filter(concerns, rows)) for name, rows in county.lists.items()}
    households = [row for row in county.households if row["household_key"] == home]
    return PlainCounty(households, list(filter(concerns, county.members)), lists)


@settings(max_examples=40, deadline=None, suppress_health_check=QUIET)
@given(cases(members=120))
def test_engine_agrees_with_the_oracle(case: Case) -> None:
    agree(case)


@settings(max_examples=12, deadline=None, suppress_health_check=QUIET)
@given(cases(members=120))
def test_engine_writes_what_the_oracle_says(case: Case) -> None:
    with tempfile.TemporaryDirectory() as folder:
        written = written_by_engine(case, Path(folder))
    expected = {
        rule: dict.fromkeys(judgement.hits, 1) | dict.fromkeys(judgement.undecided, 2)
        for rule, judgement in judge(case).items()
    }
    assert written == {rule: states for rule, states in expected.items() if states}


@pytest.mark.slow
@settings(max_examples=300, deadline=None, suppress_health_check=QUIET)
@given(cases(members=400))
def test_engine_agrees_with_the_oracle_at_length(case: Case) -> None:
    agree(case)
