"""Ledgers: checks, and what is still to be mended."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse

from bangfu.access.permissions import Permission
from bangfu.ledgers.definition import Column, Filter, HeadAction, Ledger
from bangfu.standards.enums import CheckVerdict
from bangfu.standards.models import CheckItem, StandardCheck
from bangfu.standards.queries import checks_seen, missing_seen
from bangfu.standards.showing import verdict_signal

_VIEW = Permission.STANDARD_CHECK_VIEW


def _searched(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    return rows.filter(Q(thing__icontains=text) | Q(standard__title__icontains=text))


def _check_url(row: StandardCheck) -> str:
    return reverse("standard_check_file", args=[row.uid])


def _item_url(row: CheckItem) -> str:
    return reverse("standard_check_file", args=[row.check_of.uid])


CHECKS = Ledger(
    id="standard_check_list",
    title="达标验收",
    lead="哪个对象按哪个标准验收过、结果怎样、差几项；复查以后，前一次还在。",
    permission=_VIEW,
    rows=checks_seen,
    columns=(
        Column("thing", "验收什么", sort="thing"),
        Column("standard", "标准", "standard.title", sort="standard__title"),
        Column("region", "地方", "region.name", sort="place"),
        Column("on", "验收日期", kind="date", sort="on"),
        Column("verdict", "结果", verdict_signal, kind="signal", sort="verdict"),
        Column("score", "得分", kind="number", sort="score"),
        Column("missing_count", "不符合", kind="number", sort="missing_count"),
        Column("due_on", "整改时限", kind="date", sort="due_on"),
    ),
    filters=(
        Filter("standard", "标准", "text", field="standard__title"),
        Filter("code", "标准编号", "text", field="code"),
        Filter("verdict", "结果", choices=CheckVerdict),
        Filter("on", "验收日期", "day"),
        Filter("due_on", "整改时限", "day"),
        Filter("latest", "最近一次", "bool", field="is_latest"),
    ),
    default_sort="-on",
    row_url=_check_url,
    views=(
        ("latest", "最近一次", "f_latest=yes"),
        ("failed", "不达标", "f_latest=yes&f_verdict=failed"),
        ("unfinished", "没有查完", "f_latest=yes&f_verdict=unfinished"),
    ),
    actions=(
        HeadAction("标准", "standard_list", _VIEW, "list-details"),
        HeadAction("整改清单", "standard_missing_list", _VIEW, "list-check"),
    ),
    search=_searched,
    search_label="验收什么、标准",
    print_title="达标验收台账",
    empty="还没有验收过。到“标准”里选一个，登记验收。",
)

MISSING = Ledger(
    id="standard_missing_list",
    title="整改清单",
    lead="最近一次验收不符合的，一项一行；复查符合了就不在这里。",
    permission=_VIEW,
    rows=missing_seen,
    columns=(
        Column("thing", "验收什么", "check_of.thing", sort="check_of__thing"),
        Column("standard", "标准", "check_of.standard.title", sort="check_of__standard__title"),
        Column("region", "地方", "check_of.region.name", sort="check_of__place"),
        Column("title", "项目", sort="title"),
        Column("missing", "差什么"),
        Column("due_on", "整改时限", "check_of.due_on", kind="date", sort="check_of__due_on"),
    ),
    filters=(
        Filter("standard", "标准", "text", field="check_of__standard__title"),
        Filter("veto", "一票否决", "bool"),
        Filter("due_on", "整改时限", "day", field="check_of__due_on"),
    ),
    default_sort="due_on",
    row_url=_item_url,
    place_field="check_of__place",
    search=lambda rows, text: rows.filter(Q(title__icontains=text) | Q(check_of__thing__icontains=text)),
    search_label="项目、验收什么",
    print_title="整改清单",
    empty="没有要整改的。",
)
