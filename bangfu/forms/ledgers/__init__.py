"""Ledgers of sweeps: the sweeps and their households."""

from __future__ import annotations

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from bangfu.access.classification import FieldClass
from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.forms.enums import LEFT, SweepState, TaskState, UnreachedReason
from bangfu.forms.models import Sweep, SweepTask
from bangfu.forms.queries import (
    NO_GRID,
    ending_soon,
    past_end,
    sweeps_for,
    tasks_of,
    with_workers,
    workers_of,
)
from bangfu.ledgers.definition import Column, Filter, HeadAction, Ledger

_TONES = {
    TaskState.WAITING: ("off", "circle-dashed"),
    TaskState.SCREENED: ("ok", "circle-check"),
    TaskState.IN_QUESTION: ("warn", "alert-triangle"),
    TaskState.INSPECTED: ("ok", "checks"),
    TaskState.UNREACHED: ("now", "user-question"),
}


def _task_state(row: SweepTask) -> tuple[str, str, str]:
    kind, icon = _TONES[TaskState(row.state)]
    return kind, row.get_state_display(), icon


def _sweeps(user: User) -> list[tuple[str, str]]:
    return [(str(uid), title) for uid, title in sweeps_for(user).values_list("uid", "title")]


def _in_sweep(rows: QuerySet[SweepTask], value: str) -> QuerySet[SweepTask]:
    return rows.filter(sweep__uid=value)


def _rows(user: User) -> QuerySet[SweepTask]:
    return with_workers(tasks_of(user), timezone.localdate())


def _in_grid(rows: QuerySet[SweepTask], name: str) -> QuerySet[SweepTask]:
    """The grid of that name; where there is none, those whose name has the text in it."""
    if name == NO_GRID:
        return rows.filter(household__grid=None)
    exact = rows.filter(household__grid__name=name)
    return exact if exact.exists() else rows.filter(household__grid__name__contains=name)


_DUE = (("open", "进行中"), ("soon", "快到截止"), ("overdue", "过了截止没收尾"))


def _due(rows: QuerySet[Sweep], value: str) -> QuerySet[Sweep]:
    today = timezone.localdate()
    if value == "soon":
        return ending_soon(rows, today)
    return past_end(rows, today) if value == "overdue" else rows.filter(state=SweepState.OPEN)


def _task_due(rows: QuerySet[SweepTask], value: str) -> QuerySet[SweepTask]:
    return rows.filter(sweep__in=_due(Sweep.objects.all(), value).order_by().values("pk"))


def _left(rows: QuerySet[SweepTask], value: str) -> QuerySet[SweepTask]:
    return rows.filter(state__in=LEFT) if value == "yes" else rows.exclude(state__in=LEFT)


SWEEPS = Ledger(
    id="sweep_list",
    title="排查",
    lead="一段时间里对一片农户逐户筛查；有疑问的填排查表，发现风险就成线索。",
    permission=Permission.SWEEP_VIEW,
    rows=sweeps_for,
    columns=(
        Column("title", "名称", sort="title"),
        Column("region", "范围", "region.name", sort="place"),
        Column("group", "对象", lambda row: row.group_label),
        Column("starts_on", "开始", kind="date", sort="starts_on"),
        Column("ends_on", "截止", kind="date", sort="ends_on"),
        Column("state", "状态", kind="tag", sort="state"),
        Column("closed_on", "收尾日期", kind="date", sort="closed_on", default=False),
    ),
    filters=(
        Filter("state", "状态", choices=SweepState),
        Filter("due", "截止", choices=_DUE, apply=_due),
        Filter("starts_on", "开始日期", "day"),
    ),
    default_sort="-starts_on",
    row_url=lambda row: reverse("sweep_page", args=[row.uid]),
    views=(("open", "进行中", "f_state=open"), ("closed", "已收尾", "f_state=closed")),
    actions=(
        HeadAction("部署排查", "open_sweep", Permission.SWEEP_MANAGE, "plus", primary=True),
        HeadAction("筛查表和排查表", "form_list", Permission.SWEEP_VIEW, "clipboard-list"),
    ),
    empty="还没有部署排查。县里或乡镇部署一次，村里和网格员就有任务清单。",
)

SWEEP_TASKS = Ledger(
    id="sweep_task_list",
    title="排查任务",
    lead="这片要走的户：先筛查，有疑问再排查；见不到的写明原因。",
    permission=Permission.SWEEP_VIEW,
    rows=_rows,
    columns=(
        Column(
            "head", "户主", "household.head_name", sort="household__head_name", classified=FieldClass.NAME
        ),
        Column("village", "村", "household.village.name", sort="place"),
        Column("group", "组", "household.group_name"),
        Column("grid", "网格", "household.grid.name"),
        Column("worker", "网格员", lambda row: "、".join(workers_of(row.household.grid))),
        Column("state", "状态", _task_state, kind="signal", sort="state"),
        Column("has_risk", "有风险", kind="bool", sort="has_risk"),
        Column("done_on", "办理日期", kind="date", sort="done_on"),
        Column("unreached", "没见到的原因", "unreached_reason", kind="tag", default=False),
        Column("sweep", "排查", "sweep.title", default=False),
    ),
    filters=(
        Filter("sweep", "排查", choices=_sweeps, apply=_in_sweep),
        Filter("state", "状态", choices=TaskState),
        Filter("left", "还没办完", choices=(("yes", "没办完"), ("no", "办完了")), apply=_left),
        Filter("risk", "有风险", kind="bool", field="has_risk"),
        Filter("reason", "没见到的原因", field="unreached_reason", choices=UnreachedReason),
        Filter("due", "所在的排查", choices=_DUE, apply=_task_due),
        Filter("grid", "网格", kind="text", apply=_in_grid),
        Filter("head", "户主", kind="text", field="household__head_name"),
    ),
    default_sort="village",
    row_url=lambda row: reverse("sweep_task", args=[row.uid]),
    row_label=lambda row: f"{row.household.head_name}户",
    views=(
        ("left", "还没办完", "f_left=yes"),
        ("in_question", "待排查", "f_state=in_question"),
        ("unreached", "没见到", "f_state=unreached"),
        ("risk", "有风险", "f_risk=yes"),
    ),
    print_title="排查任务清单",
    empty="没有要走的户。",
)
