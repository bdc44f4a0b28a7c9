"""应纳未纳: households that should be monitored, or on the way to it, and are not.

Three ways to be missed: a clue was found at risk and no case was opened; a case was opened and its study is
over its limit; a case was refused though the conditions were met by rule and nobody looked again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from typing import Any

from django.db.models import Case as Either
from django.db.models import CharField, Exists, OuterRef, Q, QuerySet, Subquery, Value, When

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.households.enums import HouseholdState
from bangfu.households.models import Household, IncomeWorksheet
from bangfu.monitoring.enums.cases import CaseKind, CaseOutcome, ObjectionState
from bangfu.monitoring.enums.clues import ClueState, Verdict
from bangfu.monitoring.enums.figures import MissedReason
from bangfu.monitoring.models import Case, CaseObjection, Clue, HomeVerification
from bangfu.monitoring.policies.requirements import INCOME_BOUND
from bangfu.monitoring.policies.standing import line_of
from bangfu.workflow.among import among

COUNTY = 6
"""Digits of a county's code: the line is the county's."""


def missed(user: User, permission: Permission, on: date) -> QuerySet[Any]:
    """The households with ``missed_reason``, ``missed_since`` and the uid of the clue or case behind it."""
    clues, studies, refused = _clues(), _late_studies(on), _refused(user, permission)
    watched = ~Q(monitored_category="") & ~Q(risk_removed=True)
    rows = (
        Household.objects.visible_to(user, permission).filter(state=HouseholdState.PRESENT).exclude(watched)
    )
    of_case = refused.filter(household=OuterRef("pk")).order_by("-pk")
    of_study = studies.filter(household=OuterRef("pk"))
    of_clue = clues.filter(household=OuterRef("pk"))
    in_study, in_clue = Q(pk__in=studies.values("household")), Q(pk__in=clues.values("household"))
    return rows.filter(in_study | in_clue | Q(pk__in=refused.values("household"))).annotate(
        missed_reason=Either(
            When(in_study, then=Value(MissedReason.NO_STUDY.value)),
            When(in_clue, then=Value(MissedReason.NO_CASE.value)),
            default=Value(MissedReason.REFUSED.value),
            output_field=CharField(),
        ),
        missed_since=Either(
            When(in_study, then=Subquery(of_study.values("run__step_due_on")[:1])),
            When(in_clue, then=Subquery(of_clue.values("verified_on")[:1])),
            default=Subquery(of_case.values("run__entered_on")[:1]),
        ),
        missed_case=Either(
            When(in_study, then=Subquery(of_study.values("uid")[:1])),
            default=Subquery(of_case.values("uid")[:1]),
        ),
    )


def _clues() -> QuerySet[Clue]:
    """Found at risk, and no case under way; the clue still waits for one."""
    under_way = Case.objects.filter(household=OuterRef("household"), closed_on=None)
    waiting = Clue.objects.filter(state=ClueState.VERIFIED, verdict=Verdict.AT_RISK)
    return waiting.filter(~Exists(under_way), household__isnull=False)


def _late_studies(on: date) -> QuerySet[Case]:
    open_ = Case.objects.filter(kind=CaseKind.IDENTIFICATION, closed_on=None, run__state="study")
    return open_.filter(run__step_due_on__lt=on, run__paused_on=None)


def _refused(user: User, permission: Permission) -> QuerySet[Case]:
    """The households' last cases that were refused though verification found a risk and the income fits."""
    line = cache(lambda county, on: line_of(county, on).fen)
    found = [row["pk"] for row in _refusals(user, permission) if _meets(row, line)]
    return Case.objects.filter(pk__in=among(found))


def _refusals(user: User, permission: Permission) -> Iterator[dict[str, Any]]:
    """Refused and not reopened; no case after it, and no objection after which somebody looked again."""
    rows = Case.objects.visible_to(user, permission).filter(
        Q(outcome=CaseOutcome.REFUSED) | Q(run__state="refused"), kind=CaseKind.IDENTIFICATION
    )
    later = Case.objects.filter(household=OuterRef("household"), pk__gt=OuterRef("pk"))
    looked_again = CaseObjection.objects.filter(case=OuterRef("pk"), state=ObjectionState.DISMISSED)
    visits = HomeVerification.objects.filter(case=OuterRef("pk")).order_by("-pk")
    sheets = IncomeWorksheet.objects.filter(household=OuterRef("household")).order_by("-period_to", "-pk")
    counted = rows.filter(~Exists(later), ~Exists(looked_again)).annotate(
        found_risks=Subquery(visits.values("risks")[:1]),
        **{name: Subquery(sheets.values(name)[:1]) for name in _SHEET},
    )
    yield from counted.order_by().values("pk", "place", "category", "discovered_on", "found_risks", *_SHEET)


_SHEET = ("net_fen", "persons", "compliant_self_pay_fen", "claim_fen", "signed_on")


def _meets(row: dict[str, Any], line: Callable[[str, date], int]) -> bool:
    """As the step 入户核查 asks it: a risk, a category, and where the category depends on it the income."""
    if not row["found_risks"] or not row["category"]:
        return False
    if row["category"] not in INCOME_BOUND:
        return True
    if row["signed_on"] is None:
        return False
    own = (row["compliant_self_pay_fen"] or 0) - (row["claim_fen"] or 0)
    a_head: int = (row["net_fen"] - own) // row["persons"]
    return a_head < line(row["place"][:COUNTY], row["discovered_on"])
