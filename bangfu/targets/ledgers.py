"""Targets as a ledger."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from bangfu.access.permissions import Permission
from bangfu.ledgers.definition import Column, Filter, HeadAction, Ledger
from bangfu.targets.enums import Cut, How, TargetState
from bangfu.targets.models import Target
from bangfu.targets.queries import targets_seen
from bangfu.targets.showing import span_words, target_signal

_VIEW = Permission.TARGET_VIEW


def _by_hand(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    return rows.filter(reading="") if value == "yes" else rows.exclude(reading="")


def _url(row: Target) -> str:
    return reverse("county_target_file", args=[row.uid])


TARGETS = Ledger(
    id="county_target_list",
    title="目标",
    lead="定了多少、写在哪里、谁负责、数从哪里来。完成情况看“完成情况”。",
    permission=_VIEW,
    rows=targets_seen,
    columns=(
        Column("title", "目标", sort="title"),
        Column("region", "哪里", "region.name", sort="place"),
        Column("unit", "责任单位", "unit.name", sort="unit__name"),
        Column("span", "年度", span_words, sort="year"),
        Column("side", "方向", default=False),
        Column("amount", "目标数", kind="number", sort="amount"),
        Column("measure", "单位"),
        Column("how", "怎样算", kind="tag", sort="how"),
        Column("cut", "分期", kind="tag", sort="cut"),
        Column("source", "出处"),
        Column("state", "状态", target_signal, kind="signal", sort="state"),
    ),
    filters=(
        Filter("state", "状态", choices=TargetState),
        Filter("year", "从哪年起", "text"),
        Filter("cut", "分期", choices=Cut),
        Filter("how", "怎样算", choices=How),
        Filter("typed", "实际数", choices=(("no", "从记录取"), ("yes", "手填")), apply=_by_hand),
        Filter("unit", "责任单位", "text", field="unit__name"),
    ),
    default_sort="-span",
    row_url=_url,
    views=(("live", "执行中", "f_state=live"), ("typed", "手填的", "f_typed=yes&f_state=live")),
    actions=(
        HeadAction("完成情况", "target_board", _VIEW, "chart-bar"),
        HeadAction("照指标表定", "set_county_targets", Permission.TARGET_MANAGE, "upload"),
        HeadAction("定目标", "set_county_target", Permission.TARGET_MANAGE, "plus", primary=True),
    ),
    search=lambda rows, text: rows.filter(title__icontains=text) | rows.filter(source__icontains=text),
    search_label="目标、出处",
    print_title="目标",
    empty="还没有目标。点“定目标”，写多少、写在哪里、从哪里取数。",
)
