"""The readers of inspections, findings and orders."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from bangfu.access.models import Unit, User
from bangfu.access.permissions import Permission
from bangfu.access.scope import get_visible, places_of, within, within_any
from bangfu.core.models import Region, RegionLevel
from bangfu.core.models.region import range_end
from bangfu.households.enums import HouseholdState, HouseholdType
from bangfu.households.models import Household
from bangfu.support.enums.meetings import UNDONE
from bangfu.support.enums.supervision import HouseholdGroup
from bangfu.support.models import (
    DrawnHousehold,
    DrawnVillage,
    Finding,
    Inspection,
    OrderReply,
    SupervisionOrder,
)
from bangfu.support.queries.meetings import own_tasks_only
from bangfu.support.terms.sampling import draw, draw_spread

_VIEW = Permission.SUPERVISION_VIEW
_TOWNSHIP = 9
"""Digits of a township's code."""


def village_frame(place: str) -> list[str]:
    """The codes of the villages of a region that could be drawn today, in order."""
    rows = Region.objects.filter(level=RegionLevel.VILLAGE, valid_to=None, code__gte=place)
    return list(rows.filter(code__lt=range_end(place)).order_by("code").values_list("code", flat=True))


def household_frame(village: Region, group: HouseholdGroup) -> dict[str, int]:
    """The households of a village that could be drawn today: uid → key, in the order of the uids."""
    rows = Household.objects.filter(village=village, state=HouseholdState.PRESENT)
    if group == HouseholdGroup.MONITORED:
        rows = rows.exclude(monitored_category="").exclude(risk_removed=True)
    elif group == HouseholdGroup.REGISTERED:
        rows = rows.filter(household_type=HouseholdType.REGISTERED)
    return {str(uid): key for uid, key in rows.order_by("uid").values_list("uid", "pk")}


def drawn_villages(inspection: Inspection) -> list[str]:
    """The codes that the seed draws from the kept list: the same whoever asks and whenever."""
    frame, count, seed = inspection.frame, inspection.village_count, inspection.seed
    if inspection.by_township:
        return draw_spread(frame, count, seed, lambda code: code[:_TOWNSHIP])
    return draw(frame, count, seed)


def redrawn_same(inspection: Inspection) -> bool:
    """Whether drawing again from the kept lists gives the villages and households that are kept."""
    drawn = drawn_of(inspection)
    if [each.village.code for each in drawn] != drawn_villages(inspection):
        return False
    return all(
        [str(one.household.uid) for one in each.households.all()]
        == draw(each.frame, inspection.household_count, inspection.seed)
        for each in drawn
    )


def sees_inspection(user: User, inspection: Inspection | None) -> bool:
    """Whether the reader may open the inspection itself."""
    seen = Inspection.objects.visible_to(user, _VIEW)
    return inspection is not None and bool(seen.filter(pk=inspection.pk).exists())


def inspections_seen_by(user: User) -> QuerySet[Inspection]:
    """Every inspection in reach, with the counts that the ledger shows."""
    rows = Inspection.objects.visible_to(user, _VIEW).select_related("region", "leader")
    counted: QuerySet[Inspection] = rows.annotate(
        drawn_count=Count("villages", distinct=True),
        finding_count=Count("findings", distinct=True),
        unordered=Count("findings", filter=Q(findings__order=None, findings__mended_on=None), distinct=True),
        undone=Count("orders", filter=Q(orders__state__in=UNDONE), distinct=True),
    )
    return counted


def inspection_seen_by(user: User, uid: UUID, permission: Permission = _VIEW) -> Inspection:
    """One inspection; raises Http404 outside the reach."""
    rows = Inspection.objects.select_related("region", "leader", "opened_by", "subject")
    found: Inspection = get_visible(rows, user, permission, uid=uid)
    return found


def drawn_of(inspection: Inspection) -> list[DrawnVillage]:
    """The drawn villages with their households, as they were drawn."""
    rows = inspection.villages.select_related("village__parent")
    return list(rows.prefetch_related("households__household"))


def drawn_household_seen_by(user: User, pk: int) -> DrawnHousehold:
    """One drawn household for who may note that it was seen; raises Http404 outside the reach."""
    rows = DrawnHousehold.objects.select_related("drawn_village__inspection__subject", "household")
    found: DrawnHousehold = get_visible(rows, user, Permission.SUPERVISION_RECORD, pk=pk)
    return found


def findings_seen_by(user: User) -> QuerySet[Finding]:
    """Every finding in reach."""
    rows = Finding.objects.visible_to(user, _VIEW)
    found: QuerySet[Finding] = rows.select_related(
        "inspection", "village__parent", "about", "order__unit", "found_by"
    )
    return found


def finding_seen_by(user: User, uid: UUID, permission: Permission = _VIEW) -> Finding:
    """One finding; raises Http404 outside the reach."""
    rows = Finding.objects.select_related(
        "inspection", "village__parent", "about", "order", "found_by", "subject"
    )
    found: Finding = get_visible(rows, user, permission, uid=uid)
    return found


def findings_of(inspection: Inspection) -> list[Finding]:
    """What an inspection found, the newest first."""
    return list(inspection.findings.select_related("village", "about", "order"))


def leaning_villages(inspection: Inspection) -> dict[str, int]:
    """In how many villages an inspection found each kind of problem."""
    rows = (
        inspection.findings.order_by().values_list("kind").annotate(villages=Count("village", distinct=True))
    )
    return dict(rows)


def orders_seen_by(user: User) -> QuerySet[SupervisionOrder]:
    """Every order in reach, with the last answer's day; departments see those to their own unit."""
    replies = OrderReply.objects.filter(order=OuterRef("pk")).order_by("-id")
    rows = SupervisionOrder.objects.visible_to(user, Permission.ORDER_VIEW).filter(own_tasks_only(user))
    found: QuerySet[SupervisionOrder] = rows.select_related("unit", "inspection").annotate(
        finding_count=Count("findings", distinct=True),
        answered_on=Subquery(replies.values("answered_on")[:1]),
    )
    return found


def order_seen_by(user: User, uid: UUID, permission: Permission = Permission.ORDER_VIEW) -> SupervisionOrder:
    """One order; raises Http404 outside the reach."""
    rows = SupervisionOrder.objects.select_related("unit", "inspection", "issued_by", "subject")
    found: SupervisionOrder = get_visible(rows.filter(own_tasks_only(user)), user, permission, uid=uid)
    return found


def regions_to_inspect(user: User) -> QuerySet[Region]:
    """Counties and townships in which the person may inspect."""
    reach = within_any("code", places_of(user, Permission.SUPERVISION_RECORD))
    levels = (RegionLevel.COUNTY, RegionLevel.TOWNSHIP)
    return Region.objects.filter(reach, level__in=levels, valid_to=None).order_by("code")


def inspectors_in(user: User) -> QuerySet[User]:
    """People in active accounts within the places in which the person may supervise, and the person."""
    reach = Q(pk=user.pk) | within_any("unit__place", places_of(user, Permission.SUPERVISION_RECORD))
    people: QuerySet[User] = User.objects.filter(reach, is_active=True).select_related("unit")
    return people.order_by("unit__name", "name")


def units_below(place: str) -> QuerySet[Unit]:
    """The active units of a region."""
    return Unit.objects.filter(within("place", place), is_active=True)
