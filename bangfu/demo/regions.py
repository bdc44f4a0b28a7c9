"""The made-up county's regions, as its rosters name them."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from bangfu.core.changing import SYSTEM, recording
from bangfu.core.models import Region
from bangfu.core.regions import add_region
from bangfu.screening.catalogue.datasets import sheet_specs
from bangfu.tabular.isolation import read_files

COUNTY = "530999"
ANCESTORS = (("53", "演示省"), ("5309", "演示市"), (COUNTY, "云岭县"))
_COLUMNS = ("region_code", "township", "village")
_TOWNSHIP_DIGITS = 9


def make_regions(lists: Path, *, at: datetime) -> list[Region]:
    """The county, its townships and villages, by code; names and codes come from the rosters in ``lists``."""
    names = dict(ANCESTORS) | _named_in(sorted((lists / "户籍名册").iterdir()))
    with recording(by=SYSTEM, at=at, verb="add_region"):
        return [add_region(by=SYSTEM, at=at, code=code, name=names[code]) for code in sorted(names)]


def _named_in(files: list[Path]) -> dict[str, str]:
    names: dict[str, str] = {}
    for sheets in read_files(files, sheet_specs()):
        for sheet in () if isinstance(sheets, str) else sheets:
            if sheet.table is not None and set(_COLUMNS) <= set(sheet.table.column_names):
                rows = sheet.table.select(_COLUMNS).group_by(list(_COLUMNS)).aggregate([]).to_pylist()
                for row in rows:
                    names[row["region_code"][:_TOWNSHIP_DIGITS]] = row["township"]
                    names[row["region_code"]] = row["village"]
    return names
