"""What is typed into a worksheet: three forms on one page, taken together."""

from __future__ import annotations

import json
from typing import Any, cast

from django.utils import timezone

from bangfu.access.requests import SignedInRequest
from bangfu.households.actions.income import WorksheetFacts
from bangfu.households.enums import PeriodKind
from bangfu.households.forms.income import BaseLines, LineFormSet, PeriodForm, WorksheetForm, opening_lines
from bangfu.households.models import Household, IncomeWorksheet
from bangfu.households.queries.income import lines_of
from bangfu.households.reckoning.counting import standings
from bangfu.households.reckoning.periods import Period


class Entry:
    """The page's forms: ``known`` fills them, ``replaces`` is the version that this one supersedes."""

    def __init__(
        self,
        request: SignedInRequest,
        household: Household,
        *,
        known: IncomeWorksheet | None,
        replaces: IncomeWorksheet | None = None,
    ) -> None:
        self.household, self.known, self.replaces = household, known, replaces
        self.today = timezone.localdate()
        data = request.POST if request.method == "POST" else None
        self.head = WorksheetForm(data, initial=self._opening(request))
        lines = LineFormSet(data, initial=opening_lines(lines_of(known)), prefix="lines")
        self.lines = cast(BaseLines, lines)
        self.fixed = _period_of(replaces) if replaces else None
        opening = {"period_kind": request.GET.get("period") or self._usual_kind()}
        self.period_form = PeriodForm(data, household=household, today=self.today, initial=opening)

    def is_valid(self) -> bool:
        """All forms, each checked, so that every error shows at once."""
        # 每张表都要查一遍，所以不用短路的 all()
        head, lines = self.head.is_valid(), self.lines.is_valid()
        period = self.fixed is not None or self.period_form.is_valid()
        return head and lines and period

    def seen_version(self) -> int:
        """The version that the person saw; 0, which no row has, when the page did not say."""
        return self.head.cleaned_data["version"] or 0

    def facts(self) -> WorksheetFacts:
        """What was typed, ready for the action."""
        head = self.head.cleaned_data
        return WorksheetFacts(
            period=self.fixed or self.period_form.period(),
            persons=head["persons"],
            lines=self.lines.facts(),
            compliant_self_pay_fen=head["compliant_self_pay_fen"],
            claim_fen=head["claim_fen"],
            collected_by=head["collected_by"],
        )

    def context(self) -> dict[str, Any]:
        """What the page shows."""
        stand = standings(on=self._shown_period().last, place=self.household.place)
        parts = {
            code: 0 if not each.counted else (-1 if each.item.deducted else 1) for code, each in stand.items()
        }
        return {
            "household": self.household,
            "entry": self,
            "groups": [
                {
                    "category": category,
                    "rows": [(form, stand.get(form["item"].value() or "")) for form in forms],
                }
                for category, forms in self.lines.groups()
            ],
            "parts": json.dumps(parts),
            "faults": sum(len(form.errors) for form in (*self.lines, self.head, self.period_form)),
        }

    def _shown_period(self) -> Period:
        return self.fixed or self.period_form.periods[PeriodKind.ANNUAL]

    def _opening(self, request: SignedInRequest) -> dict[str, Any]:
        same = self.replaces
        return {
            "version": same.version if same else None,
            "persons": same.persons if same else self.household.member_count or 1,
            "compliant_self_pay_fen": same.compliant_self_pay_fen if same else None,
            "claim_fen": same.claim_fen if same else None,
            "collected_by": same.collected_by if same else request.user.name,
        }

    def _usual_kind(self) -> PeriodKind:
        """A household identified in the last twelve months counts from its identification."""
        identified = self.household.identified_month
        fresh = identified is not None and (self.today - identified).days < 366
        return PeriodKind.IDENTIFICATION if fresh and self.known is None else PeriodKind.ANNUAL


def _period_of(sheet: IncomeWorksheet) -> Period:
    return Period(PeriodKind(sheet.period_kind), sheet.period_from, sheet.period_to)
