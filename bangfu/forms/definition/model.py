"""The parts of a form, as read from its YAML."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class QuestionKind(StrEnum):
    """What an answer is. Money is in fen, a number a decimal in the question's unit."""

    TEXT = "text"
    NUMBER = "number"
    MONEY = "money"
    DATE = "date"
    YES_NO = "yes_no"
    CHOICE = "choice"
    CHOICES = "choices"

    @property
    def has_options(self) -> bool:
        """Whether the answers are listed."""
        return self in (QuestionKind.CHOICE, QuestionKind.CHOICES)


@dataclass(frozen=True)
class Relevant:
    """A question is asked only when an earlier one of the same section was answered with one of these."""

    question: str
    answers: tuple[str, ...]


@dataclass(frozen=True)
class RiskMeaning:
    """Answers that mean a risk of this kind; ``words`` say it in the clue."""

    answers: tuple[str, ...]
    kind: str
    words: str


@dataclass(frozen=True)
class Question:
    """One question. ``source`` names the registered fact it opens with, ``changes`` the one it proposes."""

    id: str
    title: str
    kind: QuestionKind
    required: bool = False
    help: str = ""
    unit: str = ""
    least: Decimal | None = None
    most: Decimal | None = None
    options: tuple[str, ...] = ()
    relevant: Relevant | None = None
    source: str = ""
    changes: bool = False
    risk: RiskMeaning | None = None


@dataclass(frozen=True)
class Section:
    """Questions under a heading, asked once, or once for each member."""

    id: str
    title: str
    questions: tuple[Question, ...]
    each_member: bool = False
    help: str = ""


@dataclass(frozen=True)
class FormSheet:
    """A form: what it is called, where it comes from, what it asks."""

    id: str
    title: str
    help: str
    basis: str
    grade: str
    sections: tuple[Section, ...]

    def questions(self) -> Iterator[tuple[Section, Question]]:
        """Every question with its section."""
        for section in self.sections:
            for question in section.questions:
                yield section, question

    @property
    def by_id(self) -> Mapping[str, Question]:
        """The questions by id; ids are unique within a form."""
        return {question.id: question for _, question in self.questions()}
