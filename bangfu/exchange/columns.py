"""What each column of a file was taken for, how surely, and a few of its values, masked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Any

from bangfu.access.masking import mask_health, mask_id, mask_phone
from bangfu.screening.catalogue.datasets import Dataset, PersonalClass
from bangfu.tabular.headers import Place
from bangfu.tabular.reading import SheetReading
from bangfu.tabular.spec import Kind
from bangfu.tabular.text import plain
from bangfu.tabular.titles import shown_whole

_SAMPLES = 3
_LONG_NUMBER = re.compile(r"\d{7,}[\dXx]?")
_HEALTH = frozenset(["health"])


class Sureness(StrEnum):
    """How surely a column was recognised."""

    EXACT = "exact"
    ALIAS = "alias"
    GUESSED = "guessed"
    CHOSEN = "chosen"
    PASSED_OVER = "passed_over"


def columns_report(
    readings: Sequence[SheetReading], dataset: Dataset, chosen: Mapping[str, str]
) -> list[dict[str, Any]]:
    """One entry a title, in the order of the sheets: title, samples, column id, label, sureness."""
    found: dict[str, dict[str, Any]] = {}
    for reading in readings:
        for entry in _of_sheet(reading, dataset, chosen):
            found.setdefault(entry["title"], entry)
    return list(found.values())


def masked(column: str | None, text: str, dataset: Dataset) -> str:
    """A cell's text as a page may show it: by the column's class; in unknown columns, long numbers masked."""
    if column is None:
        return _LONG_NUMBER.sub(lambda match: mask_id(match.group()), text)
    if column in _HEALTH or dataset.classes[column] is PersonalClass.HEALTH:
        return mask_health(text)
    spec = dataset.sheet.column(column)
    if dataset.classes[column] is PersonalClass.CONTACT:
        return mask_phone(text)
    if spec.kind is Kind.IDENTITY:
        return mask_id(text)
    is_name = dataset.classes[column] is PersonalClass.IDENTITY and spec.kind is not Kind.CODE
    return text[:1] + "*" * (len(text) - 1) if is_name else text


def column_of(title: str | None, reading: SheetReading) -> str | None:
    """The column that was taken from a title, as rejections name it."""
    for column, places in reading.places.items():
        if any(place.title == title for place in places):
            return column
    return None


def _of_sheet(reading: SheetReading, dataset: Dataset, chosen: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    at = {place.index: (column, place) for column, places in reading.places.items() for place in places}
    for index, raw in enumerate(reading.titles):
        if not raw:
            continue
        title = shown_whole(raw)
        column, place = at.get(index, (None, None))
        texts = [plain(row[index]) for row in reading.samples if index < len(row)]
        yield {
            "title": title,
            "samples": [masked(column, text, dataset) for text in texts if text][:_SAMPLES],
            "column": column or "",
            "label": dataset.sheet.column(column).titles[0] if column else "",
            "sure": _sureness(title, place, chosen).value,
        }


def _sureness(title: str, place: Place | None, chosen: Mapping[str, str]) -> Sureness:
    if title in chosen:
        return Sureness.CHOSEN
    if place is None:
        return Sureness.PASSED_OVER
    if place.loose:
        return Sureness.GUESSED
    return Sureness.ALIAS if place.rank else Sureness.EXACT
