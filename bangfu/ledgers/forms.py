"""The conditions of a ledger as a form, and what they do to its rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.http import QueryDict

from bangfu.access.models import User
from bangfu.access.places import PlaceChoice
from bangfu.core.money import FEN_PER_YUAN
from bangfu.ledgers.definition import BLANK, Choice, Filter, Ledger
from bangfu.ui.controls import DayInput, MonthInput

YES, NO = "yes", "no"
_YES_NO: list[Choice] = [(YES, "是"), (NO, "否"), (BLANK, "未填")]
_TEXT_LONGEST = 60


def condition_form(ledger: Ledger, user: User, data: QueryDict, places: PlaceChoice | None) -> forms.Form:
    """The bound form over a ledger: place, ``q``, then its filters in their order."""
    form = forms.Form(data, auto_id="id_%s")
    if places and places.options:
        form.fields["place"] = _select("区划", places.options, plain=True)
        form.data = _with_place(data, places.selected)
    if ledger.search:
        form.fields["q"] = _text(ledger.search_label)
    for one in ledger.filters:
        form.fields.update(zip(one.names, _fields(one, user), strict=True))
    return form


def _with_place(data: QueryDict, selected: str) -> QueryDict:
    shown = data.copy()
    shown["place"] = selected
    return shown


def _fields(one: Filter, user: User) -> Iterator[forms.Field]:
    if one.kind == "choice":
        yield _select(one.label, one.options(user))
    elif one.kind == "bool":
        yield _select(one.label, _YES_NO)
    elif one.kind == "text":
        yield _text(one.label)
    elif one.kind == "month":
        yield forms.DateField(label=one.label, required=False, input_formats=["%Y-%m"], widget=MonthInput())
    else:
        yield from (_bound(one, end) for end in ("≥", "≤"))


def _bound(one: Filter, end: str) -> forms.Field:
    label = f"{one.label} {end}"
    if one.kind == "day":
        return forms.DateField(label=label, required=False, widget=DayInput())
    shown = f"{label} 元" if one.kind == "money" else label
    # 汉字宽约两个字符
    attributes = {"placeholder": shown, "inputmode": "decimal", "size": str(2 * len(shown))}
    widget = forms.TextInput(attrs=attributes)
    return forms.DecimalField(label=label, required=False, max_digits=15, widget=widget)


def _text(label: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        required=False,
        max_length=_TEXT_LONGEST,
        widget=forms.TextInput(attrs={"placeholder": label, "type": "search"}),
    )


def _select(label: str, options: Sequence[Choice], plain: bool = False) -> forms.ChoiceField:
    shown = (
        list(options)
        if plain
        else [("", f"{label}：不限"), *((v, f"{label}：{word}") for v, word in options)]
    )
    return forms.ChoiceField(label=label, required=False, choices=shown)


def narrowed(ledger: Ledger, rows: QuerySet, form: forms.Form) -> QuerySet:
    """``rows`` under the conditions of a form; with a condition nobody understands, none."""
    if not form.is_valid():
        return rows.none()
    if ledger.search and form.cleaned_data.get("q"):
        rows = ledger.search(rows, form.cleaned_data["q"].strip())
    for one in ledger.filters:
        values = [form.cleaned_data.get(name) for name in one.names]
        if any(value not in (None, "") for value in values):
            rows = _apply(one, rows, values)
    return rows


def _apply(one: Filter, rows: QuerySet, values: list[Any]) -> QuerySet:
    if one.apply:
        return one.apply(rows, _as_text(values[0]))
    return rows.filter(_LOOKUPS[one.kind](one, values))


def _as_text(value: Any) -> str:
    return value.strftime("%Y-%m") if isinstance(value, date) else str(value).strip()


def _equal(one: Filter, values: list[Any]) -> Q:
    return _nothing(one) if values[0] == BLANK else Q(**{one.path: values[0]})


def _nothing(one: Filter) -> Q:
    return Q(**{f"{one.path}__isnull": True}) | Q(**{one.path: ""})


def _truth(one: Filter, values: list[Any]) -> Q:
    return Q(**{one.path: {YES: True, NO: False, BLANK: None}[values[0]]})


def _contains(one: Filter, values: list[Any]) -> Q:
    return Q(**{f"{one.path}__icontains": values[0].strip()})


def _in_month(one: Filter, values: list[Any]) -> Q:
    first: date = values[0]
    following = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    return Q(**{f"{one.path}__gte": first, f"{one.path}__lt": following})


def _between(one: Filter, values: list[Any]) -> Q:
    ends = dict(zip(("gte", "lte"), values, strict=True))
    return Q(**{f"{one.path}__{end}": value for end, value in ends.items() if value is not None})


def _fen_between(one: Filter, values: list[Decimal | None]) -> Q:
    return _between(one, [None if value is None else int(value * FEN_PER_YUAN) for value in values])


_LOOKUPS: dict[str, Callable[[Filter, list[Any]], Q]] = {
    "choice": _equal,
    "bool": _truth,
    "text": _contains,
    "month": _in_month,
    "range": _between,
    "day": _between,
    "money": _fen_between,
}


def phrases(form: forms.Form, names: set[str] | None = None) -> list[str]:
    """The set conditions in words, such as ``户类型：脱贫户``; only those of ``names`` when given."""
    said = []
    for name in form.fields:
        value = form[name].data
        if value in (None, "") or (names is not None and name not in names):
            continue
        field = form.fields[name]
        if isinstance(field, forms.ChoiceField):
            word = next((str(label) for key, label in form[name].field.widget.choices if key == value), value)
            said.append(word if "：" in word else f"{field.label}：{word}")
        else:
            said.append(f"{field.label}：{value}")
    return said
