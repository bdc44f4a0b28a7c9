"""Households and their members, as they are today; history keeps how they were."""

from __future__ import annotations

from datetime import date

from django.db import models

from bangfu.access.fields import EncryptedTextField
from bangfu.access.models import Identity
from bangfu.access.scope import TrackedScopedQuerySet
from bangfu.core.ids import uid7
from bangfu.core.models import Region, Subject, TrackedModel, unchecked_change
from bangfu.core.money import MoneyField
from bangfu.households.enums import HouseholdState, HouseholdType, MemberState, MonitoredCategory, Sex


class Household(TrackedModel):
    """A rural household.

    ``place`` is the code of its group, else of its village: scope is a range over it. ``head_name`` and
    ``member_count`` repeat what the members say, for lists. Yes/no facts are null when unknown.
    """

    change = unchecked_change()
    uid = models.UUIDField(default=uid7, unique=True, editable=False)
    subject = models.OneToOneField(Subject, models.PROTECT, related_name="household", db_constraint=False)
    code = models.CharField("户编号", max_length=40, blank=True)
    place = models.CharField("区划代码", max_length=15)
    village = models.ForeignKey(
        Region, models.PROTECT, related_name="households", verbose_name="行政村", db_constraint=False
    )
    group_name = models.CharField("村民小组", max_length=40, blank=True)
    head_name = models.CharField("户主", max_length=60)
    head_initials = models.CharField(max_length=30, blank=True)
    member_count = models.PositiveSmallIntegerField("人数", default=0)
    state = models.CharField("状态", max_length=10, choices=HouseholdState, default=HouseholdState.PRESENT)
    household_type = models.CharField("户类型", max_length=12, choices=HouseholdType, blank=True)
    monitored_category = models.CharField(
        "监测对象类别", max_length=10, choices=MonitoredCategory, blank=True
    )
    identified_month = models.DateField("识别监测时间", null=True)
    risk_removed = models.BooleanField("风险是否已消除", null=True)
    removed_month = models.DateField("消除监测时间", null=True)
    main_cause = models.CharField("主要致贫原因", max_length=40, blank=True)
    other_causes = models.JSONField("其他致贫原因", default=list)
    risks = models.JSONField("致贫返贫风险", default=list)
    phone = EncryptedTextField("联系电话", blank=True, default="")
    phone_index = models.CharField(max_length=32, blank=True)
    address = models.CharField("家庭住址", max_length=200, blank=True)
    bank_name = models.CharField("开户银行", max_length=100, blank=True)
    bank_account = EncryptedTextField("银行账号", blank=True, default="")
    dangerous_house = models.BooleanField("是否危房户", null=True)
    safe_water = models.BooleanField("是否解决安全饮用水", null=True)
    electricity = models.BooleanField("是否通生活用电", null=True)
    toilet = models.BooleanField("是否有卫生厕所", null=True)
    road_hardened = models.BooleanField("入户道路是否硬化", null=True)
    main_road_distance = models.DecimalField(
        "与村主干路距离（公里）", max_digits=8, decimal_places=2, null=True
    )
    house_area = models.DecimalField("住房面积（平方米）", max_digits=8, decimal_places=2, null=True)
    farmland = models.DecimalField("耕地（亩）", max_digits=9, decimal_places=2, null=True)
    forest_land = models.DecimalField("林地（亩）", max_digits=9, decimal_places=2, null=True)
    net_income = MoneyField("家庭纯收入（名册）", null=True)
    per_capita_net_income = MoneyField("人均纯收入（名册）", null=True)
    no_labour_household = models.BooleanField("整户无劳动能力兜底保障户", null=True)
    grid = models.ForeignKey(
        "households.Grid", models.SET_NULL, null=True, related_name="households", verbose_name="网格"
    )
    roster_facts = models.JSONField("名册其他各项", default=dict)

    objects = TrackedScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "户"
        indexes = (
            # 不用 db_index：它在 PostgreSQL 上另建一个给 LIKE 用的索引，这里按相等或范围找
            models.Index(fields=["code"], name="households_code"),
            models.Index(fields=["phone_index"], name="households_phone"),
            # 范围加上台账最常用的条件和合计，数的时候不用翻整行
            models.Index(fields=["place", "state", "member_count"], name="households_place"),
            # 数在册、监测、该有责任人、该兜底的户，只走索引
            models.Index(
                fields=[
                    "place",
                    "state",
                    "household_type",
                    "monitored_category",
                    "risk_removed",
                    "no_labour_household",
                ],
                name="households_standing",
            ),
            # 监测户和兜底户只是一小部分：一户一策、转民政的数不用走过全县的户
            models.Index(
                fields=["place", "state", "monitored_category", "risk_removed"],
                condition=~models.Q(monitored_category=""),
                name="households_monitored",
            ),
            models.Index(
                fields=["state"],
                condition=models.Q(no_labour_household=True),
                name="households_no_labour",
            ),
            models.Index(fields=["head_initials"], name="households_initials"),
            models.Index(fields=["head_name"], name="households_head"),
        )

    def __str__(self) -> str:
        return f"{self.head_name}（{self.code}）" if self.code else self.head_name


