"""The contract's sentences, asked of the oracle and of the engine (C-185)."""

from __future__ import annotations

import pytest

from tests.oracle.engine import ask_engine
from tests.oracle.judge import Judgement, judge
from tests.oracle.rules import RULES
from tests.oracle.sentences import SENTENCES
from tests.oracle.told import NO, UNKNOWN, YES, Told


def answer(judgement: Judgement) -> str:
    return YES if judgement.hits else UNKNOWN if judgement.undecided else NO


@pytest.mark.parametrize("told", SENTENCES, ids=lambda told: f"{told.rule}: {told.says}")
def test_oracle_answers_as_the_contract_says(told: Told) -> None:
    assert answer(judge(told.case)[told.rule]) == told.answer


@pytest.mark.parametrize("told", SENTENCES, ids=lambda told: f"{told.rule}: {told.says}")
def test_engine_answers_as_the_contract_says(told: Told) -> None:
    assert answer(ask_engine(told.case, [told.rule])[told.rule]) == told.answer


def test_every_rule_has_a_hit_and_a_miss_among_the_sentences() -> None:
    assert {told.rule for told in SENTENCES if told.answer == YES} == set(RULES)
    assert {told.rule for told in SENTENCES if told.answer == NO} == set(RULES)
