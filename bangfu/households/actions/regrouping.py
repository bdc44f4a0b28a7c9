"""Splitting one household into two and merging two into one, C-054."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.core import audit
from bangfu.core.changing import recording
from bangfu.core.errors import SituationForbids
from bangfu.core.models import Subject, SubjectKind
from bangfu.core.parameters import value
from bangfu.core.subjects import settle_subjects
from bangfu.households.actions.natural import appoint_head
from bangfu.households.actions.pairing import end_pairings
from bangfu.households.actions.registering import refresh_household
from bangfu.households.enums import HouseholdState, MemberState, NaturalChangeKind
from bangfu.households.models import Household, Member, NaturalChange
from bangfu.households.naming import household_label
from bangfu.households.policies.households import check_household_present
from bangfu.households.policies.natural import (
    check_day,
    check_head_age,
    check_head_named,
    check_member_present,
)
from bangfu.households.policies.reach import check_in_place
from bangfu.households.reckoning.days import local_day

_INHERITED = (
    "place village group_name grid household_type monitored_category identified_month risk_removed"
    " removed_month main_cause other_causes risks address"
).split()
"""What a household that splits off begins with; its own code, phone and bank account are asked for later."""


def split_household(
    *,
    by: User,
    at: datetime,
    household: Household,
    members: Sequence[Member],
    new_head: Member,
    occurred_on: date,
    remaining_head: Member | None = None,
    young_head: bool = False,
    note: str = "",
) -> Household:
    """``members`` form a household under ``new_head``; ``remaining_head`` when the head goes with them.

    A head younger than the parameter head_age_from needs ``young_head``: somebody looked into it.
    The people keep their rows and all that hangs on them. Raises NotPermitted or SituationForbids.
    """
    check_in_place(by, Permission.HOUSEHOLD_REGISTER, household.place)
    check_household_present(household)
    check_day(occurred_on, today=local_day(at))
    _check_split(household, members, new_head, remaining_head)
    if not young_head:
        _check_grown_up(household, [new_head, remaining_head], occurred_on)
    with recording(by=by, at=at, verb="split_household", reason=note, effective_on=occurred_on) as change:
        apart = _household_like(household, new_head)
        _move(members, apart)
        new_head.refresh_from_db()
        appoint_head(new_head)
        if remaining_head is not None:
            appoint_head(remaining_head)
        refresh_household(apart)
        refresh_household(household)
        _book(household, apart, NaturalChangeKind.SPLIT, occurred_on, len(members), note)
        audit.record(
            by=by,
            at=at,
            verb="split_household",
            subject=household.subject,
            data={"persons": len(members), "new": str(apart.uid)},
            change=change,
        )
    return apart


def _check_split(
    household: Household, members: Sequence[Member], new_head: Member, remaining_head: Member | None
) -> None:
    for member in members:
        check_member_present(household, member)
    leaving = {member.pk for member in members}
    if new_head.pk not in leaving:
        raise SituationForbids("新户的户主要从分出去的人里选。")
    staying = household.members.filter(state=MemberState.PRESENT).exclude(pk__in=leaving)
    if not staying.exists():
        raise SituationForbids("全家都分出去就不是分户了。至少留一人，或改登“整户迁出”。")
    if not staying.filter(is_head=True).exists():
        check_head_named(household, remaining_head, leaving=members)


def _check_grown_up(household: Household, heads: Sequence[Member | None], on: date) -> None:
    youngest = value("head_age_from", on=on, place=household.place)
    for head in heads:
        if head is not None:
            check_head_age(head, on=on, at_least=youngest)


def _household_like(household: Household, head: Member) -> Household:
    subject = Subject.objects.create(
        kind=SubjectKind.HOUSEHOLD,
        place=household.place,
        label=household_label(head.name, household.village.name),
    )
    inherited = {name: getattr(household, name) for name in _INHERITED}
    return Household.objects.create(
        subject=subject, head_name=head.name, head_initials=head.initials, **inherited
    )


def merge_households(
    *, by: User, at: datetime, household: Household, into: Household, occurred_on: date, note: str = ""
) -> NaturalChange:
    """All present members of ``household`` join ``into``, whose head stays head; ``household`` and its
    pairings are closed.

    Raises NotPermitted unless both lie in the places of ``by``, SituationForbids when either is gone.
    """
    for one in (household, into):
        check_in_place(by, Permission.HOUSEHOLD_REGISTER, one.place)
        check_household_present(one)
    if household.pk == into.pk:
        raise SituationForbids("不能并入自己。请选另一户。")
    check_day(occurred_on, today=local_day(at))
    with recording(by=by, at=at, verb="merge_households", reason=note, effective_on=occurred_on) as change:
        people = list(household.members.filter(state=MemberState.PRESENT))
        _move(people, into)
        household.state = HouseholdState.MERGED
        refresh_household(household)
        refresh_household(into)
        end_pairings(household, occurred_on)
        booked = _book(household, into, NaturalChangeKind.MERGE, occurred_on, len(people), note)
        audit.record(
            by=by,
            at=at,
            verb="merge_households",
            subject=household.subject,
            data={"persons": len(people), "into": str(into.uid)},
            change=change,
        )
    return booked


def _move(people: Sequence[Member], to: Household) -> None:
    """Put people into another household; nobody is head on arrival."""
    for member in people:
        member.household, member.place, member.is_head = to, to.place, False
        member.save()
    settle_subjects(Member.objects.filter(pk__in=[member.pk for member in people]))


def _book(
    household: Household, other: Household, kind: NaturalChangeKind, day: date, persons: int, note: str
) -> NaturalChange:
    return NaturalChange.objects.create(
        household=household, other_household=other, kind=kind, occurred_on=day, persons=persons, note=note
    )
