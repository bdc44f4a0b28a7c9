"""Choices about visits: how people met, whom, what has changed."""

from __future__ import annotations

from django.db import models


class VisitWay(models.TextChoices):
    """How the visitor and the household, or the village, met; every way is a visit (practice.md 7.3)."""

    HOME = "home", "入户"
    EVENING = "evening", "晚上入户"
    PHONE = "phone", "电话"
    ELSEWHERE = "elsewhere", "在外见到"
    VILLAGE = "village", "到村"


ON_SITE = (VisitWay.HOME, VisitWay.EVENING, VisitWay.VILLAGE)
"""Ways that bring the visitor into the village."""
HOUSEHOLD_WAYS = (VisitWay.HOME, VisitWay.EVENING, VisitWay.PHONE, VisitWay.ELSEWHERE)
VILLAGE_WAYS = (VisitWay.VILLAGE, VisitWay.PHONE)


class VisitMet(models.TextChoices):
    """Who was met; with NOBODY nobody else."""

    HEAD = "head", "户主"
    FAMILY = "family", "家人"
    OFFICIALS = "officials", "村干部"
    VILLAGERS = "villagers", "群众"
    NOBODY = "nobody", "没见到"


HOUSEHOLD_MET = (VisitMet.HEAD, VisitMet.FAMILY, VisitMet.NOBODY)
VILLAGE_MET = (VisitMet.OFFICIALS, VisitMet.VILLAGERS, VisitMet.NOBODY)


class VisitChanged(models.TextChoices):
    """What is not as it was the last time."""

    PEOPLE = "people", "人口"
    INCOME = "income", "收入"
    WORK = "work", "务工"
    ILLNESS = "illness", "看病"
    SCHOOL = "school", "上学"
    HOUSING = "housing", "住房"
    WATER = "water", "饮水"
    CONTACT = "contact", "电话地址"
    OTHER = "other", "别的"
