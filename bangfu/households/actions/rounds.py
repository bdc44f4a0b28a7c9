"""Year-end re-identification: open, decide, count, close, reopen, check a sample (C-048, C-052–C-058)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import cast

from django.db.models import Count, QuerySet
from django.utils import timezone

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.scope import within
from bangfu.core import audit, parameters
from bangfu.core.changing import recording
from bangfu.core.errors import NotPermitted, SituationForbids, StaleVersion
from bangfu.core.models import Change, Region
from bangfu.households.actions.round_counting import count_entries
from bangfu.households.actions.standing import give_back_standing, write_standing
from bangfu.households.enums import RoundState
from bangfu.households.models import Household, Member, Round, RoundCheck, RoundEntry, RoundPerson
from bangfu.households.policies.reach import check_in_place
from bangfu.households.policies.rounds import (
    Decision,
    check_closed,
    check_decision,
    check_fits,
    check_may_join,
    check_may_open,
    check_open,
)
from bangfu.households.queries.movement import refusal_to_close
from bangfu.households.reckoning.round_reasons import EXCLUDED_KINDS
from bangfu.households.reckoning.standing import on_register, persons_on

BATCH = 2_000


def open_round(
    *, by: User, at: datetime, region: Region, year: int, opened_on: date, title: str = ""
) -> Round:
    """A round of a place and year with everybody on its register on ``opened_on``, and how many persons each.

    Raises NotPermitted, or SituationForbids as :func:`check_may_open` does.
    """
    check_in_place(by, Permission.ROUND_MANAGE, region.code)
    check_may_open(region.code, year, opened_on, timezone.localdate(at))
    with recording(by=by, at=at, verb="open_round", effective_on=opened_on) as change:
        round = Round.objects.create(
            place=region.code,
            year=year,
            opened_on=opened_on,
            counted_at=at,
            title=title or f"{region.name} {year} 年度动态调整",
        )
        entries = [_opening_entry(round, *row) for row in _opening(region.code, opened_on)]
        RoundEntry.objects.bulk_create(entries, batch_size=BATCH)
        _write_down_persons(round)
        _record(by, at, "open_round", round, change, f"期初 {len(entries)} 户")
    return round


def _opening(place: str, opened_on: date) -> QuerySet:
    """(household, place, persons) of the register on the opening day."""
    households = Household.objects.filter(on_register(), within("place", place))
    persons = Count("members", filter=persons_on(opened_on, "members__"))
    return (
        households.annotate(n=persons).filter(n__gt=0).order_by("place", "id").values_list("pk", "place", "n")
    )


def _opening_entry(round: Round, household: int, place: str, persons: int) -> RoundEntry:
    return RoundEntry(
        round=round,
        household_id=household,
        place=place,
        opening_persons=persons,
        kept_persons=persons,
        closing_persons=persons,
    )


def _write_down_persons(round: Round) -> None:
    """Who belonged to the households of the opening, person by person."""
    entries = dict(RoundEntry.objects.filter(round=round).values_list("household", "pk"))
    members = Member.objects.filter(
        persons_on(round.opened_on), household__round_entries__round=round
    ).values_list("pk", "household")
    RoundPerson.objects.bulk_create(
        (RoundPerson(entry_id=entries[household], member_id=member) for member, household in members),
        batch_size=BATCH,
    )


def decide_round(
    *,
    by: User,
    at: datetime,
    round: Round,
    entries: Collection[int],
    decision: Decision,
    version: int | None = None,
) -> int:
    """Write one decision on some entries (by pk) and return how many; ``version`` guards a single one.

    Raises NotPermitted when one lies outside the places of ``by``, StaleVersion, or SituationForbids.
    """
    with recording(by=by, at=at, verb="decide_round", reason=decision.note) as change:
        check_open(_locked(round))
        chosen = _permitted_entries(by, round, entries)
        _check_version(chosen, version)
        check_decision(round, decision, excluded_kinds(round))
        check_fits(chosen, decision.outcome)
        RoundEntry.objects.filter(pk__in=[entry.pk for entry in chosen]).update(
            **_written(decision), decided_by=by, decided_at=at
        )
        _record(by, at, "decide_round", round, change, f"{len(chosen)} 户", outcome=decision.outcome)
    return len(chosen)


def _permitted_entries(by: User, round: Round, entries: Collection[int]) -> list[RoundEntry]:
    wanted = RoundEntry.objects.filter(round=round, pk__in=entries).select_related("household")
    chosen = list(wanted.visible_to(by, Permission.ROUND_DECIDE))
    if len(chosen) != len(set(entries)):
        raise NotPermitted("选中的户里有您不能填的，一户也没有改。请只选本乡镇的户。")
    if not chosen:
        raise SituationForbids("没有选中任何一户。请先勾选。")
    return chosen


def _check_version(chosen: Sequence[RoundEntry], version: int | None) -> None:
    if version is not None and chosen[0].version != version:
        raise StaleVersion("这一户刚被别人改过。您填的内容还在，请对照现在的结果再提交。")


def excluded_kinds(round: Round) -> tuple[str, ...]:
    """The county's list of kinds that are excluded, as it holds at the end of the round's year."""
    found = parameters.in_force(EXCLUDED_KINDS, date(round.year, 12, 31), round.place)
    return cast(tuple[str, ...], found.typed) if found is not None else ()


def _written(decision: Decision) -> dict[str, object]:
    """The columns of a decision; those its outcome does not ask for are emptied."""
    excluded = not decision.exit_type
    return {
        "outcome": decision.outcome,
        "reason_code": decision.reason_code if excluded else "",
        "reason_kind": decision.reason_kind if excluded else "",
        "exit_type": decision.exit_type,
        "exit_year": None if excluded else decision.exit_year,
        "note": decision.note.strip(),
    }


def add_to_round(
    *, by: User, at: datetime, round: Round, households: Sequence[Household], decision: Decision
) -> int:
    """Bring households from outside the opening in, as new or re-marked (C-055); returns how many."""
    for household in households:
        check_in_place(by, Permission.ROUND_DECIDE, household.place)
    with recording(by=by, at=at, verb="add_to_round", reason=decision.note) as change:
        check_open(_locked(round))
        check_may_join(round, households, decision.outcome)
        check_decision(round, decision, ())
        entries = [_outside_entry(by, at, round, household, decision) for household in households]
        RoundEntry.objects.bulk_create(entries, batch_size=BATCH)
        _record(by, at, "add_to_round", round, change, f"{len(entries)} 户", outcome=decision.outcome)
    return len(entries)


def _outside_entry(
    by: User, at: datetime, round: Round, household: Household, decision: Decision
) -> RoundEntry:
    return RoundEntry(
        round=round,
        household=household,
        place=household.place,
        closing_persons=household.member_count,
        decided_by=by,
        decided_at=at,
        **_written(decision),
    )


def remove_from_round(*, by: User, at: datetime, round: Round, entry: RoundEntry) -> None:
    """Take a household from outside the opening out again, when it was brought in by mistake."""
    check_in_place(by, Permission.ROUND_DECIDE, entry.place)
    with recording(by=by, at=at, verb="remove_from_round") as change:
        check_open(_locked(round))
        if entry.of_opening:
            raise SituationForbids("期初名单里的户不能移出，只能填结果。")
        entry.delete()
        _record(by, at, "remove_from_round", round, change, "移出 1 户")


def count_round(*, by: User, at: datetime, round: Round, on: date | None = None) -> None:
    """Book what the register's natural changes up to ``on`` (today) did to the round's households."""
    check_in_place(by, Permission.ROUND_DECIDE, round.place)
    with recording(by=by, at=at, verb="count_round", effective_on=on) as change:
        check_open(_locked(round))
        count_entries(round, at=at, on=on or timezone.localdate(at))
        _record(by, at, "count_round", round, change, "按登记更新自然变更")


def close_round(*, by: User, at: datetime, round: Round, closed_on: date) -> Round:
    """Count, balance, write the households' standing; refused with the gap when it does not balance."""
    check_in_place(by, Permission.ROUND_MANAGE, round.place)
    if not round.opened_on <= closed_on <= timezone.localdate(at):
        raise SituationForbids("期末日应在期初日和今天之间。")
    with recording(by=by, at=at, verb="close_round", effective_on=closed_on) as change:
        locked = _locked(round)
        check_open(locked)
        count_entries(locked, at=at, on=closed_on)
        refusal = refusal_to_close(locked)
        if refusal:
            raise SituationForbids(refusal)
        write_standing(locked)
        locked.state, locked.closed_on = RoundState.CLOSED, closed_on
        locked.save(update_fields=["state", "closed_on"])
        _record(by, at, "close_round", locked, change, "期初与期末平衡")
    return locked


