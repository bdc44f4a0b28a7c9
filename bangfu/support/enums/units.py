"""Choices about units, the posts in them, and what they bring to the places they help."""

from __future__ import annotations

from django.db import models


class UnitLevel(models.TextChoices):
    """Whose unit it is."""

    CENTRAL = "central", "中央"
    PROVINCE = "province", "省级"
    CITY = "city", "市级"
    COUNTY = "county", "县级"
    TOWNSHIP = "township", "乡镇级"
    VILLAGE = "village", "村级"


class UnitNature(models.TextChoices):
    """What kind of body it is; "social" are associations and foundations."""

    OFFICE = "office", "机关"
    INSTITUTION = "institution", "事业单位"
    STATE_ENTERPRISE = "state_enterprise", "国有企业"
    PRIVATE_ENTERPRISE = "private_enterprise", "民营企业"
    FINANCE = "finance", "金融机构"
    ARMY = "army", "部队"
    SOCIAL = "social", "社会组织"
    SCHOOL = "school", "学校"
    HOSPITAL = "hospital", "医院"
    OTHER = "other", "其他"


class PostKind(models.TextChoices):
    """What a person is in a unit, as far as somebody owes something for it."""

    PRINCIPAL = "principal", "主要负责人"
    IN_CHARGE = "in_charge", "分管领导"
    DEPUTY = "deputy", "班子成员"
    CONTACT = "contact", "联系人"
    STAFF = "staff", "工作人员"


class BroughtKind(models.TextChoices):
    """What a unit really brought to a place (C-215) or across regions (C-105)."""

    MONEY = "money", "资金"
    GOODS = "goods", "物资"
    FIRM = "firm", "企业"
    PROJECT = "project", "项目"
    PEOPLE = "people", "人才"
    POLICY = "policy", "政策"
    SALES = "sales", "消费帮扶"
    POSTS = "posts", "就业岗位"
    LABOUR_STATION = "labour_station", "劳务工作站"
    NAMED_CLASS = "named_class", "冠名班"


class PlanStanding(models.TextChoices):
    """Where a unit's yearly plan stands."""

    DRAFT = "draft", "拟定"
    ADOPTED = "adopted", "已定"
    FINISHED = "finished", "已总结"
