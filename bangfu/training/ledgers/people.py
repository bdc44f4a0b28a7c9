"""Ledgers of teachers, places to look at, forums, people brought up to lead (C-004, C-005, C-040, C-199)."""

from __future__ import annotations

from typing import Any

from django.db.models import F, QuerySet
from django.urls import reverse

from bangfu.access.classification import FieldClass
from bangfu.ledgers.definition import Column, Filter, HeadAction, Ledger
from bangfu.training.enums.people import LeaderKind, LeaderState, PointKind, TeacherKind
from bangfu.training.ledgers.courses import MANAGE, RECORD, VIEW
from bangfu.training.models import Forum, FutureLeader
from bangfu.training.queries import seen

_THERE = (("yes", "在库"), ("no", "已出库"))
_LEADER_SIGNALS = {LeaderState.IN_TRAINING: "now", LeaderState.ARRIVED: "ok", LeaderState.LEFT: "off"}


def _standing(row: Any) -> tuple[str, str]:
    return ("off", "已出库") if row.valid_to else ("ok", "在库")


def _there(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    return rows.filter(valid_to__isnull=text == "yes")


TEACHERS = Ledger(
    id="teacher_list",
    title="师资和专家",
    lead="谁能讲、凭什么、出场多少次：教师、专家、法律顾问、农信员、优秀驻村干部、典型户、科技示范户。",
    permission=VIEW,
    rows=seen.teachers_seen,
    columns=(
        Column("name", "姓名", sort="name", classified=FieldClass.NAME),
        Column("kind", "类别", kind="tag", sort="kind"),
        Column("unit_name", "单位或村组", sort="unit_name"),
        Column("region", "地方", "region.name", sort="place"),
        Column("field", "擅长", sort="field"),
        Column("qualification", "资格"),
        Column("appeared", "出场", kind="number", sort="appeared", total=True),
        Column("served", "服务", kind="number", sort="served", total=True),
        Column("standing", "状态", _standing, kind="signal", sort="valid_to"),
        Column("valid_from", "入库", kind="date", sort="valid_from", default=False),
    ),
    filters=(
        Filter("kind", "类别", choices=TeacherKind),
        Filter("there", "状态", choices=_THERE, apply=_there),
        Filter("field", "擅长", kind="text"),
    ),
    default_sort="name",
    row_url=lambda row: reverse("teacher_file", args=[row.uid]),
    views=(
        ("demonstration", "科技示范户", "f_kind=demonstration&f_there=yes"),
        ("example", "典型户", "f_kind=example&f_there=yes"),
        ("expert", "农技专家", "f_kind=expert&f_there=yes"),
    ),
    actions=(HeadAction("加师资", "register_teacher", MANAGE, "plus", primary=True),),
    search=lambda rows, text: rows.filter(name__startswith=text),
    search_label="姓名",
    empty="师资库里还没有人。",
)

POINTS = Ledger(
    id="observation_point_list",
    title="样板村和观摩点",
    lead="能去看什么、看过几次。",
    permission=VIEW,
    rows=seen.points_seen,
    columns=(
        Column("name", "名称", sort="name"),
        Column("kind", "类别", kind="tag", sort="kind"),
        Column("region", "所在地", "region.name", sort="place"),
        Column("shows", "看什么"),
        Column("visits", "观摩班次", kind="number", sort="visits", total=True),
        Column("standing", "状态", _standing, kind="signal", sort="valid_to"),
        Column("valid_from", "入库", kind="date", sort="valid_from", default=False),
    ),
    filters=(
        Filter("kind", "类别", choices=PointKind),
        Filter("there", "状态", choices=_THERE, apply=_there),
    ),
    default_sort="name",
    row_url=lambda row: reverse("observation_point_file", args=[row.uid]),
    actions=(HeadAction("加观摩点", "register_observation_point", MANAGE, "plus", primary=True),),
    search=lambda rows, text: rows.filter(name__contains=text),
    search_label="名称",
    empty="还没有样板村和观摩点。",
)


def _progress(row: Forum) -> tuple[str, str]:
    held = getattr(row, "held", 0)
    return ("ok", "办满了") if held >= row.planned else ("warn", f"还差 {row.planned - held} 期")


def _behind(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    return rows.filter(held__lt=F("planned")) if text == "yes" else rows.filter(held__gte=F("planned"))


FORUMS = Ledger(
    id="forum_list",
    title="论坛",
    lead="一年计划几期、办了几期。",
    permission=VIEW,
    rows=seen.forums_seen,
    columns=(
        Column("name", "论坛", sort="name"),
        Column("year", "年度", sort="year"),
        Column("organiser", "主办单位", sort="organiser"),
        Column("region", "主办地", "region.name", sort="place"),
        Column("planned", "计划（期）", kind="number", sort="planned", total=True),
        Column("held", "已办（期）", kind="number", sort="held", total=True),
        Column("last_on", "最近一期", kind="date", sort="last_on"),
        Column("progress", "进度", _progress, kind="signal"),
    ),
    filters=(
        Filter("behind", "没办满", choices=(("yes", "没办满"), ("no", "办满了")), apply=_behind),
        Filter("year", "年度", kind="range"),
    ),
    default_sort="-year",
    row_url=lambda row: reverse("forum_file", args=[row.uid]),
    views=(("behind", "没办满", "f_behind=yes"),),
    actions=(HeadAction("建论坛", "plan_forum", MANAGE, "plus", primary=True),),
    empty="还没有论坛。",
)


def _leader_state(row: FutureLeader) -> tuple[str, str]:
    return _LEADER_SIGNALS[LeaderState(row.state)], row.get_state_display()


LEADERS = Ledger(
    id="future_leader_list",
    title="带头人培养",
    lead="村支书后备、致富带头人、农村实用人才：谁在培养、谁联系、培养成了没有。",
    permission=VIEW,
    rows=seen.leaders_seen,
    columns=(
        Column("name", "姓名", sort="name", classified=FieldClass.NAME),
        Column("kind", "类别", kind="tag", sort="kind"),
        Column("region", "村", "region.name", sort="place"),
        Column("township", "乡镇", "region.parent.name", sort="place", default=False),
        Column("mentor", "联系培养人", sort="mentor"),
        Column("aim", "培养目标"),
        Column("picked_on", "列入", kind="date", sort="picked_on"),
        Column("state", "状态", _leader_state, kind="signal", sort="state"),
        Column("outcome", "结果", default=False),
    ),
    filters=(
        Filter("kind", "类别", choices=LeaderKind),
        Filter("state", "状态", choices=LeaderState),
        Filter("picked_on", "列入日期", kind="day"),
    ),
    default_sort="name",
    row_url=lambda row: reverse("future_leader_file", args=[row.uid]),
    views=(("in_training", "培养中", "f_state=in_training"),),
    actions=(HeadAction("列入培养", "register_future_leader", RECORD, "plus", primary=True),),
    search=lambda rows, text: rows.filter(name__startswith=text),
    search_label="姓名",
    empty="培养名单里还没有人。",
)
