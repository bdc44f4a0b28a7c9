"""From the YAML text to a form, with every mistake named by its line."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal

from bangfu.forms.definition.model import (
    FormSheet,
    Question,
    QuestionKind,
    Relevant,
    RiskMeaning,
    Section,
)
from bangfu.screening.catalogue.model import CatalogueError
from bangfu.screening.catalogue.yamlfile import Cursor, decimal_of, read_text

_FILE = "form"
_GRADES = "官次码知"
_YES_NO = ("是", "否")


class WrongForm(ValueError):
    """A form that cannot be used; ``problems`` are sentences with their lines."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


@dataclass(frozen=True)
class Vocabulary:
    """What a form may name: facts of the register by question's ``source``, and kinds of risk."""

    household_sources: Collection[str]
    member_sources: Collection[str]
    risks: Collection[str]


def read_form(text: str, vocabulary: Vocabulary) -> FormSheet:
    """The form that a text defines; raises WrongForm with every mistake."""
    try:
        document = read_text(text, _FILE)
    except CatalogueError as error:
        raise WrongForm([_shown(str(error))]) from error
    form = _form(Cursor(document), vocabulary)
    if document.problems:
        raise WrongForm([_shown(problem) for problem in document.problems])
    return form


def _shown(problem: str) -> str:
    _, line, sentence = problem.split(":", 2)
    return f"第 {line} 行：{sentence.strip()}"


def _form(at: Cursor, vocabulary: Vocabulary) -> FormSheet:
    grade = at.text("grade")
    if grade and grade not in _GRADES:
        at.problem(f"依据等级 grade 是“{grade}”，只能是：{'、'.join(_GRADES)}。", "grade")
    seen: set[str] = set()
    form = FormSheet(
        id=at.text("id"),
        title=at.text("title"),
        help=at.text("help", ""),
        basis=at.text("basis"),
        grade=grade,
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
    options = _YES_NO if kind is QuestionKind.YES_NO else _texts(at, "options")
    if kind.has_options and len(options) < 2:
        at.problem("单选、多选题至少要有两个选项（options）。")
    question = Question(
        id=at.text("id"),
        title=at.text("title"),
        kind=kind,
        required=_flag(at, "required"),
        help=at.text("help", ""),
        unit=at.text("unit", ""),
        least=_number(at, "least"),
        most=_number(at, "most"),
        options=options,
        relevant=_relevant(at, earlier),
        source=_known(at, "source", sources),
        changes=_flag(at, "changes"),
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
    answers = _texts(inner, "is")
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
    answers = _texts(inner, "answers")
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


def _texts(at: Cursor, key: str) -> tuple[str, ...]:
    found = at.items(key)
    for one in found:
        if isinstance(one, bool) or not isinstance(one, str | int):
            at.problem(f"{key} 里的“{one}”要写成文字（是、否要加引号）。", key)
    return tuple(str(one) for one in found)


def _flag(at: Cursor, key: str) -> bool:
    value = at.raw(key)
    if value is not None and not isinstance(value, bool):
        at.problem(f"{key} 只能是 true 或 false。", key)
    return value is True


def _number(at: Cursor, key: str) -> Decimal | None:
    value = at.raw(key)
    number = decimal_of(value)
    if value is not None and number is None:
        at.problem(f"{key} 应是数字，现在是“{value}”。", key)
    return number
