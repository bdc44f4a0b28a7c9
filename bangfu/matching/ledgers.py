"""Needs, offers and matches as ledgers."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse

from bangfu.access.permissions import Permission
from bangfu.ledgers.definition import Column, Filter, HeadAction, Ledger
from bangfu.ledgers.workbench import Work
from bangfu.matching.enums import LIVING, ListingState, MatchState, Side
from bangfu.matching.kinds import matching_kinds
from bangfu.matching.models import Listing, Match
from bangfu.matching.queries import SHOWN, listings_seen, matches_seen
from bangfu.matching.showing import amount_words, kind_title, listing_signal, match_signal

_VIEW, _RECORD = Permission.MATCHING_VIEW, Permission.MATCHING_RECORD


def _kinds(_: Any = None) -> list[tuple[str, str]]:
    return [(kind.id, kind.title) for kind in matching_kinds().values()]


def _shown(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    return rows.filter(state__in=SHOWN) if value == "yes" else rows.exclude(state__in=SHOWN)


def _pace(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    if value == "living":
        return rows.filter(state__in=LIVING)
    return rows.filter(is_stale=True)


def _of_kind(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    return rows.filter(need__kind=value)


def _searched(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    return rows.filter(
        Q(title__icontains=text) | Q(sort_name__icontains=text) | Q(unit__name__icontains=text)
    )


def _searched_matches(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    return rows.filter(Q(need__title__icontains=text) | Q(offer__title__icontains=text))


def _listing_url(row: Listing) -> str:
    return reverse("listing_file", args=[row.uid])


def _match_url(row: Match) -> str:
    return reverse("match_file", args=[row.uid])


LISTINGS = Ledger(
    id="listing_list",
    title="需求和供给",
    lead="谁要什么、谁给什么。审核过的才发布，系统按规则提出和谁对接，写明为什么。",
    permission=_VIEW,
    rows=listings_seen,
    columns=(
        Column("title", "内容", sort="title"),
        Column("side", "供还是需", kind="tag", sort="side"),
        Column("kind", "种类", kind_title, sort="kind"),
        Column("sort_name", "类别", kind="tag", sort="sort_name"),
        Column("quantity", "数量", amount_words, sort="quantity"),
        Column("region", "哪里", "region.name", sort="place"),
        Column("unit", "经办单位", "unit.name", sort="unit__name"),
        Column("valid_to", "到哪天止", kind="date", sort="valid_to"),
        Column("registered_on", "登记", kind="date", sort="registered_on", default=False),
        Column("state", "状态", listing_signal, kind="signal", sort="state"),
    ),
    filters=(
        Filter("kind", "种类", choices=_kinds),
        Filter("side", "供还是需", choices=Side),
        Filter("state", "状态", choices=ListingState),
        Filter("shown", "发布过", choices=(("yes", "发布过"), ("no", "没有")), apply=_shown),
        Filter("matched", "签了约", "bool"),
        Filter("valid_to", "到哪天止", "day"),
        Filter("registered_on", "登记日期", "day"),
    ),
    default_sort="-registered_on",
    row_url=_listing_url,
    views=(
        ("waiting", "等审核", "f_state=submitted"),
        ("needs", "发布的需求", "f_side=need&f_state=published"),
        ("offers", "发布的供给", "f_side=offer&f_state=published"),
        ("unmatched", "还没有签约的需求", "f_side=need&f_state=published&f_matched=no"),
    ),
    actions=(
        HeadAction("对接进展", "matching_board", _VIEW, "chart-bar"),
        HeadAction("对接", "match_list", _VIEW, "arrows-exchange"),
        HeadAction("登记", "choose_listing", _RECORD, "plus", primary=True),
    ),
    search=_searched,
    search_label="内容、类别、单位",
    print_title="需求和供给",
    empty="还没有需求和供给。点“登记”，选一种，写要什么或给什么。",
)

MATCHES = Ledger(
    id="match_list",
    title="对接",
    lead="一条需求、一条供给：洽谈、考察、签约、落地，没有谈成的写为什么。签的数量不会超过两边剩下的。",
    permission=_VIEW,
    rows=matches_seen,
    columns=(
        Column("need", "需求", "need.title", sort="need__title"),
        Column("offer", "供给", "offer.title", sort="offer__title"),
        Column("sort_name", "类别", "need.sort_name", kind="tag", sort="need__sort_name"),
        Column("region", "需求在", "need.region.name", sort="place"),
        Column("quantity", "签约数量", kind="number", sort="quantity"),
        Column("opened_on", "开始", kind="date", sort="opened_on"),
        Column("moved_on", "最近一步", kind="date", sort="moved_on"),
        Column("state", "到哪一步", match_signal, kind="signal", sort="state"),
        Column("why", "为什么提出", default=False),
    ),
    filters=(
        Filter("kind", "种类", choices=_kinds, apply=_of_kind),
        Filter("state", "到哪一步", choices=MatchState),
        Filter("pace", "进展", choices=(("living", "没有办完"), ("stale", "很久没有进展")), apply=_pace),
        Filter("opened_on", "开始日期", "day"),
    ),
    default_sort="-moved_on",
    row_url=_match_url,
    views=(
        ("living", "没有办完", "f_pace=living"),
        ("stale", "很久没有进展", "f_pace=stale"),
        ("landed", "落了地的", "f_state=landed"),
    ),
    actions=(
        HeadAction("对接进展", "matching_board", _VIEW, "chart-bar"),
        HeadAction("需求和供给", "listing_list", _VIEW, "list-details"),
    ),
    search=_searched_matches,
    search_label="需求、供给",
    print_title="对接",
    empty="还没有对接。打开一条发布了的需求，在“可以对接的”里点“开始对接”。",
)

WORK = (
    Work(
        Permission.MATCHING_REVIEW,
        LISTINGS,
        "f_state=submitted",
        "等审核的供需",
        "合理的发布，不合理的退回，写明怎样改；自己登记的请别人审。",
        reminds=True,
    ),
    Work(
        _RECORD,
        LISTINGS,
        "f_state=returned",
        "退回的供需",
        "照退回的话改好，再交审核。",
    ),
    Work(
        _RECORD,
        MATCHES,
        "f_pace=stale",
        "很久没有进展的对接",
        "问一问到哪一步了；谈不成的，写明为什么。",
    ),
)
