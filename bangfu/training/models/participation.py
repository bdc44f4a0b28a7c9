"""Who came to a session, for how long, and what came of it."""

from __future__ import annotations

from django.db import models

from bangfu.access.models import User
from bangfu.access.scope import TrackedScopedQuerySet
from bangfu.core.ids import uid7
from bangfu.core.models import TrackedModel
from bangfu.households.models import Member
from bangfu.training.enums.people import Effect, Means
from bangfu.training.models.courses import TrainingSession


class Participation(TrackedModel):
    """One person at one session: a user, a member of a household, or a name alone (C-006).

    ``coming_from`` is the unit or the village; ``reflection`` what the person took along (心得, C-004),
    which nobody must write. ``place`` is the session's.
    """

    uid = models.UUIDField(default=uid7, unique=True, editable=False)
    session = models.ForeignKey(
        TrainingSession, models.PROTECT, related_name="participations", verbose_name="班次"
    )
    place = models.CharField("区划代码", max_length=15, db_index=True)
    name = models.CharField("姓名", max_length=60)
    coming_from = models.CharField("单位或村", max_length=80, blank=True)
    user = models.ForeignKey(User, models.PROTECT, null=True, related_name="trainings", verbose_name="干部")
    member = models.ForeignKey(
        Member, models.PROTECT, null=True, related_name="trainings", verbose_name="成员"
    )
    hours = models.DecimalField("学时", max_digits=4, decimal_places=1)
    reflection = models.CharField("心得", max_length=500, blank=True)

    objects = TrackedScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "参训"
        ordering = ("session", "id")
        constraints = (
            models.UniqueConstraint(fields=["session", "user"], name="training_user_once"),
            models.UniqueConstraint(fields=["session", "member"], name="training_member_once"),
            models.UniqueConstraint(
                fields=["session", "name", "coming_from"],
                condition=models.Q(user=None, member=None),
                name="training_name_once",
            ),
        )

    def __str__(self) -> str:
        return self.name


class FollowUp(TrackedModel):
    """Asked after the return: did it help? (C-200, C-201)."""

    uid = models.UUIDField(default=uid7, unique=True, editable=False)
    participation = models.ForeignKey(
        Participation, models.PROTECT, related_name="follow_ups", verbose_name="参训"
    )
    place = models.CharField("区划代码", max_length=15, db_index=True)
    asked_on = models.DateField("回访日期")
    means = models.CharField("方式", max_length=10, choices=Means)
    effect = models.CharField("效果", max_length=10, choices=Effect)
    words = models.CharField("说了什么", max_length=300, blank=True)
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="回访人")

    objects = TrackedScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "训后回访"
        ordering = ("-asked_on", "-id")
