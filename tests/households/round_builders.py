"""Many households at once, for rounds and snapshots: made in bulk under one change, with dates of joining."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import count
from typing import Any

from bangfu.access.models import Identity
from bangfu.core.changing import SYSTEM, recording
from bangfu.core.models import Region, Subject, SubjectKind
from bangfu.households.enums import LEAVING_STATES, HouseholdState, HouseholdType, NaturalChangeKind
from bangfu.households.models import Household, Member, NaturalChange
from tests.cast import NOW, VILLAGE

_key = count(10**9)
BORN = date(1980, 3, 4)


def make_households(
    regions: Mapping[str, Region],
    sizes: Sequence[int],
    *,
    place: str = VILLAGE,
    household_type: str = HouseholdType.REGISTERED,
    **facts: Any,
) -> list[Household]:
    """A household for each of ``sizes``, with as many members; no ID numbers."""
    with recording(by=SYSTEM, at=NOW, verb="build"):
        subjects = Subject.objects.bulk_create(_subject(SubjectKind.HOUSEHOLD, place) for _ in sizes)
        households = Household.objects.bulk_create(
            Household(
                subject=subject,
                code=f"{place}{subject.pk:06d}",
                place=place,
                village=regions[place],
                head_name="杨志明",
                member_count=size,
                household_type=household_type,
                **facts,
            )
            for subject, size in zip(subjects, sizes, strict=True)
        )
        _make_members(households, sizes)
    return households


def _make_members(households: Sequence[Household], sizes: Sequence[int]) -> None:
    owners = [household for household, size in zip(households, sizes, strict=True) for _ in range(size)]
    heads = [number == 0 for size in sizes for number in range(size)]
    subjects = Subject.objects.bulk_create(_subject(SubjectKind.MEMBER, one.place) for one in owners)
    identities = Identity.objects.bulk_create(Identity(person_key=next(_key)) for _ in owners)
    Member.objects.bulk_create(
        Member(
            subject=subject,
            household=household,
            place=household.place,
            identity=identity,
            name="杨志明",
            relation="户主" if is_head else "之子",
            is_head=is_head,
            birth_date=BORN,
        )
        for subject, household, identity, is_head in zip(subjects, owners, identities, heads, strict=True)
    )


def _subject(kind: SubjectKind, place: str) -> Subject:
    return Subject(kind=kind, place=place, label="测试")


def split_evenly(persons: int, households: int) -> list[int]:
    """Sizes of ``households`` households with ``persons`` persons, as even as can be."""
    base, more = divmod(persons, households)
    return [base + (number < more) for number in range(households)]


def die(member: Member, on: date) -> None:
    """A death, with its event; the last one ends the household. Inside a recording."""
    leave(member, NaturalChangeKind.DEATH, on)


def leave(member: Member, kind: NaturalChangeKind, on: date) -> None:
    """A member goes, with the event; the last one ends the household. Inside a recording."""
    household = member.household
    member.state, member.left_on = LEAVING_STATES[kind], on
    member.save()
    NaturalChange.objects.create(household=household, member=member, kind=kind, occurred_on=on)
    household.refresh_from_db()
    household.member_count -= 1
    if household.member_count == 0:
        household.state = HouseholdState.EXTINCT
    household.save()


def come(household: Household, kind: NaturalChangeKind, on: date) -> Member:
    """A person joins, with the event. Inside a recording."""
    member = Member.objects.create(
        subject=Subject.objects.create(kind=SubjectKind.MEMBER, place=household.place, label="测试"),
        household=household,
        place=household.place,
        identity=Identity.objects.create(person_key=next(_key)),
        name="杨小军",
        joined_on=on,
    )
    NaturalChange.objects.create(household=household, member=member, kind=kind, occurred_on=on)
    household.refresh_from_db()
    household.member_count += 1
    household.save()
    return member


def split(source: Household, members: Sequence[Member], on: date) -> Household:
    """Some members become a household of their own, with the event. Inside a recording."""
    subject = Subject.objects.create(kind=SubjectKind.HOUSEHOLD, place=source.place, label="测试")
    made = Household.objects.create(
        subject=subject,
        place=source.place,
        village=source.village,
        head_name="杨大山",
        member_count=len(members),
        household_type=source.household_type,
        monitored_category=source.monitored_category,
    )
    _carry(members, source, made, NaturalChangeKind.SPLIT, on)
    return made


def merge(source: Household, target: Household, on: date) -> None:
    """A household goes into another, with the event. Inside a recording."""
    members = list(source.members.filter(state="present"))
    _carry(members, source, target, NaturalChangeKind.MERGE, on)
    source.state = HouseholdState.MERGED
    source.save()


def _carry(
    members: Sequence[Member], source: Household, target: Household, kind: NaturalChangeKind, on: date
) -> None:
    Member.objects.filter(pk__in=[member.pk for member in members]).update(household=target)
    NaturalChange.objects.create(
        household=source, other_household=target, kind=kind, occurred_on=on, persons=len(members)
    )
