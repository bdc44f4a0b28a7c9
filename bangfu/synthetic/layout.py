"""The county's files (sheets.yaml): which sheet holds which list, under which titles, in which dress."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib import resources
from typing import Any

import yaml

Columns = tuple[tuple[str | None, str], ...]


@dataclass(frozen=True)
class Dress:
    """What stands around the data of a sheet as people send it; the default is nothing."""

    titles: tuple[str, ...] = ()  # rows above the header
    groups: tuple[tuple[str, str, str], ...] = ()  # group title over the columns from … to …
    footer: tuple[str, ...] = ()
    total: str | None = None  # a last row of sums under this word
    subtotals: bool = False  # 小计 after each township
    header_again_every: int = 0
    blank_row_every: int = 0
    hidden_columns: tuple[str, ...] = ()
    hidden_row: bool = False
    hidden: bool = False  # the whole sheet
    noisy_titles: bool = False  # asterisks, spaces, line breaks
    merged: str | None = None  # a column whose equal neighbours become one merged cell
    notes_beside: bool = False  # a second sheet that is no list
    uneven: bool = True  # cells are spelt in many ways, some rows are damaged


CLEAN = Dress(uneven=False)


@dataclass(frozen=True)
class Sheet:
    """One sheet (or file without sheets); a column is (id, title), id None for one that no dataset knows."""

    key: str
    dataset: str
    path: str
    name: str | None
    columns: Columns
    dress: Dress
    units: Mapping[str, str]
    encoding: str = "utf-8"
    as_text: bool = False
    serial: bool = True  # a first column 序号

    @property
    def ids(self) -> frozenset[str]:
        """The ids of its columns."""
        return frozenset(column for column, _ in self.columns if column)

    @property
    def places_people(self) -> bool:
        """Whether a row without an ID can still be linked: birth date and village stand in it."""
        return {"name", "birth_date", "village"} <= self.ids

    @property
    def typed(self) -> bool:
        """Whether its file holds typed columns (Parquet)."""
        return self.path.endswith(".parquet")

    @property
    def workbook(self) -> bool:
        """Whether its file is a workbook."""
        return self.path.endswith(".xlsx")

    def plain(self) -> Sheet:
        """The same sheet without dress; the two titles of the national system's export stay."""
        return replace(self, dress=replace(CLEAN, titles=self.dress.titles if self.as_text else ()))


def list_sheets(year: int, dirty: bool = True) -> dict[str, Sheet]:
    """The sheets that cover the whole county, by key."""
    made = {key: _sheet(key, raw, {"year": year}) for key, raw in _described()["lists"].items()}
    return made if dirty else {key: sheet.plain() for key, sheet in made.items()}


def roster_sheet(number: int, township: str, year: int, workbook: bool, dirty: bool = True) -> Sheet:
    """The roster of one township; the first ones differ in dress and encoding, then it starts again."""
    raw = _described()["rosters"]
    dress = raw["dresses"][number % len(raw["dresses"])]
    described = {
        "dataset": "household_roster",
        "path": raw["path"] + (".xlsx" if workbook else ".csv"),
        "name": raw["name"] if workbook else None,
        "columns": raw["columns"],
        "dress": dress,
        "encoding": "utf-8" if workbook else raw["encodings"][(number - 1) % len(raw["encodings"])],
    }
    sheet = _sheet(f"roster{number}", described, {"year": year, "township": township})
    return sheet if dirty else sheet.plain()


def notes_sheet() -> tuple[str, tuple[str, ...]]:
    """Name and lines of the sheet that is no list."""
    raw = _described()["notes_sheet"]
    return raw["name"], tuple(raw["lines"])


@lru_cache(maxsize=1)
def _described() -> dict[str, Any]:
    text = (resources.files(__package__) / "sheets.yaml").read_text(encoding="utf-8")
    described: dict[str, Any] = yaml.safe_load(text)
    return described


def _sheet(key: str, raw: Mapping[str, Any], places: Mapping[str, Any]) -> Sheet:
    return Sheet(
        key=key,
        dataset=raw["dataset"],
        path=raw["path"].format(**places),
        name=raw.get("name"),
        columns=_columns(raw["columns"]),
        dress=_dress(raw.get("dress", {}), places),
        units=raw.get("units", {}),
        encoding=raw.get("encoding", "utf-8"),
        as_text=raw.get("as_text", False),
        serial=raw.get("serial", True),
    )


def _columns(text: str) -> Columns:
    pairs = [item.split("=", 1) for item in text.split()]
    return tuple((column or None, title) for column, title in pairs)


def _dress(raw: Mapping[str, Any], places: Mapping[str, Any]) -> Dress:
    told = dict(raw)
    for lines in ("titles", "footer"):
        told[lines] = tuple(line.format(**places) for line in raw.get(lines, ()))
    told["groups"] = tuple(tuple(group) for group in raw.get("groups", ()))
    told["hidden_columns"] = tuple(raw.get("hidden_columns", ()))
    return Dress(**told)
