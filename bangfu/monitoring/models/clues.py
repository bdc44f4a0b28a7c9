"""Clues and the facts they rest on."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q

from bangfu.access.fields import EncryptedTextField
from bangfu.access.models import User
from bangfu.access.scope import ScopedQuerySet, TrackedScopedQuerySet
from bangfu.core.ids import uid7
from bangfu.core.models import Region, Subject, TrackedModel
from bangfu.households.models import Household
from bangfu.monitoring.enums.clues import SETTLED_VERDICTS, ClueChannel, ClueState, DeclarationMeans, Verdict
from bangfu.monitoring.models.screenings import ScreeningRun


class Clue(TrackedModel):
    """A sign that a household may be at risk: found by a screening, told by somebody, seen on a visit.

    ``household`` is empty while nobody knows which one it is; then ``place`` is the village that was named,
    else where the clue was taken down, and the tellings say what is known. A household has at most one clue
    that is not closed; what comes later joins it. ``channel``, ``headline`` and ``discovered_on`` are those
    of what opened it.
    """

    uid = models.UUIDField(default=uid7, unique=True, editable=False)
    subject = models.OneToOneField(Subject, models.PROTECT, related_name="clue")
    household = models.ForeignKey(
        Household, models.PROTECT, null=True, related_name="clues", verbose_name="户"
    )
    place = models.CharField("区划代码", max_length=15)
    village = models.ForeignKey(Region, models.PROTECT, null=True, related_name="+", verbose_name="村")
    channel = models.CharField("渠道", max_length=16, choices=ClueChannel)
    discovered_on = models.DateField("发现日期")
    headline = models.CharField("线索", max_length=200)
    risks = models.JSONField("风险", default=list)
    state = models.CharField("状态", max_length=12, choices=ClueState, default=ClueState.NEW)
    due_on = models.DateField("期限")
    assigned_to = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="assigned_clues", verbose_name="派给"
    )
    dispatch_note = models.CharField("派发说明", max_length=200, blank=True)
    return_reason = models.CharField("退回原因", max_length=200, blank=True)
    verdict = models.CharField("核实结论", max_length=12, choices=Verdict, blank=True)
    verdict_reason = models.TextField("核实情况", blank=True)
    verified_on = models.DateField("核实日期", null=True)
    verified_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="核实人")
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="merged")
    closed_at = models.DateTimeField("办结时间", null=True)

    objects = TrackedScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "线索"
        indexes = (
            models.Index(fields=["place", "state", "due_on"], name="monitoring_clue_place"),
            models.Index(fields=["state", "place", "due_on"], name="monitoring_clue_due"),
        )
        constraints = (
            models.UniqueConstraint(
                fields=["household"],
                condition=~Q(state=ClueState.CLOSED),
                name="monitoring_one_open_clue",
            ),
        )

    def __str__(self) -> str:
        return self.subject.label


class ClueTelling(TrackedModel):
    """What somebody told under a clue: the household itself, somebody for it, a cadre, a hotline.

    ``receipt_code`` is what a person who declared without an account asks with.
    """

    scope_owner = "clue"

    uid = models.UUIDField(default=uid7, unique=True, editable=False)
    clue = models.ForeignKey(Clue, models.PROTECT, related_name="tellings", verbose_name="线索")
    channel = models.CharField("渠道", max_length=16, choices=ClueChannel)
    means = models.CharField("申报方式", max_length=12, choices=DeclarationMeans, blank=True)
    reference = models.CharField("工单号", max_length=60, blank=True)
    told_on = models.DateField("反映日期")
    text = models.TextField("情况", blank=True)
    risks = models.JSONField("难处", default=list)
    name = models.CharField("姓名", max_length=60, blank=True)
    group_name = models.CharField("组", max_length=60, blank=True)
    phone = EncryptedTextField("电话", blank=True, default="")
    phone_index = models.CharField(max_length=32, blank=True, db_index=True)
    id_number = EncryptedTextField("证件号码", blank=True, default="")
    id_index = models.CharField(max_length=32, blank=True)
    teller_name = models.CharField("代报人", max_length=60, blank=True)
    teller_phone = EncryptedTextField("代报人电话", blank=True, default="")
    receipt_code = models.CharField("回执号", max_length=16, null=True, unique=True)
    registered_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="登记人"
    )
    registered_at = models.DateTimeField("登记时间")

    objects = TrackedScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "反映"
        ordering = ("registered_at",)


class ClueFactQuerySet(ScopedQuerySet):
    """Facts, narrowed to places or to those that stand for what a screening finds again."""

    def known(self, as_of: date) -> Self:
        """Facts that, found as of ``as_of``, are only seen again.

        Left out is what was gone by then and whose clue is closed without settling it: that comes back.
        """
        gone = Q(gone_on__isnull=False, gone_on__lte=as_of, clue__state=ClueState.CLOSED)
        return self.exclude(gone & ~Q(verdict__in=SETTLED_VERDICTS))


class ClueFact(models.Model):
    """One finding of a rule about a household, under the clue that it opened or joined.

    A household has a fact (``fact_key``) that holds once: found again, it is only seen again, whatever its
    clue has come to. Only what was gone and holds again after its clue was closed is a fact anew, under
    another clue, unless it was settled (:meth:`ClueFactQuerySet.known`). ``first_seen``,
    ``last_seen`` and ``gone_on`` are as-of days of screenings: gone, when a screening that ran the rule no
    longer found it. ``verdict`` is the clue's at the verification, unless that said otherwise of this fact.
    """

    scope_owner = "clue"

    uid = models.UUIDField(default=uid7, unique=True, editable=False)
    clue = models.ForeignKey(Clue, models.PROTECT, related_name="facts", verbose_name="线索")
    household = models.ForeignKey(Household, models.PROTECT, related_name="clue_facts")
    place = models.CharField("区划代码", max_length=15)
    rule = models.CharField("规则", max_length=60)
    rule_version = models.CharField("规则版次", max_length=20)
    person_key = models.BigIntegerField(null=True)
    fact_key = models.CharField(max_length=64)
    sentence = models.TextField("为什么")
    values = models.JSONField("数值", default=dict)
    sources = models.JSONField("来源", default=list)
    dataset = models.CharField("名单", max_length=40, blank=True)
    first_seen = models.DateField("最早发现")
    last_seen = models.DateField("最近发现")
    gone_on = models.DateField("不再成立", null=True)
    found_by = models.ForeignKey(ScreeningRun, models.PROTECT, related_name="+", verbose_name="筛查")
    verdict = models.CharField("核实结论", max_length=12, choices=Verdict, blank=True)
    judged_on = models.DateField("核实日期", null=True)
    returned_on = models.DateField("反馈部门日期", null=True)
    returned_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="反馈人")

    objects = ClueFactQuerySet.as_manager()

    class Meta:
        verbose_name = "线索依据"
        indexes = (
            models.Index(fields=["rule", "judged_on"], name="monitoring_fact_rule"),
            models.Index(fields=["dataset", "judged_on"], name="monitoring_fact_list"),
            models.Index(fields=["clue", "gone_on"], name="monitoring_fact_gone"),
        )
        constraints = (
            models.UniqueConstraint(
                fields=["household", "fact_key"], condition=Q(gone_on=None), name="monitoring_fact_once"
            ),
        )
