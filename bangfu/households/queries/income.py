"""Reading income worksheets: the latest one, all versions, two side by side (C-051)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bangfu.households.enums import IncomeCategory
from bangfu.households.models import Household, IncomeLine, IncomeWorksheet
from bangfu.households.queries.recorded import rows_recorded
from bangfu.households.reckoning.income_items import income_items


def latest_worksheet(household: Household, recorded_at: datetime | None = None) -> IncomeWorksheet | None:
    """The newest version of the newest period; None when the household's income was never counted."""
    sheets = worksheets_of(household, recorded_at)
    return sheets[0] if sheets else None


def worksheets_of(household: Household, recorded_at: datetime | None = None) -> list[IncomeWorksheet]:
    """All worksheets of a household, newest period and version first."""
    sheets = rows_recorded(household.worksheets.all(), recorded_at, gone={"household_id": household.pk})
    return sorted(sheets, key=lambda sheet: (sheet.period_to, sheet.pk), reverse=True)


@dataclass(frozen=True)
class ItemChange:
    """An item in two worksheets: what it added in each (fen); ``None`` where it does not stand."""

    category: IncomeCategory
    label: str
    before: int | None
    after: int | None
    counted: bool

    @property
    def change(self) -> int:
        """After − before."""
        return (self.after or 0) - (self.before or 0)


def lines_of(sheet: IncomeWorksheet | None) -> list[IncomeLine]:
    """The lines in their order; none for no worksheet. Lines never change, so any version reads alike."""
    return list(sheet.lines.all()) if sheet else []


def earlier_period(household: Household, sheet: IncomeWorksheet) -> IncomeWorksheet | None:
    """The newest worksheet of the period before, to compare with."""
    earlier = household.worksheets.filter(period_to__lt=sheet.period_to).order_by("-period_to", "-pk")
    return earlier.first()


def side_by_side(before: list[IncomeLine], after: list[IncomeLine]) -> list[ItemChange]:
    """Every item of either worksheet with its sum in both, in the order of the form."""
    old, new = _by_item(before), _by_item(after)
    counted = {line.item: line.counted for line in (*before, *after)}
    return [
        ItemChange(item.category, item.label, old.get(code), new.get(code), counted[code])
        for code, item in income_items().items()
        if code in old or code in new
    ]


def _by_item(lines: list[IncomeLine]) -> dict[str, int]:
    sums: dict[str, int] = {}
    for line in lines:
        signed = -line.amount_fen if line.deducted else line.amount_fen
        sums[line.item] = sums.get(line.item, 0) + signed
    return sums
