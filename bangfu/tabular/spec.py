"""What a kind of sheet looks like: its columns, their spellings and what a blank cell means."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Kind(StrEnum):
    """What a cell of a column holds, and so how it is read."""

    TEXT = "text"  # kept as written, white space trimmed
    NAME = "name"  # a person's name: inner spaces out, middle dots unified
    IDENTITY = "identity"  # an ID number: never through a float; of a disability number the ID in it
    CERTIFICATE = "certificate"  # a disability number, kept whole: never through a float
    CODE = "code"  # household, member or region code: digits as text, never through a float
    DATE = "date"
    MONTH = "month"  # stored as the first day of the month
    MONEY = "money"  # yuan, exact to the fen
    NUMBER = "number"  # a count or measure in the column's own unit
    PERCENT = "percent"  # 0–100
    YES_NO = "yes_no"
    CHOICE = "choice"  # one code of a list


class Blank(StrEnum):
    """What an empty cell of a column means."""

    NONE = "none"  # there is none (no monitored category, not registered)
    NOT_APPLICABLE = "not_applicable"
    UNKNOWN = "unknown"


@dataclass(frozen=True, eq=False)
class ColumnSpec:
    """One column: its English id, its Chinese spellings (the first is what templates print) and its kind.

    ``choices`` maps each code to its spellings; ``contains`` matches them inside the cell's text, in order.
    A cell outside ``choices`` is unknown and flagged, or takes the code ``other`` where ``open_choice``.
    ``units`` maps unit words to their factor to the column's own unit (``{"分钟": 1, "小时": 60}``).
    """

    id: str
    titles: tuple[str, ...]
    kind: Kind
    blank: Blank = Blank.UNKNOWN
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    contains: bool = False
    open_choice: bool = False
    units: Mapping[str, float] = field(default_factory=dict)
    required: bool = False  # a row without it is rejected (household_code of a roster)
    help: str = ""  # what a template says goes in, where the kind alone does not tell


@dataclass(frozen=True, eq=False)
class SheetSpec:
    """One kind of sheet and when a header is taken for it.

    ``needs``: every group must have at least one of its columns in the header.
    ``deciding``: at least one of these sets must be there in full (none given: nothing more is asked).
    ``excluded_by``: a header with any of these sets of columns of *other* kinds of sheet (written
    ``sheet.column``) in full is not this kind.
    ``identifying``: a row in which all of these are blank is rejected; nobody knows whom it is about.
    """

    id: str
    title: str
    columns: tuple[ColumnSpec, ...]
    needs: tuple[tuple[str, ...], ...]
    deciding: tuple[frozenset[str], ...] = ()
    excluded_by: tuple[frozenset[str], ...] = ()
    identifying: tuple[str, ...] = ()

    def column(self, column_id: str) -> ColumnSpec:
        """The column with this id; KeyError if the sheet has none."""
        for column in self.columns:
            if column.id == column_id:
                return column
        raise KeyError(column_id)
