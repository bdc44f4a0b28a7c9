"""Bulk hand-over: all of one person's households and ties to another, both ends in one step (C-020)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.core.changing import recording
from bangfu.core.errors import SituationForbids
from bangfu.duties.registry import note_ties
from bangfu.households.actions.pairing import hand_over_households
from bangfu.households.models import Pairing
from bangfu.households.policies.reach import check_in_place
from bangfu.households.reckoning.days import local_day
from bangfu.support.actions.parties import party_of_user
from bangfu.support.actions.ties import note_tie, target_of
from bangfu.support.models import Tie
from bangfu.support.policies.ties import check_free, check_holder, known_kind

HANDED_OVER = "移交"


def hand_over_ties(
    *,
    by: User,
    at: datetime,
    giver: User,
    taker: User,
    on: date,
    pairings: Sequence[Pairing] = (),
    ties: Sequence[Tie] = (),
) -> list[Tie]:
    """What ``giver`` has goes to ``taker`` from ``on``; the old ends the day before. All or nothing.

    Raises NotPermitted outside the places of ``by``; SituationForbids for nothing chosen, for a taker who
    left or is the giver, for a day to come, and where the taker may have one of a kind only.
    """
    for tie in ties:
        check_in_place(by, Permission.TIE_MANAGE, tie.place)
    _check(giver, taker, on, local_day(at), len(pairings) + len(ties))
    with recording(by=by, at=at, verb="hand_over_ties", effective_on=on) as change:
        if pairings:
            hand_over_households(by=by, at=at, pairings=pairings, to=taker, on=on)
        ended = _ended(ties, on)
        former = party_of_user(giver)
        party = party_of_user(taker)
        made = []
        for tie in ended:
            kind = known_kind(tie.kind)
            check_holder(kind, taker)
            check_free(kind, party, target_of(tie), on)
            made.append(
                Tie.objects.create(
                    kind=tie.kind,
                    party=party,
                    region=tie.region,
                    other=tie.other,
                    place=tie.place,
                    valid_from=on,
                    planned_to=tie.planned_to,
                    paper_number=tie.paper_number,
                    note=f"从{giver.name}接手",
                )
            )
            note_tie(by, at, "hand_over_ties", made[-1], change)
        note_ties(at=at, holders=[former.subject_id])
    return made


def _ended(ties: Sequence[Tie], on: date) -> list[Tie]:
    """The ties as they stand, ended the day before ``on``, all of them before anybody takes one."""
    rows = Tie.objects.select_for_update(of=("self",)).filter(pk__in=[tie.pk for tie in ties])
    held = list(rows.select_related("party", "region", "other").order_by("pk"))
    for tie in held:
        if tie.valid_to is not None:
            raise SituationForbids(f"有一条关系已在 {tie.valid_to} 结束。什么都没有改，请刷新后重选。")
        if tie.valid_from >= on:
            raise SituationForbids(
                f"有一条关系从 {tie.valid_from} 才开始，移交日期要晚于这一天。什么都没有改。"
            )
        tie.valid_to, tie.end_reason = on - timedelta(days=1), HANDED_OVER
        tie.save()
    return held


def _check(giver: User, taker: User, on: date, today: date, chosen: int) -> None:
    if not chosen:
        raise SituationForbids("没有选要移交的户或关系。请打勾。")
    if giver.pk == taker.pk:
        raise SituationForbids("接手的就是原来的人，不用移交。请另选一人。")
    if not taker.is_active:
        raise SituationForbids(f"{taker.name}已停用，可能已调离，不能接手。请选现在在任的。")
    if on > today:
        raise SituationForbids(f"移交日期最晚到今天（{today}）。")
