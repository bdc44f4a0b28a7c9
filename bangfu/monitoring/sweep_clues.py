"""From a sheet of a sweep that shows a risk to the household's clue."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bangfu.access.models import User
from bangfu.forms.models import Sheet
from bangfu.households.models import Household
from bangfu.monitoring.actions.clues import Told, register_clue
from bangfu.monitoring.enums.clues import ClueChannel, RiskKind

_KINDS = {kind.label: kind.value for kind in RiskKind}


def clue_of_sheet(
    *, by: User, at: datetime, household: Household, sheet: Sheet, risks: Sequence[str], words: str
) -> None:
    """Register the clue, or join the open one; within the transaction that keeps the sheet."""
    told = Told(
        channel=ClueChannel.SWEEP,
        told_on=sheet.filled_on,
        text=f"{sheet.task.sweep.title}，{sheet.get_kind_display()}：{words}",
        risks=[_KINDS[risk] for risk in risks],
    )
    register_clue(by=by, at=at, told=told, household=household)
