"""The ledger of visits: who went where, when, and what they found; no sums by person (C-107)."""

from __future__ import annotations

from contextlib import suppress
from uuid import UUID

from django.db.models import Q, QuerySet
from django.urls import reverse

from bangfu.access.classification import FieldClass
from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.households.queries.finding import begins
from bangfu.ledgers.definition import Column, Filter, HeadAction, Ledger
from bangfu.support.enums.visits import VisitWay
from bangfu.support.models import Visit
from bangfu.support.showing.visits import changed_words, met_words, risk_words, visit_signal


def _rows(user: User) -> QuerySet[Visit]:
    rows = Visit.objects.visible_to(user, Permission.VISIT_VIEW)
    return rows.select_related("subject", "household", "village__parent", "visitor", "unit")


def _whose(row: Visit) -> str:
    return row.household.head_name if row.household else row.village.name


def _search(rows: QuerySet[Visit], text: str) -> QuerySet[Visit]:
    """The head by name or initials, or the visitor's name, from the beginning."""
    if text.isascii() and text.isalpha():
        return rows.filter(begins("household__head_initials", text.lower()))
    return rows.filter(begins("household__head_name", text) | begins("visitor__name", text))


_TARGETS = (("household", "户"), ("village", "村"))
_FOUND = {
    "risk": ("有新风险", Q(new_risk=True)),
    "changed": ("有变化", Q(changed=True)),
    "unmet": ("没见到人", Q(met_somebody=False)),
    "late": ("补记的", ~Q(back_dating_reason="")),
}
_STANDING = (("yes", "算数的"), ("no", "已撤下"))


def _of_target(rows: QuerySet[Visit], value: str) -> QuerySet[Visit]:
    return rows.filter(household__isnull=value == "village")


def _found(rows: QuerySet[Visit], value: str) -> QuerySet[Visit]:
    return rows.filter(_FOUND[value][1]) if value in _FOUND else rows


def _of_household(rows: QuerySet[Visit], text: str) -> QuerySet[Visit]:
    """The visits of one household, by its number, or by its identifier where it has none."""
    with suppress(ValueError):
        return rows.filter(household__uid=UUID(text))
    return rows.filter(household__code=text)


def _stands(rows: QuerySet[Visit], value: str) -> QuerySet[Visit]:
    return rows.filter(withdrawn_at__isnull=value == "yes")


VISITS = Ledger(
    id="visit_list",
    title="走访",
    lead="谁、哪天、怎么见的、看到什么。入户、晚上、电话、在外见到都是走访；不定位，不排名。",
    permission=Permission.VISIT_VIEW,
    rows=_rows,
    columns=(
        Column("on", "日期", kind="date", sort="on"),
        Column("whose", "户或村", _whose, sort="household__head_name", classified=FieldClass.NAME),
        Column("village", "村", "village.name", sort="place"),
        Column("township", "乡镇", "village.parent.name", sort="place", default=False),
        Column("visitor", "走访人", "visitor.name", sort="visitor__name"),
        Column("unit", "单位", "unit.name", sort="unit__name"),
        Column("way", "怎么见的", kind="tag", sort="way"),
        Column("signal", "结果", visit_signal, kind="signal"),
        Column("text", "情况"),
        Column("met", "见到谁", met_words, default=False),
        Column("changed", "哪些变了", changed_words, default=False),
        Column("risks", "新风险", risk_words, default=False),
        Column("back_dating_reason", "补记原因", default=False),
        Column("recorded_at", "登记", lambda row: row.recorded_at.date(), kind="date", default=False),
    ),
    filters=(
        Filter("on", "日期", "day"),
        Filter("target", "去哪里", choices=_TARGETS, apply=_of_target),
        Filter("household", "户编号", "text", apply=_of_household),
        Filter("way", "怎么见的", choices=VisitWay),
        Filter(
            "found",
            "看到什么",
            choices=[(code, label) for code, (label, _) in _FOUND.items()],
            apply=_found,
        ),
        Filter("visitor", "走访人", "text", field="visitor__name"),
        Filter("unit", "单位", "text", field="unit__name"),
        Filter("standing", "算不算数", choices=_STANDING, apply=_stands),
    ),
    default_sort="-on",
    row_url=lambda row: reverse("visit_file", args=[row.uid]),
    row_label=_whose,
    views=(
        ("risk", "有新风险", "f_found=risk"),
        ("changed", "有变化", "f_found=changed"),
        ("villages", "到村的", "f_target=village"),
        ("withdrawn", "已撤下", "f_standing=no"),
    ),
    actions=(HeadAction("我的户", "my_household_list", Permission.VISIT_RECORD, "home", primary=True),),
    search=_search,
    search_label="户主、走访人",
    print_title="走访台账",
    empty="没有走访记录。从“我的户”里点“记走访”，一分钟记一次。",
)
