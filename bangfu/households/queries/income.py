"""Reading income worksheets: the latest one, all versions, two side by side (C-051)."""

from __future__ import annotations

from datetime import datetime

from bangfu.households.models import Household, IncomeWorksheet
from bangfu.households.queries.recorded import rows_recorded


def latest_worksheet(household: Household, recorded_at: datetime | None = None) -> IncomeWorksheet | None:
    """The newest version of the newest period; None when the household's income was never counted."""
    sheets = worksheets_of(household, recorded_at)
    return sheets[0] if sheets else None


def worksheets_of(household: Household, recorded_at: datetime | None = None) -> list[IncomeWorksheet]:
    """All worksheets of a household, newest period and version first."""
    sheets = rows_recorded(household.worksheets.all(), recorded_at)
    return sorted(sheets, key=lambda sheet: (sheet.period_to, sheet.pk), reverse=True)
