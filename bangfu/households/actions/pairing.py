"""Pairing a cadre with a household, ending it, handing all of one helper's households over (C-020, C-187)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import DateField, Value
from django.db.models.functions import Greatest

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.core import audit
from bangfu.core.changing import recording
from bangfu.core.errors import SituationForbids
from bangfu.core.models import Change, Subject
from bangfu.households.actions.locking import locked
from bangfu.households.models import Household, Pairing
from bangfu.households.pairing_news import tell_pairings
from bangfu.households.policies.households import check_household_present
from bangfu.households.policies.reach import check_in_place
from bangfu.households.reckoning.days import local_day
from bangfu.households.terms import check_ends, check_start

HANDED_OVER = "移交"


def pair_household(
    *, by: User, at: datetime, household: Household, helper: User, valid_from: date
) -> Pairing:
    """A helper begins with a household; raises SituationForbids while another has it (one each, C-187)."""
    check_in_place(by, Permission.GRID_MANAGE, household.place)
    check_household_present(household)
    check_start(valid_from, local_day(at))
    _check_free(household, helper, valid_from)
    with recording(by=by, at=at, verb="pair_household", effective_on=valid_from) as change:
        pairing = Pairing.objects.create(household=household, helper=helper, valid_from=valid_from)
        _audit(by, at, "pair_household", household.subject, change, helper=str(helper.uid))
        tell_pairings(by, at, [helper])
    return pairing


def pair_households(
    *, by: User, at: datetime, households: Sequence[Household], helper: User, valid_from: date
) -> list[Pairing]:
    """One helper begins with several households, all or none; raises as :func:`pair_household`."""
    if not households:
        raise SituationForbids("还没有选户。请先在表里打勾。")
    with recording(by=by, at=at, verb="pair_households", effective_on=valid_from):
        return [
            pair_household(by=by, at=at, household=household, helper=helper, valid_from=valid_from)
            for household in households
        ]


def unpair_household(*, by: User, at: datetime, pairing: Pairing, valid_to: date, end_reason: str) -> Pairing:
    """End a pairing on its last day; raises SituationForbids without reason, or when it cannot end so."""
    household = pairing.household
    check_in_place(by, Permission.GRID_MANAGE, household.place)
    if not end_reason.strip():
        raise SituationForbids("请写结束结对的原因，例如：工作调动、户已整户迁出。")
    with recording(by=by, at=at, verb="unpair_household", effective_on=valid_to) as change:
        held = locked(pairing)
        check_ends(held.valid_from, held.valid_to, valid_to, local_day(at), "这次结对")
        held.valid_to, held.end_reason = valid_to, end_reason
        held.save()
        _audit(by, at, "unpair_household", household.subject, change, helper=str(held.helper.uid))
        tell_pairings(by, at, [held.helper])
    return held


def end_pairings(household: Household, on: date) -> None:
    """End the pairings of a household that is no longer here, inside the recording that ended it.

    They end on the same day, one that began later on its first day; the reason is what became of the
    household. Undoing the change gives them back.
    """
    reason = household.get_state_display()
    last = Greatest("valid_from", Value(on, DateField()))
    household.pairings.filter(valid_to=None).update(valid_to=last, end_reason=reason)


def hand_over_households(
    *, by: User, at: datetime, pairings: Sequence[Pairing], to: User, on: date
) -> list[Pairing]:
    """Give one helper's households to another from ``on``; the old pairings end the day before.

    Raises NotPermitted when one household lies outside the places of ``by``; SituationForbids for none, for
    helpers that are the same, and for pairings that ended or begin on that day or later. All or
    nothing: no household is left without a helper.
    """
    for pairing in pairings:
        check_in_place(by, Permission.GRID_MANAGE, pairing.household.place)
    with recording(by=by, at=at, verb="hand_over_households", effective_on=on) as change:
        given = list(
            Pairing.objects.select_for_update(of=("self",))
            .filter(pk__in=[pairing.pk for pairing in pairings])
            .select_related("household__subject", "helper")
        )
        _check_hand_over(given, to, on, local_day(at))
        for pairing in given:
            pairing.valid_to, pairing.end_reason = on - timedelta(days=1), HANDED_OVER
        Pairing.objects.bulk_update(given, ["valid_to", "end_reason"])
        taken = Pairing.objects.bulk_create(
            Pairing(household=pairing.household, helper=to, valid_from=on) for pairing in given
        )
        for pairing in given:
            _audit(by, at, "hand_over_households", pairing.household.subject, change, to=str(to.uid))
        tell_pairings(by, at, {to, *(pairing.helper for pairing in given)})
    return taken


def _check_free(household: Household, helper: User, valid_from: date) -> None:
    # 结束日早于新开始日的不算重叠
    held = household.pairings.exclude(valid_to__lt=valid_from).select_related("helper").first()
    if held is None:
        return
    if held.helper_id == helper.pk:
        raise SituationForbids(f"{helper.name}已经从 {held.valid_from} 起帮扶这一户。")
    raise SituationForbids(
        f"这一户已有帮扶责任人{held.helper.name}（{held.valid_from} 起）。每户一人：换人请用“移交”。"
    )


def _check_hand_over(pairings: Sequence[Pairing], to: User, on: date, today: date) -> None:
    if not pairings:
        raise SituationForbids("没有可移交的户。请先选原帮扶责任人和要移交的户。")
    if on > today:
        raise SituationForbids(f"移交日期最晚到今天（{today}）。")
    for pairing in pairings:
        if pairing.helper_id == to.pk:
            raise SituationForbids("接手的就是原帮扶责任人，不用移交。请另选一人。")
        if pairing.valid_to is not None:
            raise SituationForbids(f"有一户的结对已在 {pairing.valid_to} 结束。什么都没有改，请刷新后重选。")
        if pairing.valid_from >= on:
            raise SituationForbids(
                f"有一户从 {pairing.valid_from} 才结对，移交日期要晚于这一天。什么都没有改。"
            )


def _audit(by: User, at: datetime, verb: str, subject: Subject, change: Change, **data: Any) -> None:
    audit.record(by=by, at=at, verb=verb, subject=subject, data=data, change=change)
