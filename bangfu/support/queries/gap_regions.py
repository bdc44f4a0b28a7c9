"""Counties, townships and villages that have too few or too many of those who help."""

from __future__ import annotations

from django.db.models import Count, QuerySet
from django.urls import reverse

from bangfu.access.permissions import Permission
from bangfu.core.models import Region, RegionLevel
from bangfu.support.queries.finding import Finding, Numbers, Reach, number_in, region_name
from bangfu.support.terms.configuration import Rule
from bangfu.support.terms.tie_kinds import kind_label, tie_kinds


def regions_in(reach: Reach) -> dict[str, Region]:
    """Today's counties, townships and villages by code; one statement."""
    levels = (RegionLevel.COUNTY, RegionLevel.TOWNSHIP, RegionLevel.VILLAGE)
    rows = Region.objects.filter(reach.over("code"), level__in=levels, valid_to=None)
    return {region.code: region for region in rows.select_related("parent").order_by("code")}


def counts(rows: QuerySet) -> dict[tuple[str, str], int]:
    """How many rows of a kind lie in a place; one statement."""
    grouped = rows.order_by().values_list("kind", "place").annotate(number=Count("pk"))
    return {(kind, place): number for kind, place, number in grouped}


def by_region(
    rule: Rule,
    regions: dict[str, Region],
    numbers: Numbers,
    ties: dict[tuple[str, str], int],
    officers: dict[tuple[str, str], int],
    teams: dict[str, int],
) -> list[Finding]:
    """Regions of the rule\'s level with too few or too many."""
    found = []
    for code, region in regions.items():
        wanted = number_in(numbers, code) if region.level == rule.level else None
        if wanted is None:
            continue
        there = sum(ties.get((kind, code), 0) for kind in rule.ties)
        there += sum(officers.get((kind, code), 0) for kind in rule.officers)
        there += teams.get(code, 0) if rule.teams else 0
        if (there < wanted) if rule.sense == "at_least" else (there > wanted):
            found.append(_region_finding(rule, region, wanted, there))
    return found


def _region_finding(rule: Rule, region: Region, wanted: int, there: int) -> Finding:
    short = rule.sense == "at_least"
    sense, off = ("至少", f"缺 {wanted - there}") if short else ("至多", f"多 {there - wanted}")
    words = f"{sense} {wanted} {rule.unit}，现在 {there} {rule.unit}，{off} {rule.unit}"
    url, mend = _way(rule, region, short)
    return Finding(
        "gap" if short else "excess",
        rule.title,
        region_name(region),
        region.code,
        words,
        url,
        mend,
        _manage(rule),
        rule.code,
    )


def _manage(rule: Rule) -> Permission:
    if rule.teams:
        return Permission.TEAM_MANAGE
    return Permission.GRID_MANAGE if rule.officers else Permission.TIE_MANAGE


def _way(rule: Rule, region: Region, short: bool) -> tuple[str, str]:
    if rule.officers:
        return f"{reverse('appoint_officer')}?place={region.code}", "登记"
    if rule.teams:
        return reverse("form_team"), "组建"
    if short:
        return f"{reverse('register_tie')}?kind={rule.mend}&place={region.code}", "登记"
    return f"{reverse('tie_list')}?place={region.code}&f_kind={rule.mend}&f_open=yes", "看有哪些"


def doubled(ties: dict[tuple[str, str], int], regions: dict[str, Region]) -> list[Finding]:
    """Places with several where one is allowed; they come in by lists. No statement of its own."""
    alone = {kind.code for kind in tie_kinds().values() if kind.one_holder}
    return [
        Finding(
            "conflict",
            "只能有一个的有几个",
            region_name(regions[place]),
            place,
            f"“{kind_label(kind)}”现在 {number} 个",
            f"{reverse('tie_list')}?place={place}&f_kind={kind}&f_open=yes",
            "去结束多的",
            Permission.TIE_MANAGE,
        )
        for (kind, place), number in ties.items()
        if kind in alone and number > 1 and place in regions
    ]
