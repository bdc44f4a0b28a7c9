"""Choices about teachers, places to look at, people in training, and what came of a training."""

from __future__ import annotations

from django.db import models


class TeacherKind(models.TextChoices):
    """Whom a session or a service can call upon (C-005, C-221)."""

    LECTURER = "lecturer", "授课教师"
    EXPERT = "expert", "农技专家"
    LEGAL_ADVISER = "legal_adviser", "法律顾问"
    CREDIT_OFFICER = "credit_officer", "农信员"
    CADRE = "cadre", "优秀驻村干部"
    EXAMPLE = "example", "典型户"
    DEMONSTRATION = "demonstration", "科技示范户"

    @property
    def is_household(self) -> bool:
        """Whether it is a household that tells of itself or shows its fields."""
        return self in (TeacherKind.EXAMPLE, TeacherKind.DEMONSTRATION)


class PointKind(models.TextChoices):
    """What is looked at (C-004, C-198)."""

    SAMPLE_VILLAGE = "sample_village", "样板村"
    SITE = "site", "观摩点"


class Means(models.TextChoices):
    """How somebody was asked after the training."""

    VISIT = "visit", "上门"
    TELEPHONE = "telephone", "电话"
    TALK = "talk", "座谈"


class Effect(models.TextChoices):
    """What came of a training (C-201)."""

    USED = "used", "用上了"
    SPREAD = "spread", "用上了，还带动别人"
    PARTLY = "partly", "用上一部分"
    NOT_USED = "not_used", "没用上"
    MORE = "more", "还想再学"


class LeaderKind(models.TextChoices):
    """What somebody is being brought up for (C-040)."""

    VILLAGE_SECRETARY = "village_secretary", "村支书（含后备）"
    PIONEER = "pioneer", "致富带头人"
    PRACTITIONER = "practitioner", "农村实用人才"


class LeaderState(models.TextChoices):
    """Where somebody in training for more stands."""

    IN_TRAINING = "in_training", "培养中"
    ARRIVED = "arrived", "已见成效"
    LEFT = "left", "已退出"
