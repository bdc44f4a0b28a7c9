"""Datasets: what each list is, read from ``datasets/*.yaml`` and checked on loading."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from importlib import resources
from typing import Any

import yaml

from bangfu.tabular.spec import Blank, ColumnSpec, Kind, SheetSpec

ROSTER = "household_roster"
IDENTIFYING = ("name", "id_number", "disability_number")
"""A row must have one of these, or it belongs to nobody."""


class PersonalClass(StrEnum):
    """What a column says of a person. Only facts enter the tables that the engine reads."""

    IDENTITY = "identity"
    CONTACT = "contact"
    HEALTH = "health"
    TEXT = "text"
    FACT = "fact"


@dataclass(frozen=True)
class Dataset:
    """One kind of list: its sheet, the class of each column, and whom a row is about.

    ``subject`` is ``member`` or ``household`` (a row about a household names its head or any member).
    ``household_columns`` are the roster's columns that belong to the household, not to the person.
    """

    id: str
    title: str
    sender: str
    subject: str
    sheet: SheetSpec
    classes: Mapping[str, PersonalClass]
    household_columns: frozenset[str] = frozenset()

    @property
    def fact_columns(self) -> tuple[ColumnSpec, ...]:
        """The columns that the engine may read."""
        return tuple(c for c in self.sheet.columns if self.classes[c.id] is PersonalClass.FACT)


class DatasetError(ValueError):
    """A dataset file that cannot be used; the message names file, column and what is wrong."""


@lru_cache(maxsize=1)
def load_datasets() -> Mapping[str, Dataset]:
    """All built-in datasets by id, in the order of the contract. Raises DatasetError on a faulty file."""
    folder = resources.files(__package__) / "datasets"
    shared = yaml.safe_load((folder / "_shared.yaml").read_text(encoding="utf-8"))
    listed = (f for f in folder.iterdir() if f.name.endswith(".yaml") and not f.name.startswith("_"))
    files = sorted(listed, key=lambda f: f.name)
    loaded = [_dataset(f.name, yaml.safe_load(f.read_text(encoding="utf-8")), shared) for f in files]
    order = {dataset_id: position for position, dataset_id in enumerate(shared["order"])}
    return {dataset.id: dataset for dataset in sorted(loaded, key=lambda d: order[d.id])}


def read_dataset(raw: Mapping[str, Any]) -> Dataset:
    """A list that an upper room brings, written like those here. No screening reads it.

    Raises DatasetError for one that is written wrongly.
    """
    folder = resources.files(__package__) / "datasets"
    shared = yaml.safe_load((folder / "_shared.yaml").read_text(encoding="utf-8"))
    return _dataset(raw["id"], raw, shared)


def sheet_specs() -> tuple[SheetSpec, ...]:
    """The sheets that a workbook may hold, for :func:`bangfu.tabular.recognise`."""
    return tuple(dataset.sheet for dataset in load_datasets().values())


def _dataset(file: str, raw: Mapping[str, Any], shared: Mapping[str, Any]) -> Dataset:
    choices = shared["choices"]
    listed = dict(raw["columns"])
    for column_id in raw.get("common_columns", shared["common_columns"]):
        if column_id not in listed:
            listed[column_id] = shared["columns"][column_id]
    columns, classes = [], {}
    for column_id, described in listed.items():
        try:
            columns.append(_column(column_id, described, choices))
            classes[column_id] = PersonalClass(described.get("class", "fact"))
        except (KeyError, ValueError, TypeError) as error:
            raise DatasetError(f"{file}: 列 {column_id}: {error}") from error
    sheet = SheetSpec(
        id=raw["id"],
        title=raw["title"],
        columns=tuple(columns),
        needs=tuple(tuple(group) for group in raw["needs"]),
        deciding=tuple(frozenset(group) for group in raw.get("deciding", [])),
        excluded_by=tuple(frozenset(group) for group in raw.get("excluded_by", [])),
        identifying=tuple(column.id for column in columns if column.id in IDENTIFYING),
    )
    known = {column.id for column in columns}
    wanted = {c for group in sheet.needs for c in group} | {c for group in sheet.deciding for c in group}
    if wanted - known:
        raise DatasetError(f"{file}: needs/deciding 提到没有的列 {sorted(wanted - known)}")
    return Dataset(
        id=raw["id"],
        title=raw["title"],
        sender=raw["sender"],
        subject=raw["subject"],
        sheet=sheet,
        classes=classes,
        household_columns=frozenset(raw.get("household_columns", [])),
    )


def _column(column_id: str, described: Mapping[str, Any], choices: Mapping[str, Any]) -> ColumnSpec:
    listed = described.get("choices", {})
    if isinstance(listed, str):
        listed = choices[listed]
    return ColumnSpec(
        id=column_id,
        titles=tuple(described["titles"]),
        kind=Kind(described.get("kind", "text")),
        blank=Blank(described.get("blank", "unknown")),
        choices={code: tuple(spellings) for code, spellings in listed.items()},
        contains=bool(described.get("contains", False)),
        open_choice=bool(described.get("open_choice", False)),
        units={str(word): float(factor) for word, factor in described.get("units", {}).items()},
        required=bool(described.get("required", False)),
    )
