"""The ledger of members' work: who works where in a month (C-205)."""

from __future__ import annotations

from datetime import date

from django.db.models import DateField, QuerySet, Value
from django.urls import reverse
from django.utils.dateparse import parse_date

from bangfu.access.classification import FieldClass
from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.households.enums import WorkArea
from bangfu.households.models import WorkSpell
from bangfu.households.queries.work import in_month, months_worked
from bangfu.ledgers.definition import Column, Filter, Ledger


def work_rows(user: User) -> QuerySet[WorkSpell]:
    """The jobs of visible households' members, with each member's other jobs."""
    rows = WorkSpell.objects.visible_to(user, Permission.HOUSEHOLD_VIEW)
    return rows.select_related("member__household__village").prefetch_related("member__work_spells")


def of_month(rows: QuerySet[WorkSpell], text: str) -> QuerySet[WorkSpell]:
    """The jobs of one month (2026-10); the rows remember it, so that months are counted up to it."""
    month = parse_date(f"{text[:7]}-01")
    if month is None:
        return rows.none()
    return in_month(rows, month).annotate(asked_month=Value(month, output_field=DateField()))


def months_this_year(spell: WorkSpell) -> int | None:
    """Months of work from January to the asked month, all the member's jobs together; None when not asked."""
    asked: date | None = getattr(spell, "asked_month", None)
    if asked is None:
        return None
    new_year = asked.replace(month=1)
    return sum(months_worked(each, first=new_year, last=asked) for each in spell.member.work_spells.all())


WORK = Ledger(
    id="work_list",
    title="务工",
    lead="按月看谁在哪里做工；选一个月，就算出本年到那个月做了几个月。",
    permission=Permission.HOUSEHOLD_VIEW,
    rows=work_rows,
    columns=(
        Column("name", "姓名", "member.name", sort="member__name", classified=FieldClass.NAME),
        Column("head", "户主", "member.household.head_name", default=False, classified=FieldClass.NAME),
        Column("village", "村", "member.household.village.name", sort="member__place"),
        Column("area", "务工区域", sort="area"),
        Column("place_name", "务工所在地"),
        Column("employer", "企业", sort="employer"),
        Column("industry", "行业", default=False),
        Column("monthly_wage_fen", "月收入", kind="money", sort="monthly_wage_fen"),
        Column("from_month", "开始", kind="month", sort="from_month"),
        Column("to_month", "结束", kind="month", sort="to_month"),
        Column(
            "months", "本年月数", months_this_year, kind="number", help="先选月份；同一人的几份工加在一起。"
        ),
        Column("channel", "就业渠道", sort="channel"),
        Column("point_to_point", "点对点输送", kind="bool", default=False),
        Column("public_post", "公益性岗位"),
        Column("end_reason", "结束原因", default=False),
    ),
    filters=(
        Filter("month", "月份", kind="month", apply=of_month),
        Filter("area", "务工区域", choices=WorkArea),
        Filter(
            "public_post",
            "公益性岗位",
            choices=[("yes", "是"), ("no", "否")],
            apply=lambda rows, answer: (
                rows.exclude(public_post="") if answer == "yes" else rows.filter(public_post="")
            ),
        ),
        Filter(
            "open",
            "状态",
            choices=[("yes", "在务工"), ("no", "已结束")],
            apply=lambda rows, answer: rows.filter(to_month__isnull=answer == "yes"),
        ),
        Filter("employer", "企业", kind="text"),
        Filter("wage", "月收入（元）", kind="money", field="monthly_wage_fen"),
    ),
    default_sort="-pk",
    row_url=lambda row: reverse("household_file", args=[row.member.household.uid]) + "?tab=work",
    place_field="member__place",
    views=(("open", "在务工", "f_open=yes"), ("public", "公益性岗位", "f_public_post=yes")),
    empty="没有务工记录。打开一户，在“务工”页登记。",
)