def reopen_round(*, by: User, at: datetime, round: Round, reason: str) -> Round:
    """Open a closed round again and give its households back the standing they had; needs a reason."""
    check_in_place(by, Permission.ROUND_MANAGE, round.place)
    if not reason.strip():
        raise SituationForbids("重新打开要写明原因，例如依据哪份通知更正哪几户。")
    with recording(by=by, at=at, verb="reopen_round", reason=reason) as change:
        locked = _locked(round)
        check_closed(locked)
        give_back_standing(locked)
        locked.state, locked.closed_on = RoundState.OPEN, None
        locked.save(update_fields=["state", "closed_on"])
        _record(by, at, "reopen_round", locked, change, reason[:200])
    return locked


def check_round(
    *,
    by: User,
    at: datetime,
    round: Round,
    household: Household,
    verdict: str,
    checked_on: date,
    note: str = "",
) -> RoundCheck:
    """Note what a sample check found about one household; checking it again replaces the verdict."""
    check_in_place(by, Permission.ROUND_DECIDE, household.place)
    if not household.place.startswith(round.place):
        raise SituationForbids("这户不在这一批的区划里。请在它所在地的批次里登记抽查。")
    with recording(by=by, at=at, verb="check_round", effective_on=checked_on) as change:
        check, _ = RoundCheck.objects.update_or_create(
            round=round,
            household=household,
            defaults={
                "place": household.place,
                "verdict": verdict,
                "checked_on": checked_on,
                "note": note,
            },
        )
        _record(by, at, "check_round", round, change, "登记抽查 1 户", verdict=verdict)
    return check


def _locked(round: Round) -> Round:
    """The round as it stands now, held until the end of the transaction where the database can."""
    return Round.objects.select_for_update().get(pk=round.pk)


def _record(
    by: User, at: datetime, verb: str, round: Round, change: Change, summary: str, **data: str
) -> None:
    audit.record(
        by=by,
        at=at,
        verb=verb,
        place=round.place,
        summary=f"{round.title}：{summary}",
        data={"round": str(round.uid), **data},
        change=change,
    )
