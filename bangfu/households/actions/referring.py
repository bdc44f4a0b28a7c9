"""Handing a household to civil affairs for the safety net, and following what comes of it (C-057)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.core import audit
from bangfu.core.changing import recording
from bangfu.core.models import Change
from bangfu.households.actions.locking import current
from bangfu.households.enums import ReferralResult, ReferralState
from bangfu.households.models import Household, SafetyNetReferral
from bangfu.households.policies.following import (
    check_acceptable,
    check_decision,
    check_no_open_referral,
    check_past,
)
from bangfu.households.policies.households import check_household_present
from bangfu.households.policies.reach import check_in_place
from bangfu.households.reckoning.days import local_day

_WHAT = "这次转办"


@dataclass(frozen=True)
class Decision:
    """What civil affairs decided: for a refusal why, else from which month and how much (fen)."""

    decided_on: date
    result: ReferralResult
    result_reason: str = ""
    from_month: date | None = None
    standard_fen: int | None = None


def refer_household(
    *, by: User, at: datetime, household: Household, reason: str, handed_on: date, handed_by: str
) -> SafetyNetReferral:
    """Hand a household to civil affairs.

    Raises NotPermitted; SituationForbids for a day to come, or while an earlier hand-over is open.
    """
    check_in_place(by, Permission.HOUSEHOLD_REGISTER, household.place)
    check_household_present(household)
    check_past(handed_on, local_day(at), "移交日期")
    with recording(by=by, at=at, verb="refer_household", effective_on=handed_on) as change:
        check_no_open_referral(household)
        referral = SafetyNetReferral.objects.create(
            household=household, reason=reason, handed_on=handed_on, handed_by=handed_by
        )
        _audit(by, at, "refer_household", referral, change)
    return referral


def accept_referral(
    *, by: User, at: datetime, referral: SafetyNetReferral, version: int, accepted_on: date
) -> SafetyNetReferral:
    """Note that civil affairs took it up; raises NotPermitted, StaleVersion, SituationForbids."""
    check_in_place(by, Permission.HOUSEHOLD_REGISTER, referral.household.place)
    check_past(accepted_on, local_day(at), "受理日期")
    with recording(by=by, at=at, verb="accept_referral", effective_on=accepted_on) as change:
        held = current(referral, version, _WHAT)
        check_acceptable(held, accepted_on)
        held.state, held.accepted_on = ReferralState.ACCEPTED, accepted_on
        held.save()
        _audit(by, at, "accept_referral", held, change)
    return held


def decide_referral(
    *, by: User, at: datetime, referral: SafetyNetReferral, version: int, decision: Decision
) -> SafetyNetReferral:
    """Note the result; a second time it corrects it. Raises NotPermitted, StaleVersion, SituationForbids."""
    check_in_place(by, Permission.HOUSEHOLD_REGISTER, referral.household.place)
    check_past(decision.decided_on, local_day(at), "结果日期")
    with recording(by=by, at=at, verb="decide_referral", effective_on=decision.decided_on) as change:
        held = current(referral, version, _WHAT)
        check_decision(
            held, decision.decided_on, decision.result, decision.result_reason, decision.from_month
        )
        refused = decision.result == ReferralResult.INELIGIBLE
        held.state, held.result, held.decided_on = ReferralState.DECIDED, decision.result, decision.decided_on
        held.result_reason = decision.result_reason
        held.from_month = None if refused else decision.from_month
        held.standard_fen = None if refused else decision.standard_fen
        held.save()
        _audit(by, at, "decide_referral", held, change)
    return held


def _audit(by: User, at: datetime, verb: str, referral: SafetyNetReferral, change: Change) -> None:
    audit.record(
        by=by,
        at=at,
        verb=verb,
        subject=referral.household.subject,
        summary=referral.get_result_display() or referral.get_state_display(),
        data={"referral": str(referral.uid)},
        change=change,
    )
