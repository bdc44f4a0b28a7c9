"""Who hears of a sheet that shows a risk: upper rooms say so, and make a clue of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from bangfu.access.models import User
from bangfu.forms.models import Sheet
from bangfu.households.models import Household


class RiskReceiver(Protocol):
    """Takes a risky sheet, within the transaction that keeps it."""

    def __call__(
        self, *, by: User, at: datetime, household: Household, sheet: Sheet, risks: Sequence[str], words: str
    ) -> None:
        """``risks`` are words of ``bangfu.forms.terms.RISKS``; ``words`` say what was found."""
        ...


_receivers: list[RiskReceiver] = []


def register_risk_receiver(receiver: RiskReceiver) -> None:
    """Called when the application starts."""
    if receiver not in _receivers:
        _receivers.append(receiver)


def tell(*, by: User, at: datetime, sheet: Sheet) -> None:
    """Hand the risks of a sheet on."""
    risks = list(dict.fromkeys(risk["kind"] for risk in sheet.risks))
    words = "；".join(risk["words"] for risk in sheet.risks)
    for receiver in _receivers:
        receiver(by=by, at=at, household=sheet.household, sheet=sheet, risks=risks, words=words)
