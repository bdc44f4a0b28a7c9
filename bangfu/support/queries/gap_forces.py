"""Villages and counties whose force is not what its composition says (C-105)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache

from django.db.models import Count, Q
from django.urls import reverse

from bangfu.access.permissions import Permission
from bangfu.core.models import Parameter, Region
from bangfu.households.enums import OfficerKind
from bangfu.households.models import GridDuty
from bangfu.support.enums.teams import TeamRole
from bangfu.support.models import TeamMember
from bangfu.support.queries.finding import Finding, Reach, Sort, region_name
from bangfu.support.terms.compositions import GRID, TEAM, Composition, Part, compositions, parts_of

Texts = Mapping[str, list[tuple[str, str]]]
"""By composition, what places wrote: (place, text), nearest and newest last."""
There = Counter[tuple[str, str]]
"""How many of a kind stand in a place."""


def texts_on(on: date) -> Texts:
    """What the counties have written that holds on the day; one statement."""
    rows = Parameter.objects.filter(code__in=[one.parameter for one in compositions()], valid_from__lte=on)
    rows = rows.filter(Q(valid_to=None) | Q(valid_to__gte=on)).order_by("id")
    found: dict[str, list[tuple[str, str]]] = {}
    for code, place, text in sorted(rows.values_list("code", "place", "value"), key=lambda row: len(row[1])):
        found.setdefault(code, []).append((place, text))
    return found


def parts_in(texts: Texts, composition: Composition, place: str) -> list[Part]:
    """What a place's force must consist of; nothing where no region above it, nor itself, says so."""
    fitting = [text for code, text in texts.get(composition.parameter, ()) if place.startswith(code)]
    return _read(fitting[-1]) if fitting else []


_read = cache(parts_of)


def forces(reach: Reach, regions: Mapping[str, Region], there: There) -> list[Finding]:
    """One finding a region and composition that lacks something; ``there`` has ties, officers and teams."""
    texts = texts_on(reach.on)
    if not texts:
        return []
    standing = there + _people(reach)
    return [
        finding
        for composition in compositions()
        for code, region in regions.items()
        if region.level == composition.level
        for finding in _findings(composition, region, parts_in(texts, composition, code), standing)
    ]


def _people(reach: Reach) -> There:
    """Team members by role, grid workers; two statements."""
    members = TeamMember.objects.filter(reach.over("team__place"), valid_to=None).order_by()
    found: There = Counter()
    for place, role, number in members.values_list("team__place", "role").annotate(number=Count("pk")):
        found[role, place] += number
    duties = GridDuty.objects.filter(reach.over("grid__village__code"), valid_to=None).order_by()
    for place, number in duties.values_list("grid__village__code").annotate(number=Count("pk")):
        found[GRID, place] += number
    return found


def _findings(composition: Composition, region: Region, parts: list[Part], there: There) -> Iterator[Finding]:
    lacking = [(part, part.number - there[part.kind, region.code]) for part in parts if part.kind]
    lacking = [(part, number) for part, number in lacking if number > 0]
    if lacking:
        asked = sum(part.number for part in parts)
        missing = "、".join(f"{part.word} {number}" for part, number in lacking)
        words = f"应有 {len(parts)} 种 {asked} 个，缺：{missing}"
        url, mend, manage = _way(lacking[0][0], region)
        yield _finding("gap", composition, region, words, url, mend, manage)
    unknown = [part.word for part in parts if not part.kind]
    if unknown:
        words = f"参数里写的“{'、'.join(unknown)}”认不出是谁，没有查；请照参数说明里的词改写"
        url, manage = reverse("parameter_list"), Permission.PARAMETER_MANAGE
        yield _finding("conflict", composition, region, words, url, "改参数", manage)


def _finding(
    sort: Sort, one: Composition, region: Region, words: str, url: str, mend: str, manage: Permission
) -> Finding:
    return Finding(sort, one.name, region_name(region), region.code, words, url, mend, manage, one.parameter)


def _way(part: Part, region: Region) -> tuple[str, str, Permission]:
    """Where the first that is missing is registered."""
    if part.kind in OfficerKind.values:
        url = f"{reverse('appoint_officer')}?place={region.code}"
        return url, f"登记{part.word}", Permission.GRID_MANAGE
    if part.kind == GRID:
        return f"{reverse('village_list')}?place={region.code}", "去村里定网格", Permission.GRID_MANAGE
    if part.kind == TEAM or part.kind in TeamRole.values:
        return f"{reverse('team_list')}?place={region.code}", "去工作队", Permission.TEAM_MANAGE
    url = f"{reverse('register_tie')}?kind={part.kind}&place={region.code}"
    return url, f"登记{part.word}", Permission.TIE_MANAGE
