"""What a referral or a relocation may do next; each check raises SituationForbids with a Chinese reason."""

from __future__ import annotations

from datetime import date

from bangfu.core.errors import SituationForbids
from bangfu.households.enums import ReferralResult, ReferralState, RelocationState
from bangfu.households.models import Household, Relocation, SafetyNetReferral


def check_past(day: date, today: date, what: str) -> None:
    """Nothing that has not happened yet."""
    if day > today:
        raise SituationForbids(f"{what}最晚到今天（{today}）。")


def check_no_open_referral(household: Household) -> None:
    """One hand-over at a time."""
    waiting = household.referrals.exclude(state=ReferralState.DECIDED).first()
    if waiting is not None:
        raise SituationForbids(
            f"这一户 {waiting.handed_on} 已经转给民政，还没有结果。等有了结果，再转下一次。"
        )


def check_acceptable(referral: SafetyNetReferral, accepted_on: date) -> None:
    """Handed on, not accepted yet, and not accepted before it was handed on."""
    if referral.state != ReferralState.HANDED_ON:
        raise SituationForbids(f"这一次{referral.get_state_display()}，不用再登记受理。")
    if accepted_on < referral.handed_on:
        raise SituationForbids(f"受理日期早于移交日期（{referral.handed_on}），请核对。")


def check_decision(
    referral: SafetyNetReferral, decided_on: date, result: str, reason: str, from_month: date | None
) -> None:
    """After the hand-over; no means why, yes means from when."""
    if decided_on < (referral.accepted_on or referral.handed_on):
        raise SituationForbids("结果日期早于移交或受理日期，请核对。")
    if result == ReferralResult.INELIGIBLE and not reason.strip():
        raise SituationForbids("不符合条件的，请写民政给的理由，农户会问。")
    if result != ReferralResult.INELIGIBLE and from_month is None:
        raise SituationForbids("请填从哪个月起享受。")


def check_not_settled(relocation: Relocation) -> None:
    """Who has moved in is no longer waited for."""
    if relocation.state == RelocationState.MOVED_IN:
        raise SituationForbids(f"这一户 {relocation.settled_on} 已经入住。填错了的，请先改搬迁计划。")
