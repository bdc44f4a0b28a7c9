"""Drafts from records: figures counted on their lists, sentences filled, tables read.

Nothing here writes. A drafted section is plain data, kept with the report:
``{id, heading, hint, drafted: [{text, figures: {name: number}}], text, tables}``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import Http404, QueryDict
from django.urls import get_resolver, reverse
from django.utils.http import urlencode

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.scope import has_permission, permits
from bangfu.core.errors import NotPermitted, SituationForbids
from bangfu.ledgers.asking import asked_by
from bangfu.ledgers.cells import text_of, value_of
from bangfu.ledgers.definition import Ledger, all_ledgers
from bangfu.ledgers.queries import ordering
from bangfu.monitoring.queries.circular import Circular, circular_months, count_circular
from bangfu.support.queries.matters import Matter
from bangfu.support.terms.report_templates import Figure, ReportTemplate, Section, Sentence, Table
from bangfu.ui.formats import counted

Words = dict[str, Any]
UNKNOWN = "____"
"""What stands for a number that the writer may not count, to be filled by hand."""
_NAME = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True)
class Counted:
    """A figure today: its number (None: not this person's to count), and the list it counts."""

    label: str
    number: int | None
    url: str = ""


def count_figures(user: User, template: ReportTemplate, matter: Matter) -> dict[str, Counted]:
    """Every figure of a template; raises SituationForbids for a circular of a month without a snapshot."""
    circular = _circular(user, template, matter)
    return {
        name: _of_circular(figure, circular, matter) if circular else _of_ledger(user, figure, matter)
        for name, figure in template.figures.items()
    }


def _of_ledger(user: User, figure: Figure, matter: Matter) -> Counted:
    ledger, query = _ledger(figure.ledger), figure.query.format(**matter.keys)
    if not has_permission(user, ledger.permission):
        return Counted(figure.label, None)
    try:
        number = asked_by(ledger, user, QueryDict(query)).rows().order_by().count()
    except Http404:  # 这本台账管不到这个地方
        return Counted(figure.label, None)
    return Counted(figure.label, number, f"{reverse(ledger.id)}?{query}")


def _ledger(id: str) -> Ledger:
    """The ledger behind an address; ledgers are made known when the addresses are read."""
    get_resolver().url_patterns  # noqa: B018
    return all_ledgers()[id]


def _circular(user: User, template: ReportTemplate, matter: Matter) -> Circular | None:
    if not any(figure.circular for figure in template.figures.values()):
        return None
    if not permits(user, Permission.METRIC_VIEW, matter.place):
        raise NotPermitted(f"您在这里没有“{Permission.METRIC_VIEW.label}”的权限，通报没有起草。")
    if matter.ends_on not in circular_months():
        raise SituationForbids(f"{matter.ends_on:%Y-%m} 还没有月末快照，没有数可写。等快照做好再起草。")
    return count_circular(user, matter.ends_on, matter.place, matter.words["place_name"], ())


def _of_circular(figure: Figure, circular: Circular, matter: Matter) -> Counted:
    asked = {"month": f"{matter.ends_on:%Y-%m}", "figure": figure.circular, "place": matter.place}
    url = f"{reverse('circular_list')}?{urlencode(asked)}"
    return Counted(figure.label, circular.whole.numbers[figure.circular], url)


def draft_sections(
    user: User, template: ReportTemplate, matter: Matter, figures: Mapping[str, Counted]
) -> list[Words]:
    """Every section with its sentences filled and its tables read."""
    return [_drafted(user, section, matter, figures) for section in template.sections]


def _drafted(user: User, section: Section, matter: Matter, figures: Mapping[str, Counted]) -> Words:
    sentences = list(filled_sentences(section, matter, figures))
    return {
        "id": section.id,
        "heading": section.heading,
        "hint": section.hint,
        "drafted": sentences,
        "text": "".join(each["text"] for each in sentences),
        "tables": [table for each in section.tables if (table := _table(user, each, matter))],
    }


def filled_sentences(section: Section, matter: Matter, figures: Mapping[str, Counted]) -> Iterator[Words]:
    """The sentences of a section that are said, each with the numbers in it."""
    for sentence in section.sentences:
        if not sentence.when or figures[sentence.when].number:
            yield {"text": _said(sentence, matter, figures), "figures": _numbers(sentence, figures)}


def _said(sentence: Sentence, matter: Matter, figures: Mapping[str, Counted]) -> str:
    def word(found: re.Match[str]) -> str:
        figure = figures.get(found[1])
        if figure is None:
            return matter.words[found[1]]
        return UNKNOWN if figure.number is None else counted(figure.number)

    return _NAME.sub(word, sentence.text)


def _numbers(sentence: Sentence, figures: Mapping[str, Counted]) -> dict[str, int | None]:
    names = _NAME.findall(sentence.text)
    return {name: figures[name].number for name in names if name in figures}


def _table(user: User, table: Table, matter: Matter) -> Words | None:
    """Columns and rows as a paper takes them; None where the writer may not see the ledger."""
    columns = [[each[0], each[1], *each[2:]] for each in table.columns]
    if table.rows:
        return {"columns": columns, "rows": matter.rows[table.rows], "empty": table.empty, "total": ""}
    ledger, query = _ledger(table.ledger), table.query.format(**matter.keys)
    if not has_permission(user, ledger.permission):
        return None
    try:
        asked = asked_by(ledger, user, QueryDict(query))
    except Http404:  # 这本台账管不到这个地方
        return None
    found = asked.rows().order_by(*ordering(ledger, asked.sort))
    shown = [ledger.column(each[1]) for each in table.columns]
    rows = [
        {column.id: text_of(column, value_of(column, row), "yuan") for column in shown if column}
        for row in found[: table.most]
    ]
    more = found.count() - len(rows)
    total = f"另有 {more} 行，见台账" if more > 0 else ""
    return {"columns": columns, "rows": rows, "empty": table.empty, "total": total}
