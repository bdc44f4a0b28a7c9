"""A form is read from its YAML; every mistake is named by its line (C-184)."""

from __future__ import annotations

import pytest

from bangfu.forms.definition.model import QuestionKind
from bangfu.forms.definition.reading import WrongForm, read_form
from bangfu.forms.terms import VOCABULARY
from bangfu.forms.versions import parsed, shipped_text

HEAD = "id: a\ntitle: 表\nbasis: 县里定\ngrade: 知\nsections:\n- id: s\n  title: 部分\n  questions:\n"


@pytest.mark.parametrize("code", ["screening_sheet", "inspection_sheet"])
def test_the_sheets_that_the_software_brings_can_be_read(code: str) -> None:
    form = parsed(shipped_text(code))
    assert form.id == code
    assert any(question.risk for _, question in form.questions())
    assert "opinion" in form.by_id


def test_the_inspection_sheet_asks_about_each_member() -> None:
    form = parsed(shipped_text("inspection_sheet"))
    assert [section.id for section in form.sections if section.each_member] == ["people"]


MISTAKES = {
    "unknown key": ("  - {id: q, title: 题, kind: text, colour: red}\n", "不认识的键“colour”"),
    "unknown kind": ("  - {id: q, title: 题, kind: photo}\n", "kind 是“photo”"),
    "one option": ("  - {id: q, title: 题, kind: choice, options: [甲]}\n", "至少要有两个选项"),
    "twice": (
        "  - {id: q, title: 题, kind: text}\n  - {id: q, title: 题, kind: text}\n",
        "题目编号“q”用了两次",
    ),
    "later question": (
        "  - {id: q, title: 题, kind: text, relevant: {question: z, is: [是]}}\n"
        "  - {id: z, title: 题, kind: yes_no}\n",
        "前面没有题目“z”",
    ),
    "foreign answer": (
        "  - {id: z, title: 题, kind: yes_no}\n"
        "  - {id: q, title: 题, kind: text, relevant: {question: z, is: [有]}}\n",
        "“有”不是那道题的选项",
    ),
    "unquoted yes": (
        "  - {id: z, title: 题, kind: yes_no, risk: {answers: [yes], kind: 因病, words: 病}}\n",
        "要写成文字",
    ),
    "unknown risk": (
        '  - {id: z, title: 题, kind: yes_no, risk: {answers: ["是"], kind: 因懒, words: 懒}}\n',
        "kind 不认识“因懒”",
    ),
    "unknown source": ("  - {id: q, title: 题, kind: yes_no, source: phone}\n", "source 不认识“phone”"),
    "changes nothing": (
        "  - {id: q, title: 题, kind: yes_no, changes: true}\n",
        "写了 changes 就要写 source",
    ),
    "bounds": ("  - {id: q, title: 题, kind: number, least: 5, most: 1}\n", "最小 5 大于最大 1"),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_refused_with_its_line(name: str) -> None:
    body, sentence = MISTAKES[name]
    with pytest.raises(WrongForm) as caught:
        read_form(HEAD + body, VOCABULARY)
    assert any(sentence in problem for problem in caught.value.problems), caught.value.problems
    assert all(problem.startswith("第 ") for problem in caught.value.problems)


def test_yes_and_no_are_the_options_of_a_yes_no_question() -> None:
    form = read_form(HEAD + "  - {id: q, title: 题, kind: yes_no}\n", VOCABULARY)
    assert form.by_id["q"].kind is QuestionKind.YES_NO
    assert form.by_id["q"].options == ("是", "否")
