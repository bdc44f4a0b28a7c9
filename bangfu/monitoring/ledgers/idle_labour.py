"""Households with labour of which nobody works (C-206)."""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.households.enums import HouseholdState, HouseholdType, MemberState, MonitoredCategory
from bangfu.households.models import Household, Member, WorkSpell
from bangfu.ledgers.definition import Column, Filter, Ledger

WITH_LABOUR = ("普通劳动力", "技能劳动力", "弱劳动力或半劳动力")
"""The words of the national system for members who can work."""


def idle_households(rows: QuerySet[Household], on: date) -> QuerySet[Household]:
    """Of these households, those with a member who can work and nobody in work: no job this month, none of
    the year on the roster, no public-welfare post."""
    here = Member.objects.filter(household=OuterRef("pk"), state=MemberState.PRESENT)
    first = on.replace(day=1)
    at_work = WorkSpell.objects.filter(
        Q(to_month=None) | Q(to_month__gte=first),
        member__household=OuterRef("pk"),
        member__state=MemberState.PRESENT,
        from_month__lte=first,
    )
    on_roster = here.filter(Q(work_months__gt=0) | ~Q(public_post=""))
    return rows.filter(
        Exists(here.filter(labour__in=WITH_LABOUR)),
        ~Exists(at_work),
        ~Exists(on_roster),
        state=HouseholdState.PRESENT,
    )


def _rows(user: User) -> QuerySet[Household]:
    rows = Household.objects.visible_to(user, Permission.HOUSEHOLD_VIEW)
    return idle_households(rows, timezone.localdate()).select_related("village__parent", "grid")


IDLE_LABOUR = Ledger(
    id="idle_labour_list",
    title="有劳力没人就业的户",
    lead="户里有能干活的人，本月没有一个人在务工，名册上今年也没有务工月数和公益性岗位；目标是至少一人就业。",
    permission=Permission.HOUSEHOLD_VIEW,
    rows=_rows,
    columns=(
        Column("head", "户主", "head_name", sort="head_name"),
        Column("township", "乡镇", "village.parent.name", sort="place"),
        Column("village", "村", "village.name", sort="place"),
        Column("group_name", "组"),
        Column("member_count", "人数", kind="number", sort="member_count"),
        Column("household_type", "户类型", kind="tag"),
        Column("monitored_category", "监测类别", kind="tag"),
        Column("per_capita_net_income", "人均纯收入（名册）", kind="money"),
        Column("grid", "网格", "grid.name", default=False),
    ),
    filters=(
        Filter("household_type", "户类型", choices=HouseholdType, blank=True),
        Filter("monitored_category", "监测类别", choices=MonitoredCategory, blank=True),
    ),
    default_sort="place",
    row_url=lambda row: reverse("household_file", args=[row.uid]) + "?tab=work",
    empty="没有这样的户：有劳力的户都至少有一人就业，或劳动技能没有登记。",
)
