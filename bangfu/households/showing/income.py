"""A worksheet as a page, a tab or a paper shows it."""

from __future__ import annotations

from typing import Any

import segno
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.households.enums import IncomeCategory, WorksheetState
from bangfu.households.models import IncomeLine, IncomeWorksheet
from bangfu.households.policies.income import check_recountable, check_revisable, is_allowed
from bangfu.households.policies.reach import reaches
from bangfu.households.queries.income import earlier_period, lines_of, side_by_side, worksheets_of
from bangfu.households.reckoning.counting import sums_of
from bangfu.households.reckoning.income_items import income_items

SIGNALS = {
    WorksheetState.DRAFT: "warn",
    WorksheetState.SIGNED: "ok",
    WorksheetState.DISPUTED: "bad",
    WorksheetState.RECOUNTED: "off",
    WorksheetState.REPLACED: "off",
}


def shown(sheet: IncomeWorksheet, compared_with: IncomeWorksheet | None) -> dict[str, Any]:
    """The table: every line in its category, each item's change against another worksheet, the sums."""
    lines = lines_of(sheet)
    changes = {change.label: change for change in side_by_side(lines_of(compared_with), lines)}
    sums = sums_of(lines)
    return {
        "sheet": sheet,
        "signal": {"kind": SIGNALS[WorksheetState(sheet.state)], "word": sheet.get_state_display()},
        "rows": [_row(line, changes, compared_with is not None) for line in lines],
        "sums": _formula(sums),
        "compared_with": compared_with,
        "net_change": sheet.net_fen - compared_with.net_fen if compared_with else None,
        "per_capita_change": sheet.per_capita_fen - compared_with.per_capita_fen if compared_with else None,
        "after_self_pay": _after_self_pay(sheet),
    }


def worksheet_page(sheet: IncomeWorksheet, user: User) -> dict[str, Any]:
    """One version, beside the one it counts again or else the period before, with the steps left to do."""
    before = sheet.recount_of or earlier_period(sheet.household, sheet)
    context = shown(sheet, before)
    context |= {
        "household": sheet.household,
        "versions": [
            each
            for each in worksheets_of(sheet.household)
            if (each.period_from, each.period_to) == (sheet.period_from, sheet.period_to)
        ],
        "differences": side_by_side(lines_of(before), lines_of(sheet)) if sheet.recount_of else [],
        "steps": steps(sheet, user),
    }
    return context


def steps(sheet: IncomeWorksheet, user: User) -> list[dict[str, Any]]:
    """What may be done with the version now, as buttons."""
    printed = {"label": "打印签字", "name": "print_income_worksheet", "icon": "printer"}
    found = [printed] if sheet.state in (WorksheetState.DRAFT, WorksheetState.SIGNED) else []
    if reaches(user, Permission.INCOME_RECORD, sheet.household):
        found += _writing(sheet)
    return [step | {"url": reverse(step["name"], args=[sheet.uid])} for step in found]


def paper(sheet: IncomeWorksheet) -> dict[str, Any]:
    """The paper: all lines with an amount by category, sums, formula, boxes to sign, code for the scan."""
    lines = lines_of(sheet)
    sums = sums_of(lines)
    groups = [
        {
            "category": category,
            "sum": sums[category],
            "rows": [_printed(line) for line in lines if line.category == category],
        }
        for category in IncomeCategory
    ]
    return {
        "sheet": sheet,
        "household": sheet.household,
        "groups": groups,
        "code": _code(sheet),
        "back_url": reverse("income_worksheet", args=[sheet.uid]),
    }


def _formula(sums: dict[IncomeCategory, int]) -> list[tuple[IncomeCategory, str, int]]:
    """Each category with the sign it is written with and its sum, so that the expense reads as − 5,120.00."""
    return [
        (category, _sign(category, position), abs(sums[category]) if _subtracts(category) else sums[category])
        for position, category in enumerate(IncomeCategory)
    ]


def _sign(category: IncomeCategory, position: int) -> str:
    if _subtracts(category):
        return " − "
    return " + " if position else ""


def _subtracts(category: IncomeCategory) -> bool:
    return category == IncomeCategory.BUSINESS_EXPENSE


def _row(line: IncomeLine, changes: dict[str, Any], compared: bool) -> dict[str, Any]:
    item = income_items().get(line.item)
    label = item.label if item else line.item
    change = changes.get(label)
    return {
        "category": line.get_category_display(),
        "label": label,
        "line": line,
        "signed_fen": -line.amount_fen if line.deducted else line.amount_fen,
        "change": change.change if compared and change else None,
        "disputed": bool(item and item.parameter),
    }


def _printed(line: IncomeLine) -> dict[str, Any]:
    item = income_items().get(line.item)
    return {"label": item.label if item else line.item, "line": line}


def _writing(sheet: IncomeWorksheet) -> list[dict[str, Any]]:
    if is_allowed(check_recountable, sheet):
        return [{"label": "重新核算", "name": "recount_income_worksheet", "icon": "refresh", "primary": True}]
    dispute = {"label": "登记异议", "name": "dispute_income_worksheet", "icon": "message"}
    if is_allowed(check_revisable, sheet):
        return [
            {"label": "登记签字", "name": "sign_income_worksheet", "icon": "signature", "primary": True},
            {"label": "改这一版", "name": "revise_income_worksheet", "icon": "pencil"},
            dispute,
        ]
    return [dispute] if sheet.state == WorksheetState.SIGNED else []


def _after_self_pay(sheet: IncomeWorksheet) -> int | None:
    """Net less compliant self-pay plus claims, for whoever judges a sudden hardship; never the net itself."""
    if sheet.compliant_self_pay_fen is None:
        return None
    return sheet.net_fen - sheet.compliant_self_pay_fen + (sheet.claim_fen or 0)


def _code(sheet: IncomeWorksheet) -> SafeString:
    """A QR code with the worksheet's uid, as SVG that follows the text's colour."""
    svg = segno.make(str(sheet.uid), error="m").svg_inline(scale=3, border=0, omitsize=True)
    return mark_safe(svg)
