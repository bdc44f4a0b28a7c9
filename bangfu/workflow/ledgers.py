"""To-dos, what was done, what one began and what was copied: 待办、已办、我发起、抄送."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from bangfu.access.classification import FieldClass
from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.ledgers.definition import Column, Filter, HeadAction, Ledger
from bangfu.ledgers.workbench import Work
from bangfu.workflow.models import FlowRun
from bangfu.workflow.queries import copies_for, done_steps, started_runs, todo_runs
from bangfu.workflow.registry import room_of
from bangfu.workflow.showing import rows as shown

MINE = Permission.TODO_VIEW
_LISTS = {"todo_list": ("待办", "inbox"), "done_list": ("已办", "checks"), "started_list": ("我发起", "send")}
_LISTS["copied_list"] = ("抄送", "mail")


def _others(here: str) -> tuple[HeadAction, ...]:
    return tuple(HeadAction(label, id, MINE, icon) for id, (label, icon) in _LISTS.items() if id != here)


def _page(run: FlowRun) -> str:
    return room_of(run.flow).page(run)


def _due(rows: QuerySet[Any], answer: str) -> QuerySet[Any]:
    return rows.filter(shown.due_within(answer, timezone.localdate()))


def _search(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    return rows.filter(label__icontains=text)


def _open(rows: QuerySet[Any], answer: str) -> QuerySet[Any]:
    return rows.filter(Q(ended_on__isnull=answer == "yes"))


def todo_rows(user: User) -> QuerySet[FlowRun]:
    """What waits for the person."""
    return shown.with_limits(todo_runs(user), timezone.localdate())


def started_rows(user: User) -> QuerySet[FlowRun]:
    """What the person began."""
    return shown.with_limits(started_runs(user), timezone.localdate())


_RUN_COLUMNS = (
    Column("label", "事项", sort="label", classified=FieldClass.NAME),
    Column("flow", "流程", shown.flow_title, sort="flow"),
    Column("state", "现在在", shown.state_title, kind="tag", sort="state"),
    Column("village", "村", "village", sort="place"),
    Column("left", "剩余", shown.due_cell, kind="signal", sort="sort_due"),
    Column("due_on", "期限", kind="date", sort="sort_due"),
    Column("note", "上一步的说明"),
    Column("entered_on", "到这一步", kind="date", sort="entered_on", default=False),
    Column("discovered_on", "发现", kind="date", sort="discovered_on", default=False),
)
_RUN_FILTERS = (
    Filter("flow", "流程", choices=shown.flow_choices),
    Filter("state", "环节", choices=shown.state_choices, apply=shown.in_state),
    Filter("due", "期限", choices=(("soon", "临期"), ("overdue", "超期")), apply=_due),
    Filter("returned", "待补正", kind="bool"),
)

TO_DO = Ledger(
    id="todo_list",
    title="待办",
    lead="轮到您办的事。谁有这一步的权限、管这个地方，谁都看得到，谁都可以办；办过的就不在这里了。",
    permission=MINE,
    rows=todo_rows,
    columns=_RUN_COLUMNS,
    filters=_RUN_FILTERS,
    default_sort="left",
    row_url=_page,
    views=(
        ("soon", "临期", "f_due=soon"),
        ("overdue", "超期", "f_due=overdue"),
        ("returned", "待补正", "f_returned=yes"),
    ),
    actions=_others("todo_list"),
    search=_search,
    search_label="事项",
    empty="没有等您办的事。换个条件，或过会儿再来看。",
)

STARTED = Ledger(
    id="started_list",
    title="我发起的",
    lead="您发起的流程，现在在哪一步。",
    permission=MINE,
    rows=started_rows,
    columns=(
        *_RUN_COLUMNS,
        Column("started_at", "发起", kind="date", sort="started_at"),
        Column("outcome", "结果"),
    ),
    filters=(*_RUN_FILTERS, Filter("open", "在办", choices=(("yes", "在办"), ("no", "办结")), apply=_open)),
    default_sort="-started_at",
    row_url=_page,
    views=(("open", "在办", "f_open=yes"),),
    actions=_others("started_list"),
    search=_search,
    search_label="事项",
    empty="您还没有发起过流程。",
)

DONE = Ledger(
    id="done_list",
    title="已办",
    lead="您办过的每一步。",
    permission=MINE,
    rows=done_steps,
    columns=(
        Column("label", "事项", "run.label", sort="run__label", classified=FieldClass.NAME),
        Column("flow", "流程", lambda step: shown.flow_title(step.run), sort="run__flow"),
        Column("state", "环节", lambda step: shown.step_title(step.run, step.state), kind="tag"),
        Column("way", "怎样办的", lambda step: shown.way_title(step.run, step.state, step.transition)),
        Column("left_on", "办理日期", kind="date", sort="left_on"),
        Column("due_on", "期限", kind="date", sort="due_on"),
        Column("note", "说明"),
        Column("now", "现在在", lambda step: shown.state_title(step.run)),
        Column("left_at", "写下的时间", kind="date", sort="left_at", default=False),
    ),
    filters=(
        Filter("flow", "流程", field="run__flow", choices=shown.flow_choices),
        Filter("left_on", "办理日期", kind="day"),
        Filter("returned", "是退回", kind="bool"),
    ),
    default_sort="-left_at",
    row_url=lambda step: _page(step.run),
    place_field="run__place",
    actions=_others("done_list"),
    search=lambda rows, text: rows.filter(run__label__icontains=text),
    search_label="事项",
    empty="您还没有办过。",
)

COPIED = Ledger(
    id="copied_list",
    title="抄送",
    lead="别人办了、抄送给您知道的。不用您办。",
    permission=MINE,
    rows=copies_for,
    columns=(
        Column("label", "事项", "run.label", sort="run__label", classified=FieldClass.NAME),
        Column("flow", "流程", lambda copy: shown.flow_title(copy.run), sort="run__flow"),
        Column("words", "办了什么"),
        Column("sent_at", "抄送时间", kind="date", sort="sent_at"),
        Column("now", "现在在", lambda copy: shown.state_title(copy.run), kind="tag"),
    ),
    filters=(
        Filter("flow", "流程", field="run__flow", choices=shown.flow_choices),
        Filter("sent_at", "抄送时间", kind="day", field="sent_at__date"),
    ),
    default_sort="-sent_at",
    row_url=lambda copy: _page(copy.run),
    actions=_others("copied_list"),
    search=lambda rows, text: rows.filter(run__label__icontains=text),
    search_label="事项",
    empty="没有抄送给您的。",
)

WORK = (
    Work(MINE, TO_DO, "", "待办", "轮到您办的事，按期限先后。", ""),
    Work(MINE, TO_DO, "f_due=soon", "临期", "快到期限的，在待办之内。", reminds=True),
    Work(MINE, TO_DO, "f_due=overdue", "超期", "过了期限的，在待办之内。", "bad", True),
    Work(MINE, TO_DO, "f_returned=yes", "待补正", "退回来要补的，在待办之内。", reminds=True),
)
"""What the workbench counts."""
