"""Ledgers of cases: all of them, and the information checks."""

from __future__ import annotations

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from bangfu.access.classification import FieldClass
from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.households.enums import MonitoredCategory
from bangfu.households.queries.finding import begins
from bangfu.ledgers.definition import BatchAction, Choice, Column, Filter, HeadAction, Ledger
from bangfu.monitoring.enums.cases import CaseKind, CaseOutcome, CheckResult
from bangfu.monitoring.models import Case, InformationCheck
from bangfu.monitoring.queries import cases as queries
from bangfu.monitoring.queries.bureaus import checks_for
from bangfu.monitoring.terms import negative_label, risk_choices
from bangfu.workflow.registry import room_of
from bangfu.workflow.showing.rows import state_title

_KINDS = tuple(kind.value for kind in CaseKind)
_HEAD = Column("head", "户主", "household.head_name", sort="household__head_name", classified=FieldClass.NAME)
_VILLAGE = Column("village", "村", "household.village.name", sort="place")
_TOWNSHIP = Column("township", "乡镇", "household.village.parent.name", sort="place", default=False)


def _states(user: User) -> list[Choice]:
    """The steps of both flows, as the software brings them."""
    flows = [room_of(code).flow for code in _KINDS]
    titles = {state.id: state.title for flow in reversed(flows) for state in flow.states.values()}
    return list(titles.items())


def search_heads(rows: QuerySet, text: str) -> QuerySet:
    """Head by name or initials, from the beginning."""
    if text.isascii() and text.isalpha():
        return rows.filter(begins("household__head_initials", text.lower()))
    return rows.filter(begins("household__head_name", text))


def _limit(rows: QuerySet[Case], value: str) -> QuerySet[Case]:
    return queries.within_limit(rows, value, timezone.localdate())


def _with_risk(rows: QuerySet[Case], risk: str) -> QuerySet[Case]:
    return rows.filter(household__risks__icontains=risk)


def _green(rows: QuerySet[Case], answer: str) -> QuerySet[Case]:
    return rows.filter(green_channel=answer == "yes")


CASES = Ledger(
    id="case_list",
    title="核查与认定",
    lead="从研判到认定、从核查到消除，每一户在哪一步、还剩几天。",
    permission=Permission.CASE_VIEW,
    rows=queries.cases_seen_by,
    columns=(
        _HEAD,
        _VILLAGE,
        _TOWNSHIP,
        Column("kind", "事项", kind="tag", sort="kind"),
        Column("state", "现在在", lambda case: state_title(case.run), kind="tag", sort="run__state"),
        Column("category", "类别", sort="category"),
        Column("risks", "风险", lambda case: "、".join(case.risks)),
        Column("due_on", "期限", "run.due_on", kind="date", sort="run__due_on"),
        Column("discovered_on", "发现", kind="date", sort="discovered_on"),
        Column("approval", "批复", "approval.number", default=False),
        Column("national", "全国系统", "national_marked_on", kind="date", default=False),
        Column("green_channel", "绿色通道", kind="bool", default=False),
        Column("papers_due_on", "手续补齐期限", kind="date", default=False),
        Column("outcome", "结果", kind="tag", sort="outcome"),
        Column("closed_on", "办结", kind="date", sort="closed_on", default=False),
    ),
    filters=(
        Filter("kind", "事项", choices=CaseKind),
        Filter("state", "环节", field="run__state", choices=_states),
        Filter(
            "limit",
            "进度",
            choices=tuple((code, label) for code, label in queries.LIMITS.items()),
            apply=_limit,
        ),
        Filter("category", "类别", choices=MonitoredCategory, blank=True),
        Filter("risk", "风险", choices=risk_choices(), apply=_with_risk),
        Filter("outcome", "结果", choices=CaseOutcome, blank=True),
        Filter("green", "绿色通道", choices=(("yes", "是"), ("no", "否")), apply=_green),
        Filter("discovered_on", "发现日期", kind="day"),
        Filter("national_marked_on", "全国系统日期", kind="day"),
        Filter("approval", "批复文号", kind="text", field="approval__number"),
    ),
    default_sort="-discovered_on",
    row_url=lambda case: reverse("case_file", args=[case.uid]),
    row_label=lambda case: f"{case.household.head_name}户",
    views=(
        ("open", "在办", "f_limit=open"),
        ("soon", "临期", "f_limit=soon"),
        ("overdue", "超期", "f_limit=overdue"),
        ("returned", "待补正", "f_limit=returned"),
        ("approve", "待县级审定", "f_state=approve"),
        ("mark", "待录入全国系统", "f_state=mark"),
        ("green", "绿色通道待补手续", "f_limit=green"),
        ("removal", "风险消除", "f_kind=removal"),
        ("refused", "未纳入", "f_state=refused"),
    ),
    actions=(
        HeadAction("体外循环", "outside_case_list", Permission.CASE_VIEW, "alert-triangle"),
        HeadAction("应纳未纳", "missed_household_list", Permission.CASE_VIEW, "user-minus"),
    ),
    batch_actions=(
        BatchAction("登记评议会", "record_meetings", Permission.CASE_MEET),
        BatchAction("审定", "approve_cases", Permission.CASE_APPROVE),
        BatchAction("拟公示", "compose_case_notice", Permission.NOTICE_PUBLISH),
    ),
    search=search_heads,
    search_label="户主",
    empty="还没有个案。线索核实为有风险的，在线索页或户档案里建个案。",
)


def _check_rows(user: User) -> QuerySet[InformationCheck]:
    rows = checks_for(user, timezone.localdate())
    return rows.select_related("case__household__village__parent", "case__run__definition").defer(
        "case__run__definition__text"
    )


CHECKS = Ledger(
    id="check_list",
    title="信息比对",
    lead="各部门收到的比对。没有负面线索的打勾一次回；有负面线索的逐件写清事实，由人研判。",
    permission=Permission.CASE_CHECK,
    rows=_check_rows,
    columns=(
        Column(
            "head",
            "户主",
            "case.household.head_name",
            sort="case__household__head_name",
            classified=FieldClass.NAME,
        ),
        Column("village", "村", "case.household.village.name", sort="case__place"),
        Column("bureau", "部门", sort="bureau"),
        Column("answered_by", "由谁回"),
        Column("asked_on", "提请", kind="date", sort="asked_on"),
        Column("result", "结果", kind="tag", sort="result"),
        Column("answered_on", "回函", kind="date", sort="answered_on"),
        Column("clue_kind", "负面线索", lambda row: negative_label(row.clue_kind)),
    ),
    filters=(
        Filter("result", "结果", choices=CheckResult),
        Filter("bureau", "部门", kind="text"),
        Filter("asked_on", "提请日期", kind="day"),
    ),
    default_sort="asked_on",
    row_url=lambda row: reverse("answer_check", args=[row.uid]),
    row_label=lambda row: f"{row.case.household.head_name}户 {row.bureau}",
    place_field="case__place",
    views=(
        ("waiting", "等回函", "f_result=waiting"),
        ("negative", "有负面线索", "f_result=negative"),
    ),
    actions=(HeadAction("比对由谁回", "bureau_list", Permission.BUREAU_SET, "building"),),
    batch_actions=(BatchAction("没有负面线索", "clear_checks", Permission.CASE_CHECK),),
    empty="没有要比对的。单位的账号只看到归本单位回的；哪个部门归哪个单位，由县帮扶办定。",
)
