"""Ledgers of assets and of the households that earn from projects (C-028, C-127)."""

from __future__ import annotations

from django.db.models import QuerySet
from django.urls import reverse

from bangfu.access.classification import FieldClass
from bangfu.access.models import User
from bangfu.access.permissions import Permission
from bangfu.households.models import Household
from bangfu.ledgers.definition import Column, Filter, HeadAction, Ledger
from bangfu.projects.enums.deciding import LinkMode
from bangfu.projects.enums.works import AssetKind, AssetState
from bangfu.projects.models import Asset, Linkage

VIEW = Permission.PROJECT_VIEW
_ASSET_SIGNALS = {AssetState.REGISTERED: "warn", AssetState.HANDED_OVER: "ok", AssetState.DISPOSED: "off"}


def asset_signal(asset: Asset) -> tuple[str, str]:
    """Where an asset stands, as a light."""
    return _ASSET_SIGNALS[AssetState(asset.state)], asset.get_state_display()


def assets_seen(user: User) -> QuerySet[Asset]:
    """Every asset of a project in reach."""
    rows: QuerySet[Asset] = Asset.objects.visible_to(user, VIEW)
    return rows.select_related("project__region")


def linkages_seen(user: User) -> QuerySet[Linkage]:
    """Who earned from a project in reach, for who also sees the household."""
    rows: QuerySet[Linkage] = Linkage.objects.visible_to(user, VIEW)
    households = Household.objects.visible_to(user, Permission.HOUSEHOLD_VIEW)
    return rows.filter(household__in=households).select_related("project", "household__village")


ASSETS = Ledger(
    id="asset_list",
    title="项目资产",
    lead="项目留下的资产：归谁、移交给谁管、收益怎样分、处置批没批。",
    permission=VIEW,
    rows=assets_seen,
    columns=(
        Column("name", "资产", sort="name"),
        Column("project", "项目", "project.name", sort="project__name"),
        Column("region", "所在地", "project.region.name", sort="project__place"),
        Column("kind", "类别", kind="tag", sort="kind"),
        Column("original", "原值", kind="money", sort="original", total=True),
        Column("owner", "产权归属"),
        Column("maintainer", "管护责任人", classified=FieldClass.NAME),
        Column("registered_on", "登记", kind="date", sort="registered_on"),
        Column("handed_over_on", "移交", kind="date", sort="handed_over_on"),
        Column("state", "状态", asset_signal, kind="signal", sort="state"),
    ),
    filters=(
        Filter("kind", "类别", choices=AssetKind),
        Filter("state", "状态", choices=AssetState),
        Filter("registered_on", "登记日期", "day"),
    ),
    default_sort="-registered_on",
    row_url=lambda row: reverse("project_file", args=[row.project.uid]) + "?tab=assets",
    place_field="project__place",
    views=(("waiting", "还没有移交", "f_state=registered"),),
    search=lambda rows, text: rows.filter(name__icontains=text) | rows.filter(project__name__icontains=text),
    search_label="资产、项目",
    print_title="项目资产台账",
    empty="还没有登记资产。验收以后在项目页上登记。",
)

LINKAGES = Ledger(
    id="linkage_list",
    title="联农带农",
    lead="哪一户从哪个项目、用哪种方式、一年得了多少；同一笔只算一次。",
    permission=VIEW,
    rows=linkages_seen,
    columns=(
        Column("household", "户", "household.head_name", classified=FieldClass.NAME),
        Column("village", "村", "household.village.name", sort="household__place"),
        Column("project", "项目", "project.name", sort="project__name"),
        Column("mode", "方式", kind="tag", sort="mode"),
        Column("year", "年度", sort="year"),
        Column("amount", "收入", kind="money", sort="amount", total=True, classified=FieldClass.INCOME),
    ),
    filters=(Filter("mode", "方式", choices=LinkMode), Filter("year", "年度", "range")),
    default_sort="-year",
    row_url=lambda row: reverse("project_file", args=[row.project.uid]) + "?tab=results",
    place_field="household__place",
    actions=(HeadAction("带动的户", "linked_household_list", VIEW, "users"),),
    search=lambda rows, text: rows.filter(project__name__icontains=text),
    search_label="项目",
    print_title="联农带农台账",
    empty="还没有登记。在项目页的“绩效和带动”里登记。",
)
