"""The map of who stands where: tiles and a table that say the same."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlencode

from django.urls import reverse

from bangfu.core.models import RegionLevel
from bangfu.support.queries.tie_map import Standing
from bangfu.ui.formats import counted
from bangfu.ui.maps import Region, Twin, region_twin

HEADS = ("驻村队员", "帮扶责任人")


def twin_of(standings: Sequence[Standing]) -> Twin:
    """A township leads to its villages, a village to its ties; ties are public, so nothing is withheld."""
    regions = [
        Region(
            code=one.region.code,
            name=one.region.name,
            url=_url(one),
            group=one.ties,
            cells=(counted(one.members), counted(one.helpers)),
        )
        for one in standings
    ]
    return region_twin(regions, unit="挂包关系（条）", group_of="条", smallest=0)


def _url(one: Standing) -> str:
    place = one.region.code
    if one.region.level == RegionLevel.TOWNSHIP:
        return f"{reverse('tie_tree')}?{urlencode({'place': place})}"
    return f"{reverse('tie_list')}?{urlencode({'place': place, 'f_open': 'yes'})}"
