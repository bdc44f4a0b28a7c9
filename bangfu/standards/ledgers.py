"""Ledgers: checks, and what is still to be mended."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse

from bangfu.access.permissions import Permission
from bangfu.ledgers.definition import Column, Filter, HeadAction, Ledger
from bangfu.ledgers.workbench import Work
from bangfu.standards.enums import CheckVerdict, SubsidyState
from bangfu.standards.models import CheckItem, StandardCheck
from bangfu.standards.queries import checks_seen, missing_seen, subsidies_seen
from bangfu.standards.showing import subsidy_signal, verdict_signal

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
        HeadAction("补助建议", "subsidy_list", _VIEW, "coin"),
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

SUBSIDIES = Ledger(
    id="subsidy_list",
    title="补助建议",
    lead="验收达标的按标准该补多少、怎样算的、从哪份指标出。不达标的不补，复查不达标的不安排。",
    permission=_VIEW,
    rows=subsidies_seen,
    columns=(
        Column("thing", "补什么", "check_of.thing", sort="check_of__thing"),
        Column("standard", "标准", "check_of.standard.title", sort="check_of__standard__title"),
        Column("region", "地方", "check_of.region.name", sort="place"),
        Column("amount", "金额", kind="money", sort="amount", total=True),
        Column("words", "怎样算的"),
        Column("source", "从哪份指标", "source.notice_number", sort="source__notice_number"),
        Column("state", "状态", subsidy_signal, kind="signal", sort="state"),
        Column("proposed_on", "提出", kind="date", sort="proposed_on"),
        Column("answer", "答复", default=False),
    ),
    filters=(
        Filter("state", "状态", choices=SubsidyState),
        Filter("standard", "标准", "text", field="check_of__standard__title"),
        Filter("proposed_on", "提出日期", "day"),
    ),
    default_sort="-proposed_on",
    row_url=lambda row: reverse("answer_subsidy", args=[row.uid]),
    row_permissions=(Permission.FUND_ALLOCATE,),
    views=(("waiting", "等安排", "f_state=proposed"),),
    search=lambda rows, text: rows.filter(check_of__thing__icontains=text),
    search_label="补什么",
    print_title="补助建议",
    empty="还没有补助建议。标准里写了补助的，到那个标准的页面点“提补助建议”。",
)

WORK = (
    Work(
        Permission.FUND_ALLOCATE,
        SUBSIDIES,
        "f_state=proposed",
        "等安排的补助",
        "验收达标的，从哪份指标出、安排不安排，答复一下。",
    ),
)
