"""From the YAML text to a form, with every mistake named by its line."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from bangfu.forms.definition.model import (
    FormSheet,
    Question,
    QuestionKind,
    Relevant,
    RiskMeaning,
    Section,
)
from bangfu.screening.catalogue.definitions import WrongText, grade_of, read_definition
from bangfu.screening.catalogue.yamlfile import Cursor

_YES_NO = ("是", "否")


class WrongForm(WrongText):
    """A form that cannot be used; ``problems`` are sentences with their lines."""


@dataclass(frozen=True)
class Vocabulary:
    """What a form may name: facts of the register by question's ``source``, and kinds of risk."""

    household_sources: Collection[str]
    member_sources: Collection[str]
    risks: Collection[str]


def read_form(text: str, vocabulary: Vocabulary) -> FormSheet:
    """The form that a text defines; raises WrongForm with every mistake."""
    return read_definition(text, lambda at: _form(at, vocabulary), WrongForm)


def _form(at: Cursor, vocabulary: Vocabulary) -> FormSheet:
    seen: set[str] = set()
    form = FormSheet(
        id=at.text("id"),
        title=at.text("title"),
        help=at.text("help", ""),
        basis=at.text("basis"),
        grade=grade_of(at),
        sections=tuple(_section(one, vocabulary, seen) for one in at.children("sections")),
    )
    if not form.sections:
        at.problem("一张表至少要有一个部分（sections）。")
    at.finish()
    return form


def _section(at: Cursor, vocabulary: Vocabulary, seen: set[str]) -> Section:
    each_member = at.text("each", "household") == "member"
    known = vocabulary.member_sources if each_member else vocabulary.household_sources
    earlier: dict[str, Question] = {}
    for one in at.children("questions"):
        question = _question(one, known, vocabulary.risks, earlier)
        if question.id in seen:
            one.problem(f"题目编号“{question.id}”用了两次。", "id")
        seen.add(question.id)
        earlier[question.id] = question
    if not earlier:
        at.problem("这一部分没有题目（questions）。")
    section = Section(
        id=at.text("id"),
        title=at.text("title"),
        help=at.text("help", ""),
        each_member=each_member,
        questions=tuple(earlier.values()),
    )
    at.finish()
    return section


def _question(
    at: Cursor, sources: Collection[str], risks: Collection[str], earlier: dict[str, Question]
) -> Question:
    kind = QuestionKind(at.code("kind", QuestionKind))
    options = _YES_NO if kind is QuestionKind.YES_NO else at.texts("options")
    if kind.has_options and len(options) < 2:
        at.problem("单选、多选题至少要有两个选项（options）。")
    question = Question(
        id=at.text("id"),
        title=at.text("title"),
        kind=kind,
        required=at.flag("required"),
        help=at.text("help", ""),
        unit=at.text("unit", ""),
        least=at.number("least"),
        most=at.number("most"),
        options=options,
        relevant=_relevant(at, earlier),
        source=_known(at, "source", sources),
        changes=at.flag("changes"),
        risk=_risk(at, options, risks),
    )
    if question.changes and not question.source:
        at.problem("写了 changes 就要写 source：改的是登记里的哪一项？", "changes")
    if question.least is not None and question.most is not None and question.least > question.most:
        at.problem(f"最小 {question.least} 大于最大 {question.most}。", "least")
    at.finish()
    return question


def _relevant(at: Cursor, earlier: dict[str, Question]) -> Relevant | None:
    inner = at.child("relevant")
    if inner is None:
        return None
    name = inner.text("question")
    answers = inner.texts("is")
    asked = earlier.get(name)
    if asked is None:
        inner.problem(f"同一部分里前面没有题目“{name}”。", "question")
    else:
        _check_answers(inner, "is", answers, asked.options)
    inner.finish()
    return Relevant(name, answers)


def _risk(at: Cursor, options: tuple[str, ...], risks: Collection[str]) -> RiskMeaning | None:
    inner = at.child("risk")
    if inner is None:
        return None
    answers = inner.texts("answers")
    _check_answers(inner, "answers", answers, options)
    meaning = RiskMeaning(answers, _known(inner, "kind", risks), inner.text("words"))
    inner.finish()
    return meaning


def _check_answers(at: Cursor, key: str, answers: tuple[str, ...], options: tuple[str, ...]) -> None:
    if not answers:
        at.problem("没有写答案。", key)
    for answer in answers:
        if answer not in options:
            at.problem(f"“{answer}”不是那道题的选项（{'、'.join(options) or '那道题没有选项'}）。", key)


def _known(at: Cursor, key: str, known: Collection[str]) -> str:
    name = at.text(key, "")
    if name and name not in known:
        at.problem(f"{key} 不认识“{name}”，可用：{'、'.join(sorted(known))}。", key)
    return name
