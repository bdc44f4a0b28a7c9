"""Reading what is followed: who is still to be handed to civil affairs, relocations by region."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Substr

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.access.scope import within
from bangfu.core.models import Region
from bangfu.households.enums import ExitType, HouseholdState, MemberState, RelocationState
from bangfu.households.models import Household, Member, Relocation, RoundEntry, SafetyNetReferral
from bangfu.households.queries.recorded import rows_recorded
from bangfu.households.queries.villages import NOT_RECEIVING

_NEXT_LENGTH = {4: 6, 6: 9, 9: 12, 12: 15}


def referrals_of(household: Household, recorded_at: datetime | None = None) -> list[SafetyNetReferral]:
    """All hand-overs of a household, the newest first."""
    rows = rows_recorded(household.referrals.all(), recorded_at, gone={"household_id": household.pk})
    return sorted(rows, key=lambda row: (row.handed_on, row.pk), reverse=True)


def relocation_of(household: Household, recorded_at: datetime | None = None) -> Relocation | None:
    """The household's relocation; None when none is planned."""
    found = Relocation.objects.filter(household=household)
    return next(iter(rows_recorded(found, recorded_at, gone={"household_id": household.pk})), None)


def to_be_referred(households: QuerySet[Household]) -> QuerySet[Household]:
    """Those that the safety net is to carry, where nobody receives it and civil affairs was not told yet.

    They are marked 整户无劳动能力兜底保障户, or a round plans their exit as 社会兜底.
    """
    # 先列出这些户，再按户看：条件写成“或”，就要走过全县的户
    marked = Household.objects.filter(no_labour_household=True, state=HouseholdState.PRESENT)
    planned = RoundEntry.objects.filter(exit_type=ExitType.SOCIAL_SUPPORT, household__isnull=False)
    meant = marked.order_by().values("pk").union(planned.order_by().values("household"))
    told = SafetyNetReferral.objects.filter(household=OuterRef("pk"))
    receives = ~Q(minimum_living__in=NOT_RECEIVING) | ~Q(extreme_poverty_support__in=NOT_RECEIVING)
    fed = Member.objects.filter(receives, household=OuterRef("pk"), state=MemberState.PRESENT)
    return households.filter(
        Q(pk__in=meant),
        ~Exists(told),
        ~Exists(fed),
        state=HouseholdState.PRESENT,
    )


@dataclass
class RelocationTotal:
    """The relocations of one region by state."""

    region: Region
    by_state: dict[str, int] = field(default_factory=dict)

    @property
    def total(self) -> int:
        """All relocations of the region."""
        return sum(self.by_state.values())

    def of(self, state: RelocationState) -> int:
        """Those in one state."""
        return self.by_state.get(state.value, 0)


def relocation_totals(user: User, place: str) -> list[RelocationTotal]:
    """The regions right below ``place`` that have relocations, by code; two queries."""
    visible = Relocation.objects.visible_to(user, Permission.HOUSEHOLD_VIEW)
    length = _NEXT_LENGTH.get(len(place), 12)
    counted = (
        visible.filter(within("household__place", place))
        .annotate(below=Substr("household__place", 1, length))
        .order_by("below")
        .values_list("below", "state")
        .annotate(number=Count("pk"))
    )
    found: dict[str, dict[str, int]] = {}
    for below, state, number in counted:
        found.setdefault(below, {})[state] = number
    regions = Region.objects.filter(code__in=found).order_by("code")
    return [RelocationTotal(region, found[region.code]) for region in regions]
