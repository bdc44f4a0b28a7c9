"""Ledgers: plans, tasks, steps that are owed, and the table for the wall."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from bangfu.access.permissions import Permission
from bangfu.ledgers.definition import Column, Filter, HeadAction, Ledger
from bangfu.plans.enums import PlanKind, PlanState, Verdict
from bangfu.plans.models import Plan, PlanStep, PlanTask
from bangfu.plans.queries.plans import behind, plans_seen, steps_seen, tasks_seen
from bangfu.plans.showing import lights

_VIEW = Permission.COUNTY_PLAN_VIEW
_MANAGE = Permission.COUNTY_PLAN_MANAGE
_PACES = (("behind", "到期没报"), ("due", "在期内"), ("done", "完成"))


def _paced_steps(rows: QuerySet[Any], pace: str) -> QuerySet[Any]:
    if pace == "behind":
        return behind(rows, timezone.localdate())
    if pace == "done":
        return rows.filter(done_on__isnull=False)
    return rows.filter(done_on=None, next_due_on__gte=timezone.localdate())


def _paced_tasks(rows: QuerySet[Any], pace: str) -> QuerySet[Any]:
    late = behind(PlanTask.objects.all(), timezone.localdate(), "steps__").values("pk")
    if pace == "behind":
        return rows.filter(pk__in=late)
    undone = PlanStep.objects.filter(done_on=None).values("task")
    return rows.exclude(pk__in=undone) if pace == "done" else rows.filter(pk__in=undone).exclude(pk__in=late)


def _by_unit(rows: QuerySet[Any], name: str) -> QuerySet[Any]:
    return rows.filter(units__name__icontains=name).distinct()


def _steps_by_unit(rows: QuerySet[Any], name: str) -> QuerySet[Any]:
    return rows.filter(task__units__name__icontains=name).distinct()


def _plan_url(row: Plan) -> str:
    return reverse("county_plan_file", args=[row.uid])


def _task_url(row: PlanTask) -> str:
    return reverse("plan_task_file", args=[row.uid])


def _searched(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    return rows.filter(Q(title__icontains=text) | Q(chapter__icontains=text) | Q(plan__title__icontains=text))


PLANS = Ledger(
    id="county_plan_list",
    title="计划和任务",
    lead="把计划全文录进来，系统逐句提出任务，人确认以后各单位按步骤报。领导批示承诺、专题研究也这样管。",
    permission=_VIEW,
    rows=plans_seen,
    columns=(
        Column("title", "名称", sort="title"),
        Column("kind", "种类", kind="tag", sort="kind"),
        Column("year", "年度", sort="year"),
        Column("region", "哪里的", "region.name", sort="place"),
        Column("task_count", "任务", kind="number", sort="task_count"),
        Column("waiting_count", "待确认", kind="number", sort="waiting_count"),
        Column("planned", "计划总资金", kind="money", sort="planned"),
        Column("entered_on", "录入", kind="date", sort="entered_on", default=False),
        Column("state", "状态", lights.plan_signal, kind="signal", sort="state"),
    ),
    filters=(
        Filter("kind", "种类", choices=PlanKind),
        Filter("state", "状态", choices=PlanState),
        Filter("year", "年度", "range"),
        Filter("waiting_count", "待确认", "range"),
    ),
    default_sort="-year",
    row_url=_plan_url,
    actions=(
        HeadAction("任务台账", "plan_task_list", _VIEW, "list-details"),
        HeadAction("步骤", "plan_step_list", _VIEW, "list-check"),
        HeadAction("上墙表", "plan_wall", _VIEW, "table"),
        HeadAction("录入计划", "enter_county_plan", _MANAGE, "plus", primary=True),
    ),
    views=(
        ("promise", "领导批示和承诺", "f_kind=promise"),
        ("study", "专题研究", "f_kind=study"),
    ),
    search=lambda rows, text: rows.filter(title__icontains=text),
    search_label="名称",
    print_title="计划台账",
    empty="还没有计划。点“录入计划”，把全文粘贴进来。",
)

_TASK_FILTERS = (
    Filter("plan", "计划", "text", field="plan__title"),
    Filter("year", "年度", "range", field="plan__year"),
    Filter("kind", "种类", choices=PlanKind, field="plan__kind"),
    Filter("unit", "单位", "text", apply=_by_unit),
    Filter("pace", "步骤", choices=_PACES, apply=_paced_tasks),
    Filter("verdict", "检查结果", choices=Verdict, blank=True),
    Filter("mine", "本单位的", "bool"),
    Filter("amount", "资金", "money"),
)

TASKS = Ledger(
    id="plan_task_list",
    title="任务台账",
    lead="每项任务谁牵头、多少钱、做到哪一步；点开看原文和报告。",
    permission=_VIEW,
    rows=tasks_seen,
    columns=(
        Column("title", "任务", sort="title"),
        Column("plan", "计划", "plan.title", sort="plan__title"),
        Column("chapter", "章节", default=False),
        Column("leads", "牵头单位", lights.lead_names),
        Column("helps", "责任单位", lights.help_names, default=False),
        Column("amount", "资金", kind="money", sort="amount", total=True),
        Column("figures", "数量目标", lights.figure_words, default=False),
        Column("step_count", "步骤", kind="number", sort="step_count"),
        Column("done_count", "完成", kind="number", sort="done_count"),
        Column("state", "进展", lights.task_signal, kind="signal"),
        Column("checked_on", "检查", kind="date", sort="checked_on"),
    ),
    filters=_TASK_FILTERS,
    default_sort="position",
    row_url=_task_url,
    views=(
        ("mine", "本单位的", "f_mine=yes"),
        ("behind", "到期没报", "f_pace=behind"),
        ("lagging", "检查滞后", "f_verdict=lagging"),
    ),
    search=_searched,
    search_label="任务、章节、计划",
    print_title="任务台账",
    empty="还没有任务。先录入计划，逐句确认。",
)

WALL = Ledger(
    id="plan_wall",
    title="任务进度上墙表",
    lead="一项任务一行：谁、多少、什么时候、报到哪里。打印上墙，或导出 Excel。",
    permission=_VIEW,
    rows=lambda user: tasks_seen(user).filter(plan__state=PlanState.RUNNING),
    columns=(
        Column("title", "任务", sort="title"),
        Column("chapter", "章节"),
        Column("leads", "牵头单位", lights.lead_names),
        Column("helps", "责任单位", lights.help_names),
        Column("figures", "数量目标", lights.figure_words),
        Column("amount", "资金", kind="money", sort="amount", total=True),
        Column("steps", "步骤和时限", lights.step_words),
        Column("reported", "报到哪里", lights.report_words),
        Column("state", "进展", lights.task_signal, kind="signal"),
    ),
    filters=_TASK_FILTERS,
    default_sort="position",
    row_url=_task_url,
    search=_searched,
    search_label="任务、章节、计划",
    print_title="任务进度上墙表",
    empty="还没有开始执行的计划。",
)

STEPS = Ledger(
    id="plan_step_list",
    title="任务步骤",
    lead="到哪天要报什么；做了就写一句报上来，凭证可传可不传。",
    permission=_VIEW,
    rows=steps_seen,
    columns=(
        Column("words", "做什么", sort="words"),
        Column("task", "任务", "task.title", sort="task__title"),
        Column("units", "单位", lambda step: lights.lead_names(step.task) or lights.help_names(step.task)),
        Column("when", "时限", lights.step_when),
        Column("next_due_on", "下次到期", kind="date", sort="next_due_on"),
        Column("done_on", "完成", kind="date", sort="done_on"),
        Column("state", "进展", lights.step_signal, kind="signal"),
    ),
    filters=(
        Filter("pace", "进展", choices=_PACES, apply=_paced_steps),
        Filter("mine", "本单位的", "bool"),
        Filter("unit", "单位", "text", apply=_steps_by_unit),
        Filter("next_due_on", "下次到期", "day"),
        Filter("plan", "计划", "text", field="task__plan__title"),
    ),
    default_sort="next_due_on",
    row_url=lambda row: reverse("plan_task_file", args=[row.task.uid]),
    place_field="task__place",
    views=(
        ("mine", "本单位的", "f_mine=yes"),
        ("behind", "到期没报", "f_pace=behind"),
    ),
    search=lambda rows, text: rows.filter(Q(words__icontains=text) | Q(task__title__icontains=text)),
    search_label="步骤、任务",
    print_title="任务步骤",
    empty="没有步骤。计划开始执行以后，这里列出每一步。",
)
