"""The ledger of C and D houses not yet repaired, with the reason and the way out."""

from __future__ import annotations

from django.db.models import QuerySet
from django.urls import reverse

from bangfu.access.classification import FieldClass
from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.households.enums import HousingLevel, UnrepairedReason
from bangfu.households.models import GuaranteeAssessment
from bangfu.households.queries.guarantees import dangerous_houses
from bangfu.ledgers.definition import Column, Filter, Ledger

_LEVELS = [(level.value, str(level.label)) for level in (HousingLevel.C, HousingLevel.D)]


def unrepaired_rows(user: User) -> QuerySet[GuaranteeAssessment]:
    """The latest housing assessment of each household with a C or D house."""
    rows = GuaranteeAssessment.objects.visible_to(user, Permission.HOUSEHOLD_VIEW)
    return dangerous_houses(rows).select_related("household__village")


UNREPAIRED = Ledger(
    id="unrepaired_house_list",
    title="C、D 级房未改造",
    lead="每户最近一次核查是 C、D 级、还没达标的：为什么，怎么办。",
    permission=Permission.HOUSEHOLD_VIEW,
    rows=unrepaired_rows,
    columns=(
        Column(
            "head", "户主", "household.head_name", sort="household__head_name", classified=FieldClass.NAME
        ),
        Column("village", "村", "household.village.name", sort="household__place"),
        Column("group", "组", "household.group_name"),
        Column("housing_level", "等级", kind="tag", sort="housing_level"),
        Column("unrepaired_reason", "原因", sort="unrepaired_reason"),
        Column("way_out", "怎么解决"),
        Column("assessed_on", "核查日期", kind="date", sort="assessed_on"),
        Column("assessed_by", "核查人", default=False),
    ),
    filters=(
        Filter("reason", "原因", field="unrepaired_reason", choices=UnrepairedReason, blank=True),
        Filter("level", "等级", field="housing_level", choices=_LEVELS),
        Filter("assessed_on", "核查日期", kind="day"),
    ),
    default_sort="village",
    row_url=lambda row: reverse("household_file", args=[row.household.uid]) + "?tab=guarantees",
    place_field="household__place",
    views=tuple((reason.value, reason.label, f"f_reason={reason.value}") for reason in UnrepairedReason),
    empty="没有 C、D 级未改造的户。",
)
