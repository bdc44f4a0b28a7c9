"""The items of the estimates in force, over all projects and contracts (C-166, C-172)."""

from __future__ import annotations

from django.db.models import QuerySet
from django.urls import reverse

from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.ledgers.definition import Column, Filter, Ledger
from bangfu.projects.models import EstimateItem

VIEW = Permission.PROJECT_VIEW


def items_seen(user: User) -> QuerySet[EstimateItem]:
    """Every item in force of a project in reach."""
    rows: QuerySet[EstimateItem] = EstimateItem.objects.visible_to(user, VIEW)
    rows = rows.filter(estimate__superseded_on=None)
    return rows.select_related("estimate__project__region", "estimate__contract")


def _of(row: EstimateItem) -> str:
    contract = row.estimate.contract
    return f"合同 {contract.number}" if contract else "项目概算"


def _which(rows: QuerySet[EstimateItem], value: str) -> QuerySet[EstimateItem]:
    return rows.filter(estimate__contract__isnull=value == "project")


ESTIMATE_ITEMS = Ledger(
    id="estimate_list",
    title="概算分项表",
    lead="每个项目、每份合同的分项：单位、数量、单价、金额；合计不超过资金总额、合同金额。",
    permission=VIEW,
    rows=items_seen,
    columns=(
        Column("project", "项目", "estimate.project.name", sort="estimate__project__name"),
        Column("code", "编码", "estimate.project.code", sort="estimate__project__code", default=False),
        Column("region", "实施地点", "estimate.project.region.name", sort="estimate__project__place"),
        Column("of", "哪一份", _of, kind="tag"),
        Column("name", "分项", sort="name"),
        Column("unit", "单位"),
        Column("quantity", "数量", kind="number", sort="quantity"),
        Column("price", "单价", kind="money", sort="price"),
        Column("amount", "金额", kind="money", sort="amount", total=True),
    ),
    filters=(
        Filter("of", "哪一份", choices=(("project", "项目概算"), ("contract", "合同清单")), apply=_which),
        Filter("amount", "金额", "money"),
    ),
    default_sort="project",
    row_url=lambda row: reverse("project_file", args=[row.estimate.project.uid]) + "?tab=estimate",
    place_field="estimate__project__place",
    views=(("project", "项目概算", "f_of=project"), ("contract", "合同清单", "f_of=contract")),
    search=lambda rows, text: (
        rows.filter(name__icontains=text) | rows.filter(estimate__project__name__icontains=text)
    ),
    search_label="分项、项目",
    print_title="概算分项表",
    empty="还没有概算分项。在项目页的“概算分项”里填。",
)
