"""Items of the income worksheet, read from ``income_items.yaml`` (facts.md 2.3)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from bangfu.households.enums import IncomeCategory

_FILE = Path(__file__).with_name("income_items.yaml")


@dataclass(frozen=True)
class IncomeItem:
    """One item. Where places disagree, ``parameter`` names the county's yes-or-no; else ``counted`` holds.

    A ``deducted`` item is typed as a positive amount and taken away.
    """

    code: str
    category: IncomeCategory
    label: str
    counted: bool
    parameter: str
    deducted: bool
    basis: str
    grade: str
    hint: str


@lru_cache(maxsize=1)
def income_items() -> dict[str, IncomeItem]:
    """All items by code, in the order of the paper form; raises ValueError for a code given twice."""
    found: dict[str, IncomeItem] = {}
    for category, entries in yaml.safe_load(_FILE.read_text("utf-8")).items():
        for entry in entries:
            item = _item(IncomeCategory(category), entry)
            if item.code in found:
                raise ValueError(f"income item {item.code} stands twice")
            found[item.code] = item
    return found


def _item(category: IncomeCategory, entry: dict[str, Any]) -> IncomeItem:
    disputed = isinstance(entry["counted"], dict)
    return IncomeItem(
        code=entry["code"],
        category=category,
        label=entry["label"],
        counted=not disputed and bool(entry["counted"]),
        parameter=entry["counted"]["parameter"] if disputed else "",
        deducted=entry.get("deducted", False),
        basis=entry["basis"],
        grade=entry["grade"],
        hint=entry["hint"],
    )
