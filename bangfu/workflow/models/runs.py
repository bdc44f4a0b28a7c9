"""A flow as it runs: where it stands, the steps it took, its papers, pauses and copies."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from bangfu.access.scope import ScopedQuerySet, TrackedScopedQuerySet
from bangfu.core.ids import uid7
from bangfu.core.models import Subject, TrackedModel
from bangfu.evidence.models import EvidenceFile
from bangfu.workflow.models.definitions import FlowDefinition


class FlowRun(TrackedModel):
    """One flow about one subject. ``owner_permission`` is empty once it has ended.

    ``due_on`` is the nearer of the step's and the whole run's last day; null while paused, without a limit
    and after the end. ``note`` is what the last person said, ``returned``: it came back for correction.
    """

    uid = models.UUIDField(default=uid7, unique=True, editable=False)
    subject = models.ForeignKey(Subject, models.PROTECT, related_name="flow_runs")
    definition = models.ForeignKey(FlowDefinition, models.PROTECT, related_name="runs")
    flow = models.CharField("流程", max_length=40)
    label = models.CharField("事项", max_length=100)
    place = models.CharField("区划代码", max_length=15)
    state = models.CharField("环节", max_length=40)
    step_number = models.PositiveIntegerField("第几步", default=1)
    owner_permission = models.CharField("由谁办", max_length=40, blank=True)
    discovered_on = models.DateField("发现日期")
    entered_on = models.DateField("进入本环节")
    step_due_on = models.DateField("本环节期限", null=True)
    total_due_on = models.DateField("全程期限", null=True)
    due_on = models.DateField("期限", null=True)
    paused_on = models.DateField("暂停", null=True)
    returned = models.BooleanField("待补正", default=False)
    note = models.CharField("说明", max_length=500, blank=True)
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    started_at = models.DateTimeField("发起")
    ended_on = models.DateField("办结", null=True)
    outcome = models.CharField("结果", max_length=40, blank=True)

    objects = TrackedScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "流程"
        indexes = (
            models.Index(fields=["owner_permission", "place", "due_on"], name="workflow_run_todo"),
            models.Index(fields=["started_by", "-started_at"], name="workflow_run_started"),
            models.Index(fields=["state", "flow"], name="workflow_run_state"),
        )

    def __str__(self) -> str:
        return self.label

    @property
    def has_ended(self) -> bool:
        """Whether nothing more can be done in it."""
        return self.ended_on is not None


class FlowStep(TrackedModel):
    """One passage through a state: who brought the run there, until when, who took it on, and how."""

    scope_owner = "run"

    run = models.ForeignKey(FlowRun, models.PROTECT, related_name="steps")
    number = models.PositiveIntegerField("第几步")
    state = models.CharField("环节", max_length=40)
    entered_on = models.DateField("进入日期")
    entered_at = models.DateTimeField("进入时间")
    due_on = models.DateField("期限", null=True)
    left_on = models.DateField("办理日期", null=True)
    left_at = models.DateTimeField("办理时间", null=True)
    left_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    transition = models.CharField("怎样办的", max_length=40, blank=True)
    returned = models.BooleanField("退回补正", default=False)
    note = models.CharField("说明", max_length=500, blank=True)
    number_given = models.CharField("文号", max_length=60, blank=True)

    objects = TrackedScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "流程步骤"
        constraints = (models.UniqueConstraint(fields=["run", "number"], name="workflow_step_number"),)
        indexes = (models.Index(fields=["left_by", "-left_at"], name="workflow_step_done"),)


class StepPaper(TrackedModel):
    """A paper that meets a requirement of a run; the latest one counts."""

    scope_owner = "run"

    run = models.ForeignKey(FlowRun, models.PROTECT, related_name="papers")
    step = models.ForeignKey(FlowStep, models.PROTECT, related_name="papers")
    requirement = models.CharField("要求", max_length=40)
    evidence = models.ForeignKey(EvidenceFile, models.PROTECT, related_name="+")

    objects = TrackedScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "流程凭证"


class FlowPause(TrackedModel):
    """A time in which the limits of a run stood still, and why."""

    scope_owner = "run"

    run = models.ForeignKey(FlowRun, models.PROTECT, related_name="pauses")
    paused_on = models.DateField("自")
    paused_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    reason = models.CharField("原因", max_length=300)
    resumed_on = models.DateField("至", null=True)
    resumed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects = TrackedScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "流程暂停"


class FlowCopy(models.Model):
    """A step shown to everybody who holds a permission in the place (抄送)."""

    run = models.ForeignKey(FlowRun, models.PROTECT, related_name="copies")
    permission = models.CharField("抄送给", max_length=40)
    place = models.CharField("区划代码", max_length=15)
    step_number = models.PositiveIntegerField("第几步")
    words = models.CharField("办了什么", max_length=100)
    sent_at = models.DateTimeField("抄送时间")

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "抄送"
        indexes = (models.Index(fields=["permission", "place", "-sent_at"], name="workflow_copy_list"),)
