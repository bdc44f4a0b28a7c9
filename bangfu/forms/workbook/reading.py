"""Reading a filled workbook, in a process of its own: rows of texts by title."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bangfu.core.errors import SituationForbids
from bangfu.forms.definition.model import FormSheet, Question, QuestionKind
from bangfu.forms.workbook.layout import DAY, KEY, MET, WHOSE, RowKey, columns_of, read_key
from bangfu.tabular.isolation import read_files
from bangfu.tabular.reading import ROW, SheetReading
from bangfu.tabular.spec import ColumnSpec, Kind, SheetSpec

_SPEC = "screening_sheets"
_DAY = re.compile(r"(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})日?(?: 00:00:00)?")
_MANY = re.compile("[、，,;；]")


@dataclass(frozen=True)
class FilledRow:
    """A row of the file: its number (from 1), its key, its texts by title."""

    number: int
    key: RowKey | None
    texts: dict[str, str]

    @property
    def filled_on(self) -> date | None:
        """The day that was written; None where it is missing or no day."""
        found = _DAY.fullmatch(self.texts.get(DAY, ""))
        if found is None:
            return None
        try:
            return date(*map(int, found.groups()))
        except ValueError:
            return None

    @property
    def met(self) -> str:
        """Whom one met."""
        return self.texts.get(MET, "")

    def typed(self, form: FormSheet) -> dict[str, list[str]]:
        """The answers as a page would send them, by question."""
        return {one.id: _parts(one, self.texts.get(title, "")) for title, one in columns_of(form)}


def read_rows(path: Path, form: FormSheet) -> list[FilledRow]:
    """Every row of the first sheet that is ours; raises SituationForbids for any other file."""
    (outcome,) = read_files([path], [_spec(form)])
    if isinstance(outcome, str):
        raise SituationForbids(outcome)
    ours = next((reading for reading in outcome if reading.spec_id == _SPEC), None)
    if ours is None or ours.table is None:
        raise SituationForbids(
            f"这不是从这里下载的筛查表：没有“{KEY}”这一列，没有读入任何行。请先下载空表，在里面填。"
        )
    return [_row(form, record) for record in ours.table.to_pylist()] + _unusable(ours)


def _row(form: FormSheet, record: dict[str, str | None]) -> FilledRow:
    texts = {title: record.get(column.id) or "" for title, column in _columns(form).items()}
    return FilledRow(int(record[ROW] or 0), read_key(texts[KEY]), texts)


def _unusable(reading: SheetReading) -> list[FilledRow]:
    return [FilledRow(row.row, None, {}) for row in reading.rejected]


def _spec(form: FormSheet) -> SheetSpec:
    columns = tuple(_columns(form).values())
    return SheetSpec(_SPEC, "筛查表", columns, needs=((columns[0].id,),))


def _columns(form: FormSheet) -> dict[str, ColumnSpec]:
    """Everything is read as it is written; what an answer must be is judged by the form."""
    titles = [KEY, *WHOSE, DAY, MET, *(title for title, _ in columns_of(form))]
    return {title: ColumnSpec(f"c{number}", (title,), Kind.TEXT) for number, title in enumerate(titles)}


def _parts(question: Question, text: str) -> list[str]:
    if question.kind is QuestionKind.CHOICES:
        return [part for part in _MANY.split(text) if part.strip()]
    if question.kind is QuestionKind.DATE and (found := _DAY.fullmatch(text)):
        year, month, day = map(int, found.groups())
        return [f"{year:04d}-{month:02d}-{day:02d}"]
    return [text]
