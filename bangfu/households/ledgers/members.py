"""The ledger of members."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from bangfu.access.classification import FieldClass
from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.households.enums import HouseholdType, MemberState, Sex
from bangfu.households.ledgers.common import group_filter, words, yes_no
from bangfu.households.models import Member
from bangfu.households.queries.coverage import MEMBER_GROUPS
from bangfu.households.queries.finding import begins
from bangfu.households.showing.wording import dictionaries
from bangfu.ledgers.definition import Column, Filter, HeadAction, Ledger

_AGES = (
    ("0-5", "0–5 岁"),
    ("6-15", "6–15 岁（义务教育）"),
    ("16-59", "16–59 岁"),
    ("60-79", "60–79 岁"),
    ("80-150", "80 岁及以上"),
)


def _rows(user: User) -> QuerySet[Member]:
    rows = Member.objects.visible_to(user, Permission.HOUSEHOLD_VIEW)
    return rows.select_related("household__village__parent", "identity")


def _aged(rows: QuerySet[Member], value: str) -> QuerySet[Member]:
    """Full years today, by the birth date."""
    if value not in dict(_AGES):
        return rows
    youngest, oldest = (int(part) for part in value.split("-"))
    today = timezone.localdate()
    return rows.filter(
        birth_date__lte=_years_before(today, youngest), birth_date__gt=_years_before(today, oldest + 1)
    )


def _years_before(day: date, years: int) -> date:
    """The same day ``years`` ago; 29 February becomes 28 February in a common year."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


def _insured(rows: QuerySet[Member], value: str) -> QuerySet[Member]:
    """With either basic insurance, without both, or not known."""
    either = Q(resident_insurance=True) | Q(employee_insurance=True)
    neither = Q(resident_insurance=False) & ~Q(employee_insurance=True)
    conditions = {"yes": either, "no": neither}
    return rows.filter(conditions[value]) if value in conditions else rows


def _search(rows: QuerySet[Member], text: str) -> QuerySet[Member]:
    """By name or by initials, from the beginning."""
    if text.isascii() and text.isalpha():
        return rows.filter(begins("initials", text.lower()))
    return rows.filter(begins("name", text))


MEMBERS = Ledger(
    id="member_list",
    title="成员",
    lead="您管的范围里的人，一行一人；健康状况默认隐去。",
    permission=Permission.HOUSEHOLD_VIEW,
    rows=_rows,
    columns=(
        Column("name", "姓名"),
        Column("relation", "与户主关系"),
        Column("head", "户主", "household.head_name"),
        Column("village", "行政村", "household.village.name", sort="place"),
        Column("group_name", "村民小组", "household.group_name", default=False),
        Column("sex", "性别"),
        Column(
            "age", "年龄", lambda row: row.age_on(timezone.localdate()), kind="number", sort="-birth_date"
        ),
        Column("birth_date", "出生日期", kind="date", default=False),
        Column(
            "id_number",
            "证件号码",
            lambda row: row.identity.id_number,
            classified=FieldClass.IDENTITY,
        ),
        Column("ethnicity", "民族", default=False),
        Column("education", "文化程度"),
        Column("student_status", "在校生状况"),
        Column("health", "健康状况", default=False, classified=FieldClass.HEALTH),
        Column("labour", "劳动技能"),
        Column("resident_insurance", "居民医保", kind="bool"),
        Column("employee_insurance", "职工医保", kind="bool", default=False),
        Column("pension_insurance", "居民养老", kind="bool", default=False),
        Column("minimum_living", "低保", default=False),
        Column("extreme_poverty_support", "特困供养", default=False),
        Column("public_post", "公益性岗位", default=False),
        Column("work_place", "务工所在地", default=False),
        Column("phone", "联系电话", lambda row: row.phone, default=False, classified=FieldClass.CONTACT),
        Column("state", "状态", kind="tag", default=False),
        Column("left_on", "离开日期", kind="date", default=False),
    ),
    filters=(
        Filter("state", "状态", choices=MemberState),
        Filter("age", "年龄段", choices=_AGES, apply=_aged),
        Filter("sex", "性别", choices=Sex),
        Filter("household_type", "户类型", field="household__household_type", choices=HouseholdType),
        Filter("education", "文化程度", choices=words(dictionaries()["education"]), blank=True),
        Filter("student_status", "在校生状况", choices=words(dictionaries()["student_status"]), blank=True),
        Filter("labour", "劳动技能", choices=words(dictionaries()["labour"]), blank=True),
        Filter("insured", "基本医保", choices=(("yes", "已参保"), ("no", "未参保")), apply=_insured),
        yes_no("pension_insurance", "居民养老"),
        Filter("minimum_living", "低保", choices=words(dictionaries()["minimum_living"])),
        Filter("left_on", "离开日期", "day"),
        group_filter(MEMBER_GROUPS),
    ),
    default_sort="place",
    row_url=lambda row: reverse("household_file", args=[row.household.uid]) + "?tab=members",
    row_label=lambda row: row.name,
    views=(
        ("present", "在册", "f_state=present"),
        ("school", "义务教育年龄", "f_state=present&f_age=6-15"),
        ("uninsured", "未参保", "f_state=present&f_insured=no"),
        ("labour", "16–59 岁", "f_state=present&f_age=16-59"),
        ("old", "80 岁及以上", "f_state=present&f_age=80-150"),
    ),
    actions=(HeadAction("找户", "find", Permission.HOUSEHOLD_VIEW, icon="search"),),
    search=_search,
    search_label="姓名、首字母",
    print_title="成员台账",
    empty="这里还没有成员。设了条件的话，换个条件再看。",
)
