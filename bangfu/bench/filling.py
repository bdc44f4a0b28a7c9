"""A register of any size in the installation's database, for benchmarks: made-up people, written in bulk."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from itertools import islice

from django.utils import timezone

from bangfu.access.models import Identity, RoleAssignment, User
from bangfu.core.changing import SYSTEM, recording
from bangfu.core.models import Region, RegionLevel, Subject, SubjectKind
from bangfu.households.enums import HouseholdType
from bangfu.households.models import Household, Member
from bangfu.households.phones import phone_index
from bangfu.households.pinyin import initials
from bangfu.synthetic.identity import id_number

COUNTY = "530999"
TOWNSHIPS, VILLAGES = 10, 12
_CHUNK = 2_000
_SURNAMES, _GIVEN = "杨李段赵王张刘陈马罗", "明芳强秀国珍文兰华云志英春平"
_RELATIONS = ("户主", "配偶", "之子")


def fill(households: int, persons: int = 3) -> None:
    """Regions of one county, ``households`` of ``persons`` people each; users ``county`` and ``township``."""
    with recording(by=SYSTEM, at=timezone.now(), verb="fill"):
        villages = _regions()
        rows = _households(villages, households)
        while chunk := list(islice(rows, _CHUNK)):
            _write(chunk, persons)
    _users()


def _regions() -> list[Region]:
    county = Region.objects.create(code=COUNTY, name="测量县", level=RegionLevel.COUNTY)
    villages = []
    for number in range(1, TOWNSHIPS + 1):
        code = f"{COUNTY}1{number:02d}"
        township = Region.objects.create(
            code=code, name=f"第{number}镇", level=RegionLevel.TOWNSHIP, parent=county
        )
        for index in range(1, VILLAGES + 1):
            villages.append(
                Region.objects.create(
                    code=f"{code}{index:03d}",
                    name=f"第{number}镇{index}村",
                    level=RegionLevel.VILLAGE,
                    parent=township,
                    subject=Subject.objects.create(
                        kind=SubjectKind.VILLAGE, place=f"{code}{index:03d}", label=f"{index}村"
                    ),
                )
            )
    return villages


def _households(villages: list[Region], count: int) -> Iterator[Household]:
    """Households without their subjects; village after village, as rosters come."""
    chance = random.Random(1)
    for number in range(count):
        village = villages[number * len(villages) // count]
        head = _name(chance)
        phone = f"140{chance.randrange(10**8):08d}"
        yield Household(
            code=f"{village.code}{number:06d}",
            place=village.code,
            village=village,
            group_name=f"{1 + number % 9}组",
            head_name=head,
            head_initials=initials(head),
            household_type=HouseholdType.REGISTERED if number % 5 == 0 else HouseholdType.GENERAL,
            phone=phone,
            phone_index=phone_index(phone),
            dangerous_house=number % 97 == 0,
            safe_water=number % 89 != 0,
            per_capita_net_income=chance.randrange(500_000, 3_000_000),
        )


def _name(chance: random.Random) -> str:
    return chance.choice(_SURNAMES) + "".join(chance.choices(_GIVEN, k=chance.choice((1, 2, 2))))


def _write(chunk: list[Household], persons: int) -> None:
    for household, subject in zip(chunk, _subjects(chunk, SubjectKind.HOUSEHOLD), strict=True):
        household.subject, household.member_count = subject, persons
    Household.objects.bulk_create(chunk, batch_size=500)
    members = [
        _member(household, index, person)
        for household in chunk
        for index, person in enumerate(range(persons))
    ]
    for member, subject in zip(members, _subjects(members, SubjectKind.MEMBER), strict=True):
        member.subject = subject
    Identity.objects.bulk_create([member.identity for member in members], batch_size=500)
    Member.objects.bulk_create(members, batch_size=500)


def _subjects(owners: list[Household] | list[Member], kind: SubjectKind) -> list[Subject]:
    made = [Subject(kind=kind, place=owner.place, label=str(owner)) for owner in owners]
    return Subject.objects.bulk_create(made, batch_size=500)


def _member(household: Household, index: int, person: int) -> Member:
    chance = random.Random(f"{household.code}-{person}")
    born = dt.date(1940, 1, 1) + dt.timedelta(days=chance.randrange(30_000))
    identity = Identity(person_key=chance.randrange(2**63), id_type="居民身份证")
    identity.set_number(id_number(born, chance.randrange(1000)))
    name = household.head_name if index == 0 else household.head_name[0] + chance.choice(_GIVEN)
    return Member(
        household=household,
        place=household.place,
        identity=identity,
        name=name,
        initials=initials(name),
        birth_date=born,
        relation=_RELATIONS[min(index, 2)],
        is_head=index == 0,
        health="健康",
        resident_insurance=True,
    )


def _users() -> None:
    now, today = timezone.now(), timezone.localdate()
    for username, role, place in (
        ("county", "county_office", COUNTY),
        ("township", "township", f"{COUNTY}101"),
    ):
        user = User.objects.create(
            username=username,
            name="测量员",
            must_change_password=False,
            password_changed_at=now,
            created_at=now,
        )
        RoleAssignment.objects.create(user=user, role=role, place=place, valid_from=today, granted_at=now)
