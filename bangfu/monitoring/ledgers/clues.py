"""The pool of clues, and the ledger of the facts that clues rest on."""

from __future__ import annotations

from collections.abc import Callable

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.households.enums import HouseholdType, MonitoredCategory
from bangfu.households.queries.finding import begins
from bangfu.ledgers.definition import BatchAction, Column, Filter, HeadAction, Ledger
from bangfu.monitoring.enums.clues import (
    OPEN_STATES,
    UNVERIFIED_STATES,
    ClueChannel,
    ClueState,
    DeclarationMeans,
    Verdict,
)
from bangfu.monitoring.models import Clue, ClueFact, ClueTelling
from bangfu.monitoring.queries import clues as queries
from bangfu.monitoring.queries.precision import TRUE
from bangfu.monitoring.rules import dataset_title, risk_rules, rule_title
from bangfu.monitoring.showing.clues import risk_words, state_signal, whose
from bangfu.screening.catalogue.loading import load_catalogue

_LIMITS: dict[str, tuple[str, Callable[[QuerySet[Clue]], QuerySet[Clue]]]] = {
    "open": ("在办", lambda rows: rows.filter(state__in=OPEN_STATES)),
    "overdue": ("超期", queries.overdue),
    "soon": ("临期", queries.due_soon),
    "gone": ("不再成立", queries.no_longer_holding),
    "unverified": ("未核实", lambda rows: rows.filter(state__in=UNVERIFIED_STATES)),
    "under_way": ("待核实", lambda rows: rows.filter(state__in=(ClueState.DISPATCHED, ClueState.VERIFYING))),
    "verified": ("已核实", lambda rows: rows.exclude(verdict="")),
    "unmatched": ("未对上户", lambda rows: rows.filter(household=None).exclude(state=ClueState.CLOSED)),
    "returned": ("退回的", lambda rows: rows.filter(state=ClueState.NEW).exclude(return_reason="")),
}


def _rows(user: User) -> QuerySet[Clue]:
    rows = queries.pool(user, timezone.localdate())
    return rows.select_related("subject", "household", "village__parent", "assigned_to")


def _search(rows: QuerySet[Clue], text: str) -> QuerySet[Clue]:
    """Head by name or initials, or what somebody told about a person of that name, from the beginning."""
    if text.isascii() and text.isalpha():
        return rows.filter(begins("household__head_initials", text.lower()))
    told = ClueTelling.objects.filter(begins("name", text), clue=OuterRef("pk"))
    return rows.filter(begins("household__head_name", text) | Q(Exists(told)))


def _with_rule(rows: QuerySet[Clue], rule: str) -> QuerySet[Clue]:
    return rows.filter(Exists(ClueFact.objects.filter(clue=OuterRef("pk"), rule=rule)))


def _with_means(rows: QuerySet[Clue], means: str) -> QuerySet[Clue]:
    return rows.filter(Exists(ClueTelling.objects.filter(clue=OuterRef("pk"), means=means)))


def _in_limit(rows: QuerySet[Clue], value: str) -> QuerySet[Clue]:
    return _LIMITS[value][1](rows) if value in _LIMITS else rows


CLUES = Ledger(
    id="clue_list",
    title="线索池",
    lead="规则筛出、农户申报、走访排查、热线和部门来的线索都在这里，一户只有一条在办，一件事只核一次。",
    permission=Permission.CLUE_VIEW,
    rows=_rows,
    columns=(
        Column("household", "户", whose, sort="household__head_name"),
        Column("village", "村", "village.name", sort="place"),
        Column("township", "乡镇", "village.parent.name", sort="place", default=False),
        Column("state", "状态", state_signal, kind="signal", sort="state"),
        Column("due_on", "期限", kind="date", sort="due_on"),
        Column("headline", "线索"),
        Column("channel", "渠道", kind="tag", sort="channel"),
        Column("discovered_on", "发现", kind="date", sort="discovered_on"),
        Column("risks", "风险", lambda row: "、".join(risk_words(row.risks)), default=False),
        Column("verdict", "结论", kind="tag", sort="verdict", default=False),
        Column("verified_on", "核实日期", kind="date", default=False),
        Column("assigned_to", "派给", "assigned_to.name", default=False),
        Column("household_type", "户类型", "household.household_type", default=False),
        Column("monitored_category", "监测类别", "household.monitored_category", kind="tag", default=False),
        Column("return_reason", "退回原因", default=False),
    ),
    filters=(
        Filter("channel", "渠道", choices=ClueChannel),
        Filter(
            "rule",
            "规则",
            choices=lambda _: sorted(risk_rules().items(), key=lambda pair: pair[1]),
            apply=_with_rule,
        ),
        Filter("state", "状态", choices=ClueState),
        Filter(
            "limit", "进度", choices=[(code, label) for code, (label, _) in _LIMITS.items()], apply=_in_limit
        ),
        Filter("due_on", "期限", "day"),
        Filter(
            "category",
            "监测类别",
            field="household__monitored_category",
            choices=MonitoredCategory,
            blank=True,
        ),
        Filter(
            "household_type", "户类型", field="household__household_type", choices=HouseholdType, blank=True
        ),
        Filter("means", "申报方式", choices=DeclarationMeans, apply=_with_means),
        Filter("verdict", "结论", choices=Verdict),
        Filter("discovered_on", "发现日期", "day"),
    ),
    default_sort="-state",
    row_url=lambda row: reverse("clue_file", args=[row.uid]),
    row_label=whose,
    views=(
        ("new", "待派发", "f_state=new"),
        ("under_way", "待核实", "f_limit=under_way"),
        ("soon", "临期", "f_limit=soon"),
        ("overdue", "超期", "f_limit=overdue"),
        ("gone", "不再成立", "f_limit=gone"),
        ("verified", "已核实", "f_limit=verified"),
        ("unmatched", "未对上户", "f_limit=unmatched"),
    ),
    actions=(
        HeadAction("登记线索", "register_clue", Permission.CLUE_REGISTER, icon="plus", primary=True),
        HeadAction("筛查", "screening_list", Permission.SCREENING_RUN, icon="filter"),
    ),
    batch_actions=(BatchAction("派发到村", "dispatch_clues", Permission.CLUE_DISPATCH),),
    search=_search,
    search_label="户主姓名、首字母",
    print_title="线索台账",
    empty="没有线索。筛查一次，或登记一条；设了条件的话，换个条件再看。",
)


