"""Hand-overs to civil affairs and relocations all over the made-up county, in every state."""

from __future__ import annotations

from datetime import date, datetime

from bangfu.access.models import User
from bangfu.households.actions.referring import (
    Decision,
    accept_referral,
    decide_referral,
    refer_household,
)
from bangfu.households.actions.relocating import (
    RelocationPlan,
    hold_relocation,
    plan_relocation,
    settle_relocation,
)
from bangfu.households.enums import ReferralResult, UnsettledReason
from bangfu.households.models import Household
from bangfu.households.queries.following import to_be_referred

_RELOCATED, _EVERY = 48, 9
_REASONS = ("整户没有劳动能力", "重残，家里没有能干活的人", "老人独居，子女无力赡养")
_PLACES = (
    ("concentrated", "county_town", "县城幸福小区"),
    ("concentrated", "township", "集镇安置点"),
    ("scattered", "in_village", ""),
)


def make_following(by: User, *, at: datetime) -> None:
    """Two in three households of the safety net handed on; every so many a relocation."""
    waiting = list(to_be_referred(Household.objects.order_by("id")))
    for index, home in enumerate(waiting[: -(-len(waiting) * 2 // 3)]):
        _refer(by, home, index, at)
    standing = Household.objects.filter(household_type="registered", state="present").order_by("id")
    for index, home in enumerate(standing[: _RELOCATED * _EVERY : _EVERY]):
        _relocate(by, home, index, at)


def _refer(by: User, home: Household, index: int, at: datetime) -> None:
    reason = _REASONS[index % len(_REASONS)]
    made = refer_household(
        by=by, at=at, household=home, reason=reason, handed_on=date(2026, 8, 12), handed_by="段文"
    )
    if index % 4 == 1:
        return
    made = accept_referral(by=by, at=at, referral=made, version=made.version, accepted_on=date(2026, 8, 24))
    if index % 4 == 2:
        return
    decision = Decision(
        date(2026, 9, 20), ReferralResult.MINIMUM_LIVING, from_month=date(2026, 10, 1), standard_fen=98_000
    )
    if index % 8 == 4:
        decision = Decision(
            date(2026, 9, 20), ReferralResult.INELIGIBLE, result_reason="有法定赡养人，收入高于低保标准"
        )
    decide_referral(by=by, at=at, referral=made, version=made.version, decision=decision)


def _relocate(by: User, home: Household, index: int, at: datetime) -> None:
    resettlement, kind, name = _PLACES[index % len(_PLACES)]
    plan = RelocationPlan("single", resettlement, kind, date(2026, 9, 30), place_name=name)
    made = plan_relocation(by=by, at=at, household=home, plan=plan)
    if index % 6 == 4:
        hold_relocation(
            by=by,
            at=at,
            relocation=made,
            version=made.version,
            reason=UnsettledReason.CANNOT_FIT_OUT,
            note="年底前装好再搬",
        )
    elif index % 6:
        settle_relocation(by=by, at=at, relocation=made, version=made.version, settled_on=date(2026, 9, 12))