class Member(TrackedModel):
    """A person's time in a household; who left stays, with day and reason. The number is in the vault.

    Who leaves one household and marries into another has a row in each and one identity; at most one of
    them is present.
    """

    change = unchecked_change()
    uid = models.UUIDField(default=uid7, unique=True, editable=False)
    subject = models.OneToOneField(Subject, models.PROTECT, related_name="member", db_constraint=False)
    household = models.ForeignKey(Household, models.PROTECT, related_name="members", verbose_name="户")
    place = models.CharField("区划代码", max_length=15)
    identity = models.ForeignKey(
        Identity, models.PROTECT, related_name="members", verbose_name="证件", db_constraint=False
    )
    code = models.CharField("人编号", max_length=40, blank=True)
    name = models.CharField("姓名", max_length=60)
    initials = models.CharField("拼音首字母", max_length=30, blank=True)
    sex = models.CharField("性别", max_length=8, choices=Sex, blank=True)
    birth_date = models.DateField("出生日期", null=True)
    relation = models.CharField("与户主关系", max_length=20, blank=True)
    is_head = models.BooleanField("户主", default=False)
    state = models.CharField("状态", max_length=12, choices=MemberState, default=MemberState.PRESENT)
    joined_on = models.DateField("加入日期", null=True)
    left_on = models.DateField("离开日期", null=True)
    ethnicity = models.CharField("民族", max_length=20, blank=True)
    education = models.CharField("文化程度", max_length=30, blank=True)
    student_status = models.CharField("在校生状况", max_length=30, blank=True)
    not_in_school_reason = models.CharField("义务教育阶段未上学原因", max_length=60, blank=True)
    health = models.CharField("健康状况", max_length=60, blank=True)
    labour = models.CharField("劳动技能", max_length=30, blank=True)
    phone = EncryptedTextField("联系电话", blank=True, default="")
    phone_index = models.CharField(max_length=32, blank=True)
    resident_insurance = models.BooleanField("城乡居民基本医疗保险", null=True)
    employee_insurance = models.BooleanField("城镇职工基本医疗保险", null=True)
    serious_illness_insurance = models.BooleanField("大病保险", null=True)
    medical_aid = models.BooleanField("医疗救助", null=True)
    pension_insurance = models.BooleanField("城乡居民基本养老保险", null=True)
    employee_pension = models.BooleanField("城镇职工基本养老保险", null=True)
    minimum_living = models.CharField("享受低保政策情况", max_length=20, blank=True)
    extreme_poverty_support = models.CharField("享受特困供养政策情况", max_length=20, blank=True)
    public_post = models.CharField("公益性岗位", max_length=60, blank=True)
    public_post_months = models.PositiveSmallIntegerField("公益性岗位（月数）", null=True)
    work_place = models.CharField("务工所在地", max_length=100, blank=True)
    work_months = models.PositiveSmallIntegerField("务工时间（月）", null=True)
    roster_facts = models.JSONField("名册其他各项", default=dict)

    objects = TrackedScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "成员"
        indexes = (
            models.Index(fields=["code"], name="members_code"),
            models.Index(fields=["phone_index"], name="members_phone"),
            models.Index(fields=["place", "state", "birth_date"], name="members_place"),
            models.Index(fields=["name", "place"], name="members_name"),
            models.Index(fields=["initials", "place"], name="members_initials"),
        )
        constraints = (
            models.UniqueConstraint(
                fields=["identity"],
                condition=models.Q(state=MemberState.PRESENT),
                name="members_present_once",
            ),
        )

    def __str__(self) -> str:
        return self.name

    def age_on(self, day: date) -> int | None:
        """Full years on ``day``; None when the birth date is unknown."""
        if self.birth_date is None:
            return None
        had_birthday = (day.month, day.day) >= (self.birth_date.month, self.birth_date.day)
        return day.year - self.birth_date.year - (not had_birthday)
