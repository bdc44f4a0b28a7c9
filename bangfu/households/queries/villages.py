"""Reading the village register: records before and after, the register's own count beside them (C-204)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, OuterRef, Prefetch, Q, QuerySet, Subquery, Sum
from django.http import Http404

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.scope import scope_q
from bangfu.core.models import Region, RegionLevel, Subject
from bangfu.households.enums import HouseholdState, MemberState
from bangfu.households.models import Household, Member, VillageRecord
from bangfu.households.reckoning.village_fields import FIELDS, VillageField

SORTED = ("as_of", "households", "persons", "collective_income_fen")
"""Fields of the latest record that lists sort by and add up."""

NOT_RECEIVING = ("", "未享受", "不享受")


@dataclass(frozen=True)
class Difference:
    """One field of two records; ``change`` is after − before for numbers, None for anything else."""

    field: VillageField
    before: Any
    after: Any
    change: Any

    @property
    def differs(self) -> bool:
        """Whether the two records say different things."""
        return self.before != self.after


@dataclass(frozen=True)
class Twin:
    """What the record says beside what the register counts; ``differs`` when both are known and not equal."""

    field: VillageField
    stated: int | None
    counted: int

    @property
    def differs(self) -> bool:
        """Whether the two numbers disagree."""
        return self.stated is not None and self.stated != self.counted


def get_village(user: User, permission: Permission, uid: UUID) -> Region:
    """The village by its subject's uid; raises Http404 where the permission does not reach."""
    reached = scope_q(Region, user, permission, "code")
    village = (
        Region.objects.filter(reached, level=RegionLevel.VILLAGE, subject__uid=uid)
        .select_related("parent", "subject")
        .first()
    )
    if village is None:
        raise Http404("这里没有您要的村，或者它不在您管的范围里。")
    return village


def subject_of(village: Region) -> Subject:
    """What papers of a village hang on; raises LookupError for a region that is no village."""
    if village.subject is None:
        raise LookupError(f"region {village.code} has no subject")
    return village.subject


def uid_of(village: Region) -> UUID:
    """The uid of a village in addresses; raises LookupError for a region that is no village."""
    return subject_of(village).uid


def villages_visible(user: User) -> QuerySet[Region]:
    """The villages whose register ``user`` may see, each with its ``dated`` records and ``latest_…``."""
    newest = VillageRecord.objects.order_by("village", "-as_of")
    last = newest.filter(village=OuterRef("pk")).order_by("-as_of")
    return (
        Region.objects.filter(
            scope_q(Region, user, Permission.VILLAGE_VIEW, "code"), level=RegionLevel.VILLAGE
        )
        .select_related("parent", "subject")
        .prefetch_related(Prefetch("records", queryset=newest, to_attr="dated"))
        .annotate(**{f"latest_{name}": Subquery(last.values(name)[:1]) for name in SORTED})
    )


def records_of(village: Region) -> list[VillageRecord]:
    """All records of a village, the newest first."""
    return list(VillageRecord.objects.filter(village=village).order_by("-as_of"))


def compared(before: VillageRecord | None, after: VillageRecord) -> list[Difference]:
    """Every field of two records side by side, in the order of the form; ``before`` may be missing."""
    return [_difference(field, before, after) for field in FIELDS]


def register_counts(village: Region) -> dict[str, int]:
    """What the register itself counts of a village today, by field of VillageRecord; two queries."""
    present = Household.objects.filter(village=village, state=HouseholdState.PRESENT)
    households = present.aggregate(
        households=Count("pk"),
        persons=Sum("member_count", default=0),
        dangerous_house_households=Count("pk", filter=Q(dangerous_house=True)),
        unsafe_water_households=Count("pk", filter=Q(safe_water=False)),
    )
    return {**households, **_people_counts(present)}


def twins(record: VillageRecord | None, counts: dict[str, int]) -> list[Twin]:
    """The numbers that both know, side by side, in the order of the form."""
    return [
        Twin(field, getattr(record, field.name, None), counts[field.name])
        for field in FIELDS
        if field.name in counts
    ]


def _people_counts(households: QuerySet[Household]) -> dict[str, int]:
    receiving = ~Q(minimum_living__in=NOT_RECEIVING)
    people = Member.objects.filter(household__in=households, state=MemberState.PRESENT)
    return people.aggregate(
        minimum_living_households=Count("household", filter=receiving, distinct=True),
        minimum_living_persons=Count("pk", filter=receiving),
        extreme_poverty_persons=Count("pk", filter=~Q(extreme_poverty_support__in=NOT_RECEIVING)),
        disabled_persons=Count("pk", filter=Q(health__contains="残疾")),
        pension_persons=Count("pk", filter=Q(pension_insurance=True)),
    )


def _difference(field: VillageField, before: VillageRecord | None, after: VillageRecord) -> Difference:
    old = getattr(before, field.name, None)
    new = getattr(after, field.name)
    change = new - old if field.is_number and old is not None and new is not None else None
    return Difference(field, old, new, change)
