"""What somebody applies for, before it is a project."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from decimal import Decimal
from typing import Any

from bangfu.access.models import Unit
from bangfu.core.models import Region


@dataclass(frozen=True)
class ProjectFacts:
    """The columns of the official table that an application fills (facts 3.3); money in fen.

    ``sources`` maps kinds of money (``SourceKind``) to fen; what they leave open of ``planned`` is shown as
    not itemised.
    """

    region: Region
    name: str
    kind: str
    category: str
    nature: str
    content: str
    purpose: str
    applicant: str
    responsible_unit: Unit
    implementing_unit: str
    person_in_charge: str
    starts_on: date
    ends_on: date
    planned: int
    admission_year: int
    quantity: Decimal | None = None
    quantity_unit: str = ""
    spot: str = ""
    household_count: int = 0
    person_count: int = 0
    targeted_count: int = 0
    participation: str = ""
    linkage: str = ""
    sources: Mapping[str, int] = field(default_factory=dict)

    def columns(self) -> dict[str, Any]:
        """The fields of the project itself, without the sources."""
        return {each.name: getattr(self, each.name) for each in fields(self) if each.name != "sources"}
