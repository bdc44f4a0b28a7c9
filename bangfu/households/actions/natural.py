"""Natural changes, C-054: births, marriages, deaths, moves; dated, undone on the day of entry only."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.core import audit
from bangfu.core.changing import recording
from bangfu.core.models import Region
from bangfu.core.undoing import undo
from bangfu.households.actions.pairing import end_pairings
from bangfu.households.actions.registering import (
    HEAD_RELATION,
    MemberFacts,
    refresh_household,
    register_household,
    write_member,
)
from bangfu.households.enums import LEAVING_STATES, HouseholdState, MemberState, NaturalChangeKind
from bangfu.households.models import Household, Member, NaturalChange
from bangfu.households.policies.households import check_household_present
from bangfu.households.policies.natural import (
    check_day,
    check_head_named,
    check_member_present,
    check_undoable,
)
from bangfu.households.policies.reach import check_in_place
from bangfu.households.reckoning.days import local_day


def record_natural_change(
    *,
    by: User,
    at: datetime,
    household: Household,
    kind: NaturalChangeKind,
    occurred_on: date,
    person: MemberFacts | None = None,
    member: Member | None = None,
    new_head: Member | None = None,
    note: str = "",
) -> NaturalChange:
    """A person joins (``person``) or leaves (``member``), or the whole household moves away.

    When the head leaves and others stay, ``new_head`` names one of them; when the last one leaves, the
    household is extinct. With a household its pairings end. Raises NotPermitted or SituationForbids;
    ValueError for a kind with a step of its own.
    """
    check_in_place(by, Permission.HOUSEHOLD_REGISTER, household.place)
    check_household_present(household)
    check_day(occurred_on, today=local_day(at), joined_on=member.joined_on if member else None)
    with recording(
        by=by, at=at, verb="record_natural_change", reason=note, effective_on=occurred_on
    ) as change:
        if kind.adds and person is not None:
            who, persons = write_member(household, person, joined_on=occurred_on), 1
        elif kind.removes and member is not None:
            who, persons = _leave(household, member, kind, occurred_on, new_head), 1
        elif kind is NaturalChangeKind.HOUSEHOLD_OUT:
            who, persons = None, _move_out(household, occurred_on)
        else:
            raise ValueError(f"{kind} needs other facts or another step")
        refresh_household(household)
        if household.state != HouseholdState.PRESENT:
            end_pairings(household, occurred_on)
        booked = NaturalChange.objects.create(
            household=household, member=who, kind=kind, occurred_on=occurred_on, persons=persons, note=note
        )
        audit.record(
            by=by,
            at=at,
            verb="record_natural_change",
            subject=household.subject,
            summary=kind.label,
            data={"kind": kind.value, "persons": persons},
            change=change,
        )
    return booked


def _leave(
    household: Household, member: Member, kind: NaturalChangeKind, day: date, new_head: Member | None
) -> Member:
    check_member_present(household, member)
    others = household.members.filter(state=MemberState.PRESENT).exclude(pk=member.pk)
    if member.is_head and others.exists():
        check_head_named(household, new_head, leaving=(member,))
    _depart(member, LEAVING_STATES[kind], day)
    if not others.exists():
        household.state = HouseholdState.EXTINCT
    elif new_head is not None:
        appoint_head(new_head)
    return member


def _move_out(household: Household, day: date) -> int:
    people = list(household.members.filter(state=MemberState.PRESENT))
    for member in people:
        _depart(member, MemberState.MOVED_OUT, day)
    household.state = HouseholdState.MOVED_OUT
    return len(people)


def _depart(member: Member, state: MemberState, day: date) -> None:
    member.state, member.left_on, member.is_head = state, day, False
    member.save()


def appoint_head(member: Member) -> None:
    """Make a present member the head; the others' relations to the head are for people to go through."""
    member.is_head, member.relation = True, HEAD_RELATION
    member.save()


def move_in_household(
    *,
    by: User,
    at: datetime,
    village: Region,
    head: MemberFacts,
    occurred_on: date,
    members: Sequence[MemberFacts] = (),
    group_name: str = "",
    note: str = "",
    **facts: Any,
) -> Household:
    """A whole household comes from elsewhere: it is registered, its persons count as moved in."""
    check_day(occurred_on, today=local_day(at))
    with recording(by=by, at=at, verb="move_in_household", reason=note, effective_on=occurred_on):
        household = register_household(
            by=by,
            at=at,
            village=village,
            head=head,
            members=members,
            group_name=group_name,
            effective_on=occurred_on,
            **facts,
        )
        NaturalChange.objects.create(
            household=household,
            kind=NaturalChangeKind.HOUSEHOLD_IN,
            occurred_on=occurred_on,
            persons=household.member_count,
            note=note,
        )
    return household


def undo_natural_change(*, by: User, at: datetime, natural_change: NaturalChange) -> None:
    """Take back a natural change on the day it was entered, with everything it did.

    Raises NotPermitted, SituationForbids on a later day or when something was changed since.
    """
    household = natural_change.household
    check_in_place(by, Permission.HOUSEHOLD_REGISTER, household.place)
    check_undoable(natural_change, today=local_day(at))
    with recording(by=by, at=at, verb="undo_natural_change", undoes=natural_change.change_id) as change:
        audit.record(
            by=by,
            at=at,
            verb="undo_natural_change",
            subject=household.subject,
            summary=natural_change.get_kind_display(),
            change=change,
        )
        undo(natural_change.change, by=by, at=at, reason="当天撤回")