def _fact_rows(user: User) -> QuerySet[ClueFact]:
    rows = ClueFact.objects.visible_to(user, Permission.CLUE_VIEW)
    return rows.select_related("clue__village", "household")


def _judged_in(rows: QuerySet[ClueFact], text: str) -> QuerySet[ClueFact]:
    month = parse_date(f"{text[:7]}-01")
    if month is None:
        return rows.none()
    return rows.filter(judged_on__year=month.year, judged_on__month=month.month)


def _standing(rows: QuerySet[ClueFact], value: str) -> QuerySet[ClueFact]:
    conditions = {
        "yes": Q(gone_on=None),
        "no": Q(gone_on__isnull=False),
        "judged": ~Q(verdict=""),
        "waiting": Q(verdict=""),
        "counted": ~Q(verdict__in=("", Verdict.DUPLICATE)),
        "true": Q(verdict__in=TRUE),
        "at_risk": Q(verdict=Verdict.AT_RISK),
    }
    return rows.filter(conditions.get(value, Q()))


def _rule_choices(_: User) -> list[tuple[str, str]]:
    return sorted(risk_rules().items(), key=lambda pair: pair[1])


def _list_choices(_: User) -> list[tuple[str, str]]:
    return [(one.id, one.title) for one in load_catalogue().datasets.values()]


CLUE_FACTS = Ledger(
    id="clue_fact_list",
    title="线索依据",
    lead="每条规则筛出的每件事、核实结论和反馈；规则准不准，从这里数。",
    permission=Permission.CLUE_VIEW,
    rows=_fact_rows,
    columns=(
        Column("household", "户", "household.head_name", sort="household__head_name"),
        Column("village", "村", "clue.village.name", sort="place"),
        Column("rule", "规则", lambda row: rule_title(row.rule), sort="rule"),
        Column("dataset", "名单", lambda row: dataset_title(row.dataset), sort="dataset"),
        Column("sentence", "为什么"),
        Column("first_seen", "最早发现", kind="date", sort="first_seen"),
        Column("gone_on", "不再成立", kind="date", sort="gone_on"),
        Column("verdict", "结论", kind="tag", sort="verdict"),
        Column("judged_on", "核实日期", kind="date", sort="judged_on"),
        Column("returned_on", "反馈部门", kind="date", sort="returned_on", default=False),
    ),
    filters=(
        Filter("rule", "规则", choices=_rule_choices),
        Filter("dataset", "名单", choices=_list_choices),
        Filter("verdict", "结论", choices=Verdict),
        Filter("month", "核实月份", "month", apply=_judged_in),
        Filter(
            "standing",
            "情形",
            choices=[
                ("yes", "仍成立"),
                ("no", "不再成立"),
                ("judged", "已核实"),
                ("waiting", "未核实"),
                ("counted", "已核实，不算重复"),
                ("true", "属实"),
                ("at_risk", "属实有风险"),
            ],
            apply=_standing,
        ),
    ),
    default_sort="-judged_on",
    row_url=lambda row: reverse("clue_file", args=[row.clue.uid]),
    views=(
        ("waiting", "未核实", "f_standing=waiting"),
        ("at_risk", "属实有风险", "f_verdict=at_risk"),
        ("untrue", "不属实", "f_verdict=untrue"),
        ("gone", "不再成立", "f_standing=no"),
    ),
    print_title="线索依据台账",
    empty="还没有筛查带来的线索。",
)
