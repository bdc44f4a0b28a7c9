"""Reading a batch's file: in a process of its own, against the datasets that somebody commits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pyarrow as pa

from bangfu.core.errors import SituationForbids
from bangfu.exchange.datasets import Committer, Refusal, committer_of, known_datasets, shelf_of
from bangfu.exchange.models import Batch
from bangfu.exchange.storage import UPLOAD, folder_of, opened
from bangfu.screening.linking.intake import Intake, count_marks, take_outcomes
from bangfu.screening.result import RejectedSheet, Rejection
from bangfu.tabular.discovery import FoundFile
from bangfu.tabular.isolation import read_files
from bangfu.tabular.reading import SheetReading, Wishes
from bangfu.tabular.spec import SheetSpec


@dataclass(frozen=True)
class Taken:
    """What a file gave: its sheets of one dataset, the rows that count, and those that cannot be used."""

    committer: Committer
    readings: Sequence[SheetReading]
    passed_over: Sequence[SheetReading]
    intake: Intake

    @property
    def others(self) -> list[str]:
        """The other datasets of the file that somebody commits: each needs a batch of its own."""
        found = dict.fromkeys(one.spec_id for one in self.passed_over if one.spec_id)
        return [dataset for dataset in found if committer_of(dataset, "")]

    @property
    def rows(self) -> pa.Table:
        """The rows that count, with their marks, source and number."""
        return self.intake.accepted[self.committer.dataset.id]


def take(batch: Batch, chosen: Mapping[str, str], on: date) -> Taken:
    """Read the batch's file; ``chosen`` maps titles to columns as a person said.

    Raises SituationForbids, in a sentence, for a file that cannot be read or holds nothing that is committed.
    """
    asked = batch.answers.get("dataset", "")
    with opened(folder_of(batch.uid), UPLOAD) as path:
        readings = _read(path, Wishes(chosen=chosen), _looked_for(asked, batch.place))
    known = [
        reading for reading in readings if reading.spec_id and committer_of(reading.spec_id, batch.place)
    ]
    if not known:
        raise SituationForbids(_not_taken(readings, asked, batch.place))
    committer = committer_of(asked or known[0].spec_id or "", batch.place)
    assert committer is not None
    own = [reading for reading in readings if reading.spec_id == committer.dataset.id]
    file = FoundFile(batch.file_name, batch.file_name, Path(batch.file_name))
    intake = take_outcomes([file], [own], on, [committer.dataset])
    count_marks(intake.sources, intake.accepted[committer.dataset.id])
    return Taken(committer, own, [one for one in readings if one not in own], intake)


def rejected_sheets(
    batch: Batch, taken: Taken, chosen: Mapping[str, str], refused: Sequence[Refusal]
) -> list[RejectedSheet]:
    """All rows that stay outside, as they stood in the file, each with its reasons.

    The cells of rows that only the register refuses are read from the file once more.
    """
    if not refused:
        return taken.intake.rejected
    keep: dict[str | None, frozenset[int]] = {}
    for source, reading in enumerate(taken.readings):
        keep[reading.sheet] = frozenset(one.row for one in refused if one.source == source)
    with opened(folder_of(batch.uid), UPLOAD) as path:
        looked_for = _looked_for(batch.answers.get("dataset", ""), batch.place)
        again = _read(path, Wishes(chosen=chosen, keep=keep), looked_for)
    own = [reading for reading in again if reading.spec_id == taken.committer.dataset.id]
    sheets = [_sheet(batch, source, reading, taken, refused) for source, reading in enumerate(own)]
    return [sheet for sheet in sheets if sheet.rows]


def rejection_of(refusal: Refusal, reading: SheetReading) -> Rejection:
    """A refusal in the words of the file: the column's title as it is written there."""
    places = reading.places.get(refusal.column or "", ())
    return Rejection(refusal.row, places[0].title if places else None, refusal.found, refusal.expected)


def _sheet(
    batch: Batch, source: int, reading: SheetReading, taken: Taken, refused: Sequence[Refusal]
) -> RejectedSheet:
    rows = {row.row: row.cells for row in reading.rejected} | reading.kept
    reasons: dict[int, list[Rejection]] = {
        row.row: [Rejection(row.row, p.column, p.found, p.expected) for p in row.problems]
        for row in reading.rejected
    }
    for refusal in refused:
        if refusal.source == source:
            reasons.setdefault(refusal.row, []).append(rejection_of(refusal, reading))
    return RejectedSheet(
        batch.file_name, reading.sheet, reading.header, sorted(rows.items()), reasons, batch.file_name
    )


def _looked_for(asked: str, place: str) -> list[SheetSpec]:
    """The sheets that a file may hold: a county's own dataset is read only where somebody asked for it."""
    if not shelf_of(asked):
        return [one.sheet for one in known_datasets().values()]
    committer = committer_of(asked, place)
    if committer is None:
        raise SituationForbids("这本台账停用了，或者定义读不了，没有读入任何行。")
    return [committer.dataset.sheet]


def _read(path: Path, wishes: Wishes, looked_for: Sequence[SheetSpec]) -> list[SheetReading]:
    (outcome,) = read_files([path], looked_for, wishes=wishes)
    if isinstance(outcome, str):
        raise SituationForbids(outcome)
    return outcome


def _not_taken(readings: Sequence[SheetReading], asked: str, place: str) -> str:
    """Why nothing of the file can be committed, and what may come."""
    if shelf_of(asked) and (committer := committer_of(asked, place)):
        needs = "；".join(_needed(committer.dataset.sheet))
        title = committer.dataset.title
        return f"认不出这是“{title}”的表，没有读入任何行。表头要有：{needs}。可以先下载模板对照。"
    titles = {dataset.id: dataset.title for dataset in known_datasets().values()}
    errors = [reading.error for reading in readings if reading.error]
    if errors:
        return errors[0]
    found = dict.fromkeys(titles[reading.spec_id] for reading in readings if reading.spec_id)
    if found:
        return f"认出这是“{'、'.join(found)}”，这里不收这种名单，没有读入任何行。"
    return (
        "认不出这是什么名单，没有读入任何行。名册的表头要有“户编号”，有“姓名”或“证件号码”，还要有“与户主关系”"
        "“户类型”“人编号”“监测对象类别”中的一列；部门名单要有“姓名”或“证件号码”和该名单自己的列。"
        "可以先下载模板对照。"
    )


def _needed(sheet: SheetSpec) -> list[str]:
    """The titles that a header must have, one of each group."""
    return ["或".join(f"“{sheet.column(one).titles[0]}”" for one in group) for group in sheet.needs]
