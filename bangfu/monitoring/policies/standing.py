"""What the register says of a household that a case depends on: labour, income, the monitoring line."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bangfu.core.money import yuan_text
from bangfu.core.parameters import InForce, explain, value
from bangfu.households.enums import MemberState, WorksheetState
from bangfu.households.models import Household, IncomeWorksheet
from bangfu.households.queries.income import latest_worksheet

SIGNED = (WorksheetState.SIGNED, WorksheetState.RECOUNTED)


@dataclass(frozen=True)
class Line:
    """The monitoring line of a place on a day (fen a person and year), and how far it can be trusted."""

    in_force: InForce

    @property
    def fen(self) -> int:
        """The amount in fen."""
        return int(self.in_force.typed)  # type: ignore[arg-type]

    @property
    def words(self) -> str:
        """The amount with what is to be said about its basis."""
        doubt = "，依据未核实" if self.in_force.unverified else ""
        return f"{yuan_text(self.fen)} 元{doubt}"


def line_of(place: str, on: date) -> Line:
    """The monitoring line; raises ParameterMissing when none holds on the day."""
    return Line(explain("monitoring_income_line", on, place))


def has_labour(household: Household, on: date) -> bool:
    """Whether a present member can work, by the words of the parameter ``labour_words``."""
    words = value("labour_words", on=on, place=household.place)
    present = household.members.filter(state=MemberState.PRESENT)
    return present.filter(labour__in=words).exists()


def signed_worksheet(household: Household) -> IncomeWorksheet | None:
    """The newest worksheet, when the household has signed it."""
    sheet = latest_worksheet(household)
    return sheet if sheet is not None and sheet.signed_on is not None else None


def income_after_own_costs(sheet: IncomeWorksheet) -> int:
    """Per head (fen): net income, less medical costs borne within the rules, plus what insurance paid."""
    own = (sheet.compliant_self_pay_fen or 0) - (sheet.claim_fen or 0)
    return (sheet.net_fen - own) // sheet.persons
