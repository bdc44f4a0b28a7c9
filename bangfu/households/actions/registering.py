"""Registering households and members: the one place where subjects and identities of people are made."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from bangfu.access.crypto import WHOLE, index_of
from bangfu.access.models import Identity, User
from bangfu.access.permissions import Permission
from bangfu.core import audit
from bangfu.core.changing import recording
from bangfu.core.models import Region, Subject, SubjectKind
from bangfu.core.subjects import settle_subjects
from bangfu.households.enums import HouseholdState
from bangfu.households.models import Household, Member
from bangfu.households.naming import household_label
from bangfu.households.phones import phone_index
from bangfu.households.pinyin import initials
from bangfu.households.policies.households import (
    RESIDENT_ID,
    check_household_present,
    check_id_number,
    check_not_present_elsewhere,
)
from bangfu.households.policies.reach import check_in_place
from bangfu.tabular.identity import check_id, repair_id

HEAD_RELATION = "户主"


@dataclass(frozen=True)
class MemberFacts:
    """What is known of a person who joins a household.

    Sex and birth date are read from a valid resident's number when they are not given; ``more`` holds
    further fields of Member by name.
    """

    name: str
    id_number: str = ""
    id_type: str = RESIDENT_ID
    relation: str = ""
    sex: str = ""
    birth_date: date | None = None
    phone: str = ""
    joined_on: date | None = None
    more: Mapping[str, Any] = field(default_factory=dict)


def register_household(
    *,
    by: User,
    at: datetime,
    village: Region,
    head: MemberFacts,
    members: Sequence[MemberFacts] = (),
    group_name: str = "",
    effective_on: date | None = None,
    **facts: Any,
) -> Household:
    """A new household of ``village`` with its head and members; ``facts`` are further fields of Household.

    Raises NotPermitted outside the places of ``by``, SituationForbids for a number that cannot be right or
    that a present member has.
    """
    check_in_place(by, Permission.HOUSEHOLD_REGISTER, village.code)
    with recording(by=by, at=at, verb="register_household", effective_on=effective_on) as change:
        household = _new_household(village, head.name, group_name=group_name, **facts)
        write_member(household, head, is_head=True, joined_on=effective_on)
        for person in members:
            write_member(household, person, joined_on=effective_on)
        refresh_household(household)
        audit.record(
            by=by,
            at=at,
            verb="register_household",
            subject=household.subject,
            summary=f"登记一户，{household.member_count} 人",
            change=change,
        )
    return household


def add_member(
    *, by: User, at: datetime, household: Household, person: MemberFacts, joined_on: date | None = None
) -> Member:
    """One more member whom the register had missed; a birth or a marriage is a natural change instead.

    Raises as :func:`register_household`, and SituationForbids for a household that is no longer here.
    """
    check_in_place(by, Permission.HOUSEHOLD_REGISTER, household.place)
    check_household_present(household)
    with recording(by=by, at=at, verb="add_member", effective_on=joined_on) as change:
        member = write_member(household, person, joined_on=joined_on)
        refresh_household(household)
        audit.record(by=by, at=at, verb="add_member", subject=household.subject, change=change)
    return member


def _new_household(village: Region, head_name: str, **facts: Any) -> Household:
    subject = Subject.objects.create(
        kind=SubjectKind.HOUSEHOLD, place=village.code, label=household_label(head_name, village.name)
    )
    return Household.objects.create(
        subject=subject,
        place=village.code,
        village=village,
        head_name=head_name,
        head_initials=initials(head_name),
        phone_index=phone_index(facts.get("phone", "")),
        state=HouseholdState.PRESENT,
        **facts,
    )


def write_member(
    household: Household, person: MemberFacts, *, is_head: bool = False, joined_on: date | None = None
) -> Member:
    """The rows of a person who joins ``household``: subject, identity, member. Inside a recording only."""
    number, _ = repair_id(person.id_number)
    checked = check_id(number)
    subject = Subject.objects.create(kind=SubjectKind.MEMBER, place=household.place, label=person.name)
    return Member.objects.create(
        subject=subject,
        household=household,
        place=household.place,
        identity=_identity_of(number, person.id_type),
        name=person.name,
        initials=initials(person.name),
        sex=person.sex or checked.sex or "",
        birth_date=person.birth_date or checked.birth_date,
        relation=HEAD_RELATION if is_head else person.relation,
        is_head=is_head,
        phone=person.phone,
        phone_index=phone_index(person.phone),
        joined_on=person.joined_on or joined_on,
        **person.more,
    )


def _identity_of(number: str, id_type: str) -> Identity:
    """The vault's row for the number: the known one of a person who left elsewhere, else a new one."""
    check_id_number(number, id_type)
    known = Identity.objects.filter(id_index=index_of(WHOLE, number)).first() if number else None
    if known is not None:
        check_not_present_elsewhere(known)
        return known
    identity = Identity(person_key=secrets.randbits(63), id_type=id_type)
    identity.set_number(number)
    identity.save(force_insert=True)
    return identity


def refresh_household(household: Household) -> None:
    """Write again what the household (and its subject) repeats of its members: head, initials, number."""
    present = list(household.members.filter(state="present").order_by("-is_head", "id"))
    household.member_count = len(present)
    if present and present[0].is_head:
        household.head_name = present[0].name
        household.head_initials = present[0].initials
    household.save()
    settle_subjects(Household.objects.filter(pk=household.pk))
