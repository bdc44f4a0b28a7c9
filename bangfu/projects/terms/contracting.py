"""What a contract says when it is signed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class ContractFacts:
    """A contract as signed; amount in fen, retention in thousandths."""

    number: str
    contractor: str
    matter: str
    object: str
    way: str
    selected_on: date
    amount: int
    signed_on: date
    starts_on: date
    ends_on: date
    retention: int = 0
    warranty_until: date | None = None
