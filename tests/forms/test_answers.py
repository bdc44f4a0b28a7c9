"""Answers: typed values, what is missing, what they mean (C-184)."""

from __future__ import annotations

import pytest

from bangfu.forms.answers import opening, read_answers
from bangfu.forms.definition.model import FormSheet
from bangfu.forms.definition.reading import read_form
from bangfu.forms.terms import VOCABULARY
from bangfu.households.models import Household

TEXT = """
id: a
title: 表
basis: 县里定
grade: 知
sections:
- id: s
  title: 部分
  questions:
  - {id: hard, title: 难吗, kind: yes_no, required: true, risk: {answers: ["是"], kind: 因病, words: 难}}
  - {id: why, title: 为什么, kind: choice, options: [病, 灾], required: true,
     relevant: {question: hard, is: ["是"]}}
  - {id: paid, title: 花了, kind: money}
  - {id: months, title: 月, kind: number, least: 0, most: 12}
  - {id: when, title: 哪天, kind: date}
  - {id: needs, title: 要什么, kind: choices, options: [产业, 就业, 住房]}
  - {id: water, title: 饮水, kind: yes_no, source: safe_water}
"""


@pytest.fixture
def form() -> FormSheet:
    return read_form(TEXT, VOCABULARY)


def test_what_was_typed_becomes_typed_values(form: FormSheet) -> None:
    typed = {
        "hard": ["是"],
        "why": ["病"],
        "paid": ["1,234.5"],
        "months": ["6"],
        "when": ["2026-11-02"],
        "needs": ["就业", "住房"],
    }
    answered = read_answers(form, [], typed)
    assert answered.errors == {}
    assert answered.values == {
        "hard": "是",
        "why": "病",
        "paid": 123450,
        "months": "6",
        "when": "2026-11-02",
        "needs": ["就业", "住房"],
    }
    assert answered.risks == [{"kind": "因病", "words": "难"}]


def test_a_question_that_is_not_relevant_is_neither_missed_nor_kept(form: FormSheet) -> None:
    answered = read_answers(form, [], {"hard": ["否"], "why": ["病"]})
    assert answered.errors == {}
    assert answered.values == {"hard": "否"}
    assert answered.risks == []


def test_each_wrong_answer_is_named_by_its_key(form: FormSheet) -> None:
    typed = {
        "hard": ["也许"],
        "paid": ["-3"],
        "months": ["13"],
        "when": ["昨天"],
        "needs": ["产业", "别的"],
    }
    answered = read_answers(form, [], typed)
    assert set(answered.errors) == {"hard", "paid", "months", "when", "needs"}
    assert "不大于 12" in answered.errors["months"]
    assert answered.risks == []


def test_a_required_answer_is_missed_once_it_is_relevant(form: FormSheet) -> None:
    assert set(read_answers(form, [], {}).errors) == {"hard"}
    assert set(read_answers(form, [], {"hard": ["是"]}).errors) == {"why"}


@pytest.mark.parametrize(("known", "answer"), [(True, "是"), (False, "否")])
def test_a_sheet_opens_with_what_the_register_knows(form: FormSheet, known: bool, answer: str) -> None:
    assert opening(form, Household(safe_water=known), []) == {"water": answer}


def test_what_nobody_knows_opens_empty(form: FormSheet) -> None:
    assert opening(form, Household(safe_water=None), []) == {}
