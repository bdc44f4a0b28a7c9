"""A county as plain rows: what the oracle reads. Columns are those of bangfu.screening.county.County."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

Row = Mapping[str, Any]


@dataclass(frozen=True)
class PlainCounty:
    """Rows of households, members and lists; a list that was not given is not in ``lists``."""

    households: list[Row]
    members: list[Row]
    lists: dict[str, list[Row]]


@dataclass(frozen=True)
class Parameters:
    """What a rule, a place or a year can change; the defaults stand in the contract's table."""

    registered_line: Decimal = Decimal(5000)
    general_line: Decimal = Decimal(20000)
    outpatient_line: Decimal = Decimal(500)
    monitored_like_registered: bool = True
    school_entry_cutoff: str | None = None  # MM-DD; None: as-of itself
    litres: float = 20
    minutes: float = 20
    reliability: float = 90
    unemployed_months: int = 3
    income_line: float = 8500  # where the province has none of its own
    income_lines: Mapping[str, float] = field(default_factory=dict)  # by the province's two digits


@dataclass(frozen=True)
class Case:
    """One question: a county at a date under parameters."""

    county: PlainCounty
    as_of: dt.date
    parameters: Parameters = field(default_factory=Parameters)
