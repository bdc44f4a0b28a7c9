"""Answers of a sheet: from what was typed to typed values, and what they mean.

A key is a question's id, for a question about a member ``<question>:<member uid>``. Kept values are plain
JSON: money whole fen, numbers their decimal text, days ISO texts, several choices a list.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import ValidationError

from bangfu.core.money import to_fen
from bangfu.forms.definition.model import FormSheet, Question, QuestionKind, Section
from bangfu.forms.terms import HOUSEHOLD_SOURCES, MEMBER_SOURCES
from bangfu.households.enums import MemberState
from bangfu.households.models import Household, Member

Kept = str | int | list[str]
_YES, _NO = "是", "否"


@dataclass(frozen=True)
class Asked:
    """A question as it is put: its key, and the member it is about."""

    key: str
    section: Section
    question: Question
    member: Member | None = None


@dataclass
class Answered:
    """What was answered, what is wrong (by key, a sentence), which risks it means."""

    values: dict[str, Kept] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    risks: list[dict[str, str]] = field(default_factory=list)


def present_members(household: Household) -> list[Member]:
    """Who is asked about: the present members, the head first. Members that came along are not read again."""
    present = [one for one in household.members.all() if one.state == MemberState.PRESENT]
    return sorted(present, key=lambda one: (not one.is_head, one.pk))


def asked_of(form: FormSheet, members: Sequence[Member]) -> Iterator[Asked]:
    """Every question as it is put to a household with these members."""
    for section in form.sections:
        for member in members if section.each_member else (None,):
            for question in section.questions:
                key = question.id if member is None else f"{question.id}:{member.uid}"
                yield Asked(key, section, question, member)


def opening(form: FormSheet, household: Household, members: Sequence[Member]) -> dict[str, Kept]:
    """What the register knows already, by key: a sheet opens with it."""
    found = {}
    for asked in asked_of(form, members):
        known = _known(asked, household)
        if known is not None:
            found[asked.key] = known
    return found


def read_answers(form: FormSheet, members: Sequence[Member], typed: Mapping[str, Sequence[str]]) -> Answered:
    """Read what was typed (several texts a key); a question that is not relevant is left out."""
    answered = Answered()
    for asked in asked_of(form, members):
        if not _is_relevant(asked, answered.values):
            continue
        texts = [text.strip() for text in typed.get(asked.key, ()) if text.strip()]
        try:
            value = _read(asked.question, texts)
        except ValidationError as error:
            answered.errors[asked.key] = error.messages[0]
            continue
        if value is not None:
            answered.values[asked.key] = value
            answered.risks += _risks(asked, value)
    return answered


def changed_facts(
    form: FormSheet, household: Household, members: Sequence[Member], values: Mapping[str, Kept]
) -> Iterator[tuple[Member | None, str, Any]]:
    """Facts of the register that the sheet says otherwise: whose, which, the value it should have."""
    for asked in asked_of(form, members):
        if asked.question.changes and asked.key in values and values[asked.key] != _known(asked, household):
            yield asked.member, asked.question.source, _fact(asked, household, values[asked.key])


def shown(question: Question, value: Kept | None) -> str:
    """An answer as people read it."""
    if value is None:
        return "—"
    if isinstance(value, list):
        return "、".join(value)
    if question.kind is QuestionKind.MONEY:
        return f"{int(value) / 100:,.2f} 元"
    return f"{value} {question.unit}".strip()


def _known(asked: Asked, household: Household) -> Kept | None:
    """The registered fact as an answer; None when it is unknown or none of the question's options."""
    source = asked.question.source
    if not source or source not in (*HOUSEHOLD_SOURCES, *MEMBER_SOURCES):
        return None
    value = getattr(asked.member or household, source)
    answer = {True: _YES, False: _NO}.get(value, value) if isinstance(value, bool) else value
    if not answer or (asked.question.options and answer not in asked.question.options):
        return None
    return str(answer)


def _fact(asked: Asked, household: Household, value: Kept) -> Any:
    if asked.question.kind is QuestionKind.YES_NO:
        return value == _YES
    return value


def _is_relevant(asked: Asked, values: Mapping[str, Kept]) -> bool:
    relevant = asked.question.relevant
    if relevant is None:
        return True
    key = relevant.question if asked.member is None else f"{relevant.question}:{asked.member.uid}"
    given = values.get(key)
    chosen = given if isinstance(given, list) else [str(given)]
    return any(answer in chosen for answer in relevant.answers)


def _risks(asked: Asked, value: Kept) -> list[dict[str, str]]:
    meaning = asked.question.risk
    given = value if isinstance(value, list) else [value]
    if meaning is None or not any(answer in given for answer in meaning.answers):
        return []
    return [{"kind": meaning.kind, "words": meaning.words}]


def _read(question: Question, texts: Sequence[str]) -> Kept | None:
    if not texts:
        if question.required:
            raise ValidationError("这一项要填。")
        return None
    if question.kind is QuestionKind.CHOICES:
        return [_option(question, text) for text in texts]
    text = texts[0]
    match question.kind:
        case QuestionKind.CHOICE | QuestionKind.YES_NO:
            return _option(question, text)
        case QuestionKind.MONEY:
            return _fen(text)
        case QuestionKind.NUMBER:
            return _number(question, text)
        case QuestionKind.DATE:
            return _day(text)
        case _:
            return text


def _option(question: Question, text: str) -> str:
    if text not in question.options:
        raise ValidationError(f"“{text}”不在选项里，请选：{'、'.join(question.options)}。")
    return text


def _fen(text: str) -> int:
    fen = to_fen(text)
    if fen < 0:
        raise ValidationError("金额填正数或 0。")
    return fen


def _number(question: Question, text: str) -> str:
    try:
        number = Decimal(text.replace(",", ""))
    except InvalidOperation as error:
        raise ValidationError(f"“{text}”不是数字。") from error
    too_small = question.least is not None and number < question.least
    too_large = question.most is not None and number > question.most
    if not number.is_finite() or too_small or too_large:
        bounds = [f"不小于 {question.least}"] if question.least is not None else []
        bounds += [f"不大于 {question.most}"] if question.most is not None else []
        raise ValidationError(f"“{text}”要{'、'.join(bounds) or '是一个数'}。")
    return str(number)


def _day(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError as error:
        raise ValidationError("请选日期，例如 2026-11-22。") from error
