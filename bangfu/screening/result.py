"""The result of a screening, and its JSON form (format 1, a public contract)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Rejection:
    """One cell that made a row unusable: where, what was found, what was expected."""

    row: int  # counted from 1, as the spreadsheet shows it
    column: str | None  # the header as written
    found: str
    expected: str

    @property
    def sentence(self) -> str:
        """The reason in one Chinese sentence."""
        where = f"“{self.column}”" if self.column else "本行"
        found = f"是“{self.found}”" if self.found else "是空的"
        return f"{where}{found}，应为{self.expected}。"


@dataclass(frozen=True)
class RejectedSheet:
    """The rejected rows of one sheet of a source.

    ``relative_path``: the source's path below INPUT, with ``/``. ``sheet``: None for files without sheets.
    ``header_rows``: the header's row or rows as they stood, best with all rows above: a unit may stand there.
    ``rows``: row number and cells, in reading order. ``reasons``: row number → what is wrong. ``source``: the
    path as in the result; tells apart two inputs that have a file of the same relative path.
    """

    relative_path: str
    sheet: str | None
    header_rows: list[list[Any]]
    rows: list[tuple[int, list[Any]]]
    reasons: Mapping[int, list[Rejection]]
    source: str = ""


@dataclass(frozen=True)
class Unmatched:
    """An accepted row of a list whose person is not in the roster."""

    row: int
    reason: str


@dataclass
class SourceReport:
    """What became of one sheet (or file without sheets)."""

    path: str
    sheet: str | None
    dataset: str | None
    header_row: int | None = None
    rows: int = 0
    accepted: int = 0
    repaired: int = 0
    rejected: int = 0
    unmatched: int = 0
    duplicates: int = 0
    repairs: dict[str, int] = field(default_factory=dict)
    unknown_columns: list[str] = field(default_factory=list)
    flags: dict[str, int] = field(default_factory=dict)
    rejections: list[Rejection] = field(default_factory=list)
    unmatched_rows: list[Unmatched] = field(default_factory=list)
    error: str | None = None


@dataclass(frozen=True)
class RuleReport:
    """Whether a rule was run, and why not."""

    id: str
    version: int
    status: str  # run | not_run
    reason: str | None


@dataclass(frozen=True)
class Finding:
    """One household or member that a rule found, with what decided it."""

    rule: str
    rule_title: str
    kind: str  # risk | quality
    household: str
    member: str | None
    severity: str  # high | medium | low
    reason: str
    values: dict[str, Any]
    basis: str
    # for the clues workbook only, not in the JSON
    county: str | None = None
    township: str | None = None
    village: str | None = None
    head_name: str | None = None
    member_name: str | None = None
    helper: str | None = None
    owner: str = ""  # who acts
    due: dt.date | None = None  # by when


@dataclass(frozen=True)
class Undecided:
    """A household or member of which a rule could not decide, and what is unknown."""

    rule: str
    household: str
    member: str | None
    missing: list[str]
    # for the clues workbook only, not in the JSON
    township: str | None = None
    village: str | None = None
    head_name: str | None = None
    member_name: str | None = None


@dataclass
class Result:
    """All of a screening; :func:`as_json` gives the public form."""

    as_of: dt.date
    catalogue: str
    engine: dict[str, str]
    households: int
    members: int
    sources: list[SourceReport]
    rules: list[RuleReport]
    findings: list[Finding]
    undecided: list[Undecided]
    timings: dict[str, float]


_FINDING_KEYS = ("rule", "kind", "household", "member", "severity", "reason", "values", "basis")
_UNDECIDED_KEYS = ("rule", "household", "member", "missing")


def as_json(result: Result) -> dict[str, Any]:
    """The result as the JSON object of the command line's contract."""
    return {
        "format": 1,
        "as_of": result.as_of.isoformat(),
        "catalogue": result.catalogue,
        "engine": result.engine,
        "registry": {"households": result.households, "members": result.members},
        "sources": [_source(source) for source in result.sources],
        "rules": [vars(rule) for rule in result.rules],
        "findings": [{key: getattr(finding, key) for key in _FINDING_KEYS} for finding in result.findings],
        "undecided": [{key: getattr(item, key) for key in _UNDECIDED_KEYS} for item in result.undecided],
        "timings": result.timings,
    }


def _source(source: SourceReport) -> dict[str, Any]:
    plain = dict(vars(source))
    plain["rejections"] = [vars(item) for item in source.rejections]
    plain["unmatched_rows"] = [vars(item) for item in source.unmatched_rows]
    return plain
