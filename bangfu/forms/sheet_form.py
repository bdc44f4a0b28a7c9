"""A sheet as a form on the page: a field for each question. ``answers`` judges what was typed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from bangfu.core.money import FEN_PER_YUAN
from bangfu.forms.answers import Asked, Kept, asked_of
from bangfu.forms.definition.model import FormSheet, Question, QuestionKind
from bangfu.households.forms.fields import DayField
from bangfu.households.models import Member

_FEW = 5
"""Up to so many options stand side by side, each one tap."""


@dataclass
class Part:
    """What stands under one heading: its fields, and of whom they are."""

    heading: str
    hint: str = ""
    fields: list[BoundField] = field(default_factory=list)


class SheetForm(forms.Form):
    """The questions of a sheet for a household; the day and who was met come first."""

    filled_on = DayField(label="日期", help_text="补填的写实际上门的那天。")
    met = forms.CharField(
        label="见到谁", max_length=60, required=False, help_text="户主、家里人，或电话里说的。"
    )

    def __init__(self, sheet: FormSheet, members: Sequence[Member], *args: Any, **options: Any) -> None:
        self.sheet = sheet
        self.asked = list(asked_of(sheet, members))
        super().__init__(*args, **options)
        for asked in self.asked:
            self.fields[asked.key] = _field(asked)

    def typed(self) -> dict[str, list[str]]:
        """What was typed, by key."""
        data: Any = self.data
        return {asked.key: data.getlist(self.add_prefix(asked.key)) for asked in self.asked}

    def refuse(self, errors: Mapping[str, str]) -> None:
        """Put the sentences beside the questions they are about."""
        for key, sentence in errors.items():
            self.add_error(key, sentence)

    def parts(self) -> Iterator[Part]:
        """The headings with their fields; one a member where a section is asked of each."""
        # 必填由 answers 判断（不相关的题不问）；到这里才记上，只为了不写“选填”
        for asked in self.asked:
            self.fields[asked.key].required = asked.question.required
        yield Part("这次上门", fields=[self["filled_on"], self["met"]])
        current: tuple[str, Any] | None = None
        part = Part("")
        for asked in self.asked:
            here = (asked.section.id, asked.member and asked.member.pk)
            if here != current:
                if part.fields:
                    yield part
                current, part = here, _part(asked)
            part.fields.append(self[asked.key])
        yield part


def preview_parts(sheet: FormSheet) -> list[Part]:
    """The headings with their fields, empty, for nobody; a section asked of each member stands once."""
    return list(SheetForm(sheet, [Member(name="每位成员")]).parts())


def opening_values(known: Mapping[str, Kept], sheet: FormSheet) -> dict[str, Any]:
    """Kept answers as the form shows them: money in yuan."""
    by_id = sheet.by_id
    return {key: _shown(by_id[key.partition(":")[0]], value) for key, value in known.items()}


def _shown(question: Question, value: Kept) -> Any:
    if question.kind is QuestionKind.MONEY:
        return f"{int(str(value)) / FEN_PER_YUAN:.2f}"
    return value


def _part(asked: Asked) -> Part:
    if asked.member is None:
        return Part(asked.section.title, asked.section.help)
    return Part(f"{asked.section.title}：{asked.member.name}", asked.member.relation)


def _field(asked: Asked) -> forms.Field:
    question = asked.question
    common = {"label": _label(question), "required": False, "help_text": _help(question)}
    made = _of_kind(question, common)
    if question.relevant is not None:
        key = question.relevant.question
        name = key if asked.member is None else f"{key}:{asked.member.uid}"
        made.widget.attrs |= {
            "data-relevant": name,
            "data-relevant-answers": "|".join(question.relevant.answers),
        }
    return made


def _of_kind(question: Question, common: dict[str, Any]) -> forms.Field:
    options = [(option, option) for option in question.options]
    match question.kind:
        case QuestionKind.CHOICES:
            return forms.MultipleChoiceField(choices=options, widget=forms.CheckboxSelectMultiple(), **common)
        case QuestionKind.YES_NO | QuestionKind.CHOICE if len(options) <= _FEW:
            return forms.ChoiceField(choices=options, widget=forms.RadioSelect(), **common)
        case QuestionKind.CHOICE:
            return forms.ChoiceField(choices=[("", "请选"), *options], **common)
        case QuestionKind.DATE:
            return DayField(**common)
        case QuestionKind.MONEY | QuestionKind.NUMBER:
            numeric = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
            return forms.CharField(widget=numeric, max_length=24, **common)
        case _:
            return forms.CharField(widget=forms.Textarea(attrs={"rows": 3}), max_length=1000, **common)


def _label(question: Question) -> str:
    unit = "元" if question.kind is QuestionKind.MONEY else question.unit
    return f"{question.title}（{unit}）" if unit else question.title


def _help(question: Question) -> str:
    known = "登记里已有的已经带出，对就不用动。" if question.source else ""
    return " ".join(filter(None, (question.help, known)))
