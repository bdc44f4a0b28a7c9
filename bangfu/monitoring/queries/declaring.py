"""What the public page shows: the villages of open counties, and the state behind a receipt code."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from bangfu.access.scope import within_any
from bangfu.core import parameters
from bangfu.core.models import Region, RegionLevel
from bangfu.monitoring.enums.clues import ClueState
from bangfu.monitoring.models import ClueTelling

RECEIVED, UNDER_WAY, ANSWERED = "已收到", "正在核实", "已有结果，请联系村里"


@dataclass(frozen=True)
class OpenPage:
    """The page of the counties that have opened it: their names, days to an answer, a phone, the villages."""

    names: str
    days: int
    phone: str
    villages: QuerySet[Region]


def open_page(on: date) -> OpenPage | None:
    """The public page as it is on a day; None when no county has opened it."""
    counties = Region.objects.filter(level=RegionLevel.COUNTY, valid_to=None).order_by("code")
    opened = [one for one in counties if parameters.value("declare_open", on=on, place=one.code)]
    if not opened:
        return None
    inside = within_any("code", [county.code for county in opened])
    villages = Region.objects.filter(inside, level=RegionLevel.VILLAGE, valid_to=None)
    first = opened[0].code
    return OpenPage(
        names="、".join(one.name for one in opened),
        days=parameters.value("declare_reply_days", on=on, place=first),
        phone=parameters.value("declare_phone", on=on, place=first),
        villages=villages.select_related("parent").order_by("code"),
    )


def state_words(telling: ClueTelling) -> str:
    """The state that a receipt code tells: nothing of the household, nothing of the verdict."""
    state = telling.clue.state
    if telling.clue.merged_into is not None:
        state = telling.clue.merged_into.state
    if state in (ClueState.NEW, ClueState.DISPATCHED):
        return RECEIVED
    return UNDER_WAY if state in (ClueState.VERIFYING, ClueState.VERIFIED, ClueState.IN_CASE) else ANSWERED
